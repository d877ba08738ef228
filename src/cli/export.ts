import { type BibPage, findBibPages, streamBibPages } from '../catalog/bib-page.ts'
import { readWording } from '../catalog/search/asked.ts'
import { type Found, search } from '../catalog/search/search.ts'
import type { Place } from '../catalog/search/sorted-page.ts'
import type { SavedSet } from '../catalog/sets/saved-set.ts'
import { streamMembers } from '../catalog/sets/set-members.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseZone, zoneOption } from './choose.ts'
import { counted } from './columns.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { endings, writerFor } from './marc-format.ts'
import { UsageFailure } from './failure.ts'
import { openRecords, outOption, withOut } from './record-file.ts'
import { chooseSet } from './set/choose-set.ts'

const exportBibs = command(
  {
    name: 'export',
    summary: 'Writes the records of a zone as a file.',
    about: [
      'All bibs, in the order of their numbers, as they were at one moment; or with --query those that are found, newest first; or with --set those that are in a set or have its items or portfolios. Of linked bibs, the network’s records with the local fields. Suppressed bibs are among them.',
    ],
    arguments: {},
    options: {
      zone: zoneOption,
      query: { type: 'text', shown: 'QUERY', meaning: 'only what accession search finds' },
      set: { type: 'text', shown: 'SET', meaning: 'only what is in the set of that name or number' },
      format: {
        type: 'text',
        shown: 'FORMAT',
        choices: endings,
        meaning: 'ISO 2709 (the default), MARCXML, MARC-in-JSON or MarcEdit text',
      },
      out: outOption,
      data: dataOption,
    },
  },
  ({ zone: code, query, set, format = 'mrc', out: path, data }, io) => {
    if (query !== undefined && set !== undefined)
      throw new UsageFailure('--query and --set say different things.', 'Leave one of them out.')
    return withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const bibsOf = async () => {
        if (set !== undefined) return membersOf(db, zone, await chooseSet(db, zone, set))
        return query === undefined ? streamBibPages(db, zone) : found(db, zone, query)
      }
      const count = await withOut(path, io, async (out) => {
        const records = openRecords(out, writerFor(format), io)
        let done = 0
        for await (const bibs of await bibsOf()) {
          for (const { mmsId, record } of bibs) await records.add(record, mmsId)
          done += bibs.length
          io.progress(`${counted(done, 'record')} written`)
        }
        return records.end()
      })
      io.say(`${counted(count, 'record')} written.`)
      return exitCodes.done
    })
  },
)

/** Each bib once, however many of its items are in the set. */
async function* membersOf(db: Database, zone: Zone, set: SavedSet): AsyncGenerator<BibPage[]> {
  const seen = new Set<string>()
  for await (const rows of streamMembers(db, zone, set)) {
    const bibs = rows.map(({ bib }) => bib).filter(({ mmsId }) => !seen.has(mmsId))
    const fresh = [...new Map(bibs.map((bib) => [bib.mmsId, bib])).values()]
    for (const { mmsId } of fresh) seen.add(mmsId)
    yield fresh
  }
}

async function* found(db: Database, zone: Zone, query: string): AsyncGenerator<BibPage[]> {
  const asked = readWording({ text: query })
  let after: Place | null = null
  do {
    const { ids, next }: Found = await search(db, zone, { ...asked, sort: 'newest', limit: 250, after })
    yield await findBibPages(db, zone, ids)
    after = next
  } while (after !== null)
}

export const commands = [exportBibs]
