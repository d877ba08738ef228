import { readWording } from '../catalog/search/asked.ts'
import { foundRows } from '../catalog/search/found-rows.ts'
import { hintOf } from '../catalog/search/hint.ts'
import { search as searchZone } from '../catalog/search/search.ts'
import { sorts } from '../catalog/search/sorted-page.ts'
import { foundBib, type FoundRecord } from '../server/found-bib.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseZone, zoneOption } from './choose.ts'
import { columns, cut, formatCount } from './columns.ts'
import { command } from './command.ts'
import { type EntityType, entityTypes } from './entities.ts'
import { exitCodes } from './exit-code.ts'
import { tagWords } from './tag-words.ts'

const usual = 20

const search = command(
  {
    name: 'search',
    summary: 'Finds bibs of a zone by words, all of which must occur, by a number, or by a query.',
    about: [
      'With --query the argument is a query: title all "pride" and (creator = austen or language = eng) not suppressed = yes. docs/searching.md has its indexes.',
    ],
    arguments: {
      text: { type: 'text', shown: 'QUERY', meaning: 'words, an ISBN, ISSN, LCCN, OCLC number or MMS ID' },
    },
    options: {
      zone: zoneOption,
      type: {
        type: 'text',
        shown: 'TYPE',
        choices: Object.keys(entityTypes) as EntityType[],
        meaning: 'titles (all by default), or with items or portfolios a row for each of those',
      },
      index: { type: 'text', shown: 'NAME', meaning: 'look in this index; keywords by default' },
      query: { type: 'flag', meaning: 'the argument is a query in CQL' },
      sort: { type: 'text', shown: 'ORDER', choices: sorts, meaning: 'newest by default' },
      limit: { type: 'number', shown: 'N', most: 1000, meaning: `at most so many; ${usual} by default` },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { query, zone, type, total, total_is_exact, hint, bibs: [{ mms_id, title, other_title, creator, imprint, date, identifiers, resource_type, carrier, brief_level, suppressed, publish_to_oclc, linked_mms_id, inventory: { holdings, items, portfolios }, item, portfolio }] }; totals are counted up to 10,000',
  },
  (
    { text, zone: code, type = 'all', index, query: isQuery, sort = 'newest', limit = usual, json, data },
    io,
  ) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const entity = entityTypes[type]
      const said = isQuery ? { query: text } : { text, ...(index === undefined ? {} : { index }) }
      const asked = { ...readWording({ entity, ...said }), sort, after: null, limit }
      const found = await searchZone(db, zone, asked)
      const hint = await hintOf(db, zone, asked, found)
      const { ids, total, totalIsExact } = found
      const bibs = (await foundRows(db, zone, entity, ids)).map(foundBib)
      if (json) {
        await io.json({
          query: text,
          zone: code,
          type,
          total,
          total_is_exact: totalIsExact,
          hint: hint?.message ?? null,
          bibs: bibs.map(jsonRow),
        })
        return exitCodes.done
      }
      for (const line of columns(
        bibs.map(({ mmsId, title, creator, date, item, portfolio, ...tags }) => [
          mmsId,
          date ?? '',
          `${cut(title, 70)}${creator === null ? '' : ` / ${cut(creator, 40)}`}${tagWords(tags) === '' ? '' : ` [${tagWords(tags)}]`}`,
          ...(item ? [`${item.barcode ?? item.itemId} ${item.library} ${item.callNumber}`] : []),
          ...(portfolio ? [portfolio.url ?? portfolio.portfolioId] : []),
        ]),
      ))
        await io.line(line)
      const all = `${totalIsExact ? '' : 'more than '}${formatCount(total)}`
      io.say(total === 0 ? 'Nothing was found.' : `${formatCount(bibs.length)} of ${all} are shown.`)
      if (hint !== null) io.say(hint.message)
      return exitCodes.done
    }),
)

const jsonRow = ({
  mmsId,
  linkedMmsId,
  resourceType,
  briefLevel,
  publishToOclc,
  item,
  portfolio,
  otherTitle,
  ...bib
}: FoundRecord) => ({
  mms_id: mmsId,
  ...bib,
  other_title: otherTitle?.text ?? null,
  resource_type: resourceType,
  brief_level: briefLevel,
  publish_to_oclc: publishToOclc,
  linked_mms_id: linkedMmsId,
  item:
    item === undefined
      ? null
      : {
          item_id: item.itemId,
          holdings_id: item.holdingsId,
          barcode: item.barcode,
          status: item.status,
          policy: item.policy,
          description: item.description,
          library: item.library,
          location: item.location,
          call_number: item.callNumber,
        },
  portfolio:
    portfolio === undefined
      ? null
      : {
          portfolio_id: portfolio.portfolioId,
          url: portfolio.url,
          availability: portfolio.availability,
          coverage: portfolio.coverage,
          collection_id: portfolio.collectionId,
        },
})

export const commands = [search]
