import { ImportRefusal } from '../../import/refusal.ts'
import { storeStream } from '../../import/store.ts'
import { submitLink } from '../../import/submit-link.ts'
import { actorOfRequest, byOf } from '../access.ts'
import { ApiError } from '../api/error.ts'
import { Job } from '../api/job.ts'
import { NewLinkJob } from '../api/share.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { holdToZone } from '../hold-to.ts'

/** Sets of bibs that are linked to those of the network. */
export function linkJobRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.post(
    '/api/zones/:zone/link-jobs',
    {
      config: { access: { may: 'import.run', in: 'zone' } },
      schema: {
        tags: ['import'],
        summary: 'Submits a job that links bibs of the institution to those of its network',
        description: 'It takes the permission in the network too, but for a dry run.',
        params: ZoneParams,
        body: NewLinkJob,
        response: { 200: Job, 201: Job, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const { list, mmsIds, ...settings } = request.body
      if ((list === undefined) === (mmsIds === undefined))
        throw new ImportRefusal(
          'invalid',
          'NO_LIST',
          'The bibs are to be named once: by a stored list, or by their MMS IDs.',
          'Give `list` or `mmsIds`.',
        )
      const { job, isNew } = await submitLink(db, dataDir, {
        ...settings,
        zone: request.params.zone,
        list: list ?? (await storeNumbers(dataDir, mmsIds ?? [])),
        by: byOf(request),
        holdTo: (network) => holdToZone(actorOfRequest(request), 'import.run', network),
      })
      return reply.code(isNew ? 201 : 200).send(job)
    },
  )
}

const storeNumbers = async (dataDir: string, mmsIds: readonly string[]) => {
  const { sha256 } = await storeStream(dataDir, lines(mmsIds))
  return { sha256, name: 'MMS IDs' }
}

async function* lines(mmsIds: readonly string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(mmsIds.map((mmsId) => `${mmsId}\n`).join(''))
}
