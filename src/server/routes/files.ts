import { listLoads } from '../../import/loads.ts'
import { storeStream } from '../../import/store.ts'
import { ApiError } from '../api/error.ts'
import { StoredFile, Upload } from '../api/file.ts'
import { actorOfRequest, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { takeUpload } from '../uploads.ts'

export function fileRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.post(
    '/api/files',
    {
      config: { access: { may: 'import.run', in: 'any' } },
      schema: {
        tags: ['import'],
        summary:
          'Stores a file, which jobs then name by its hash; multipart/form-data with one file, 10 GB at most',
        description: 'Answered when the bytes are safe on the disk. The same bytes are stored once.',
        consumes: ['multipart/form-data'],
        body: Upload,
        response: { 201: StoredFile, '4xx': ApiError },
      },
      // The body is a stream, which the handler reads.
      validatorCompiler: () => (value: unknown) => ({ value }),
    },
    async (request, reply) => {
      const { name, kept } = await takeUpload(request, (bytes) => storeStream(dataDir, bytes))
      const { sha256, size } = kept
      const loadedBefore = await listLoads(db, sha256, await zonesSeen(db, actorOfRequest(request)))
      return reply.code(201).send({ sha256, size, name, loadedBefore })
    },
  )
}
