import { findBibPages } from '../catalog/bib-page.ts'
import { searchBibs } from '../catalog/search.ts'
import { foundBib } from '../server/found-bib.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseZone, zoneOption } from './choose.ts'
import { columns, cut, formatCount } from './columns.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { tagWords } from './tag-words.ts'

const usual = 20

const search = command(
  {
    name: 'search',
    summary: 'Finds bibs of a zone by words, all of which must occur, or by an identifier.',
    arguments: {
      query: { type: 'text', shown: 'QUERY', meaning: 'words, an ISBN, ISSN, LCCN, OCLC number or MMS ID' },
    },
    options: {
      zone: zoneOption,
      limit: { type: 'number', shown: 'N', most: 1000, meaning: `at most so many; ${usual} by default` },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { query, zone, total, total_is_exact, bibs: [{ mms_id, title, creator, imprint, date, identifiers, suppressed, publish_to_oclc, linked_mms_id }] }, newest first; totals are counted up to 10,000',
  },
  ({ query, zone: code, limit = usual, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { mmsIds, total, totalIsExact } = await searchBibs(db, zone, query, { limit })
      const bibs = (await findBibPages(db, zone, mmsIds)).map(foundBib)
      if (json) {
        await io.json({
          query,
          zone: code,
          total,
          total_is_exact: totalIsExact,
          bibs: bibs.map(({ mmsId, linkedMmsId, publishToOclc, ...bib }) => ({
            mms_id: mmsId,
            ...bib,
            publish_to_oclc: publishToOclc,
            linked_mms_id: linkedMmsId,
          })),
        })
        return exitCodes.done
      }
      for (const line of columns(
        bibs.map(({ mmsId, title, creator, date, ...tags }) => [
          mmsId,
          date ?? '',
          `${cut(title, 70)}${creator === null ? '' : ` / ${cut(creator, 40)}`}${tagWords(tags) === '' ? '' : ` [${tagWords(tags)}]`}`,
        ]),
      ))
        await io.line(line)
      const all = `${totalIsExact ? '' : 'more than '}${formatCount(total)}`
      io.say(total === 0 ? 'Nothing was found.' : `${formatCount(bibs.length)} of ${all} are shown.`)
      return exitCodes.done
    }),
)

export const commands = [search]
