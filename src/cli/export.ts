import { type BibPage, findBibPages, streamBibPages } from '../catalog/bib-page.ts'
import { readWording } from '../catalog/search/asked.ts'
import { type Found, search } from '../catalog/search/search.ts'
import type { Place } from '../catalog/search/sorted-page.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseZone, zoneOption } from './choose.ts'
import { counted } from './columns.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { endings, writerFor } from './marc-format.ts'
import { openRecords, outOption, withOut } from './record-file.ts'

const exportBibs = command(
  {
    name: 'export',
    summary: 'Writes the records of a zone as a file.',
    about: [
      'All bibs, in the order of their numbers, as they were at one moment; or with --query those that are found, newest first. Of linked bibs, the network’s records with the local fields. Suppressed bibs are among them.',
    ],
    arguments: {},
    options: {
      zone: zoneOption,
      query: { type: 'text', shown: 'QUERY', meaning: 'only what accession search finds' },
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
  ({ zone: code, query, format = 'mrc', out: path, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const count = await withOut(path, io, async (out) => {
        const records = openRecords(out, writerFor(format), io)
        let done = 0
        for await (const bibs of query === undefined ? streamBibPages(db, zone) : found(db, zone, query)) {
          for (const { mmsId, record } of bibs) await records.add(record, mmsId)
          done += bibs.length
          io.progress(`${counted(done, 'record')} written`)
        }
        return records.end()
      })
      io.say(`${counted(count, 'record')} written.`)
      return exitCodes.done
    }),
)

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
