import { getZone, type Zone } from '../../catalog/zone.ts'
import { storeBibsOf, type StoredList } from '../../import/link-list.ts'
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
        description:
          'The bibs are named in one way: by a stored list, their numbers, a set, or a search. It takes the permission in the network too, but for a dry run.',
        params: ZoneParams,
        body: NewLinkJob,
        response: { 200: Job, 201: Job, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const { list, mmsIds, set, search, ...settings } = request.body
      if ([list, mmsIds, set, search].filter((each) => each !== undefined).length !== 1)
        throw new ImportRefusal(
          'invalid',
          'NO_LIST',
          'The bibs are to be named once: by a stored list, by their MMS IDs, by a set, or by a search.',
          'Give `list`, `mmsIds`, `set` or `search`.',
        )
      const storeList = async (zone: Zone): Promise<StoredList> => {
        if (set !== undefined) return storeBibsOf(db, dataDir, zone, { set })
        if (search !== undefined) return storeBibsOf(db, dataDir, zone, { search })
        return list ?? (await storeNumbers(dataDir, mmsIds ?? []))
      }
      const { job, isNew } = await submitLink(db, dataDir, {
        ...settings,
        zone: request.params.zone,
        list: await storeList(await getZone(db, request.params.zone)),
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
