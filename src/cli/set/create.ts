import { readWording } from '../../catalog/search/asked.ts'
import {
  type NumberedEntity,
  membersOfNumbers,
  type NamedMembers,
} from '../../catalog/sets/members-of-numbers.ts'
import { membersOfSearch } from '../../catalog/sets/members-of-search.ts'
import { addSet, getSet, type NewSet } from '../../catalog/sets/saved-set.ts'
import { personHere } from '../../people/person-here.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { counted } from '../columns.ts'
import { command } from '../command.ts'
import { type EntityType, entityTypes } from '../entities.ts'
import { exitCodes } from '../exit-code.ts'
import { UsageFailure } from '../failure.ts'
import { setJson, setRow } from './choose-set.ts'
import { readNumbers, tellNumbers, toldJson } from './numbers.ts'

const nothing: NamedMembers = { members: [], numbers: 0, repeated: 0, missing: [], several: [] }

export const setCreate = command(
  {
    name: 'set create',
    summary: 'Makes a set: of what a query finds now, of the query itself, or of a file of numbers.',
    about: [
      'With --query the set has what the query finds now, at most 10,000; with --logical beside it, at any time what it finds then.',
      'With --from it has what the lines of a file name, one number a line. The first line says what they are: MMS ID, ISBN, ISBN_A, ISSN, ISSN_A, OCLC number, 035 field, PID or barcode, or an index of numbers; or --by says it. Lines that name nothing are told, each with the reason.',
    ],
    arguments: {
      name: { type: 'text', shown: 'NAME', meaning: 'what it is called; one of a name in a zone' },
    },
    options: {
      zone: zoneOption,
      query: { type: 'text', shown: 'QUERY', meaning: 'a query in CQL, as of accession search --query' },
      logical: { type: 'flag', meaning: 'keep the query, and not what it finds' },
      from: { type: 'text', shown: 'FILE', meaning: 'a file of numbers; - is standard input' },
      by: { type: 'text', shown: 'KIND', meaning: 'what the numbers are, where the file does not say it' },
      type: {
        type: 'text',
        shown: 'TYPE',
        choices: Object.keys(entityTypes) as EntityType[],
        meaning: 'what is in it: titles (all by default), items or portfolios',
      },
      note: { type: 'text', shown: 'TEXT', meaning: 'a note for whoever finds it' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: `one object ${setJson.slice(0, -2)}, ${toldJson} }`,
  },
  ({ name, zone: code, query, logical, from, by, type = 'all', note = null, json, data }, io) => {
    const usage = 'accession set create NAME --zone CODE --query QUERY, or --from FILE'
    if ((query === undefined) === (from === undefined))
      throw new UsageFailure('Either --query or --from says what is in the set.', usage)
    if (logical && query === undefined) throw new UsageFailure('--logical goes with --query.', usage)
    if (by !== undefined && from === undefined) throw new UsageFailure('--by goes with --from.', usage)
    const entity: Entity = entityTypes[type]
    const numbered = numberedEntities.find((one) => one === entity)
    if (from !== undefined && numbered === undefined)
      throw new UsageFailure('A file of numbers names all titles, items or portfolios.', usage)
    return withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const named =
        from === undefined || numbered === undefined
          ? nothing
          : await membersOfNumbers(db, zone, numbered, {
              text: await readNumbers(from, io),
              index: by ?? null,
            })
      const content = async (): Promise<{ query: string } | { members: readonly string[] }> => {
        if (query === undefined) return named
        if (!logical) return { members: await membersOfSearch(db, zone, entity, query) }
        readWording({ entity, query })
        return { query }
      }
      const fresh: NewSet = { name, note, entity, ...(await content()) }
      const set = await getSet(db, zone, await addSet(db, zone, fresh, personHere()))
      const { members: _, ...told } = named
      if (json) await io.json({ ...setRow(set), ...told })
      else {
        const holds = set.members === null ? 'what its query finds' : counted(set.members, 'member')
        await io.line(`Made set ${set.id}, ${set.name}, with ${holds}.`)
        if (from !== undefined) await tellNumbers(named, io)
      }
      return named.missing.length > 0 ? exitCodes.unresolved : exitCodes.done
    })
  },
)

const numberedEntities: readonly NumberedEntity[] = ['all-titles', 'physical-items', 'electronic-portfolios']
