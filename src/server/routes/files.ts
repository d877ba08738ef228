import { listLoads } from '../../import/loads.ts'
import { storeStream } from '../../import/store.ts'
import { ApiError } from '../api/error.ts'
import { StoredFile } from '../api/file.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { uploadedBytes, uploadedFile } from '../uploads.ts'

export function fileRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.post(
    '/api/files',
    {
      schema: {
        tags: ['import'],
        summary:
          'Stores a file, which jobs then name by its hash; multipart/form-data with one file, 10 GB at most',
        description: 'Answered when the bytes are safe on the disk. The same bytes are stored once.',
        consumes: ['multipart/form-data'],
        response: { 201: StoredFile, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const { part, name } = await uploadedFile(request)
      const { sha256, size } = await storeStream(dataDir, uploadedBytes(part))
      return reply.code(201).send({ sha256, size, name, loadedBefore: await listLoads(db, sha256) })
    },
  )
}
