import type { Database } from '../../db/database.ts'
import { beyondScope } from '../../db/scope.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { wholeTerm } from '../../rules/search/term.ts'
import { deletionWords, findDeletions } from '../deleted-bib.ts'
import type { Zone } from '../zone.ts'
import { type AskedPage, type Found, search } from './search.ts'

/** What helps on where a search did not bring what it might have. */
export type Hint = {
  readonly code:
    | 'HAS_NO_INVENTORY'
    | 'NO_PHYSICAL_INVENTORY_HERE'
    | 'NOTHING_FOUND'
    | 'BIB_DELETED'
    | 'UNSORTED'
    | 'LOOKED_NO_FURTHER'
  readonly message: string
  /** Where there is more: another entity. */
  readonly entity?: Entity
  readonly total?: number
  /** The bib that is no more. */
  readonly mmsId?: string
}

const entityWords: Readonly<Record<Entity, string>> = {
  'all-titles': 'titles',
  'physical-titles': 'physical titles',
  'physical-items': 'physical items',
  'electronic-titles': 'electronic titles',
  'electronic-portfolios': 'electronic portfolios',
}

/** Titles at most of which it is said how many institutions hold any. */
const mostLookedUp = 200

async function heldWords(db: Database, { ids, total }: Found): Promise<string> {
  if (total === 0 || total > mostLookedUp) return ''
  // How many, of all institutions, whoever asks.
  const [row] = await beyondScope(() =>
    db.query<{ zones: number }>(
      `select count(distinct b.zone_id)::int as zones from bib b
       where b.linked_mms_id = any($1::text[])
         and exists (select from holdings h where h.zone_id = b.zone_id and h.mms_id = b.mms_id)`,
      [ids],
    ),
  )
  const zones = row?.zones ?? 0
  return zones === 1 ? '; 1 institution holds copies' : `; ${zones || 'no'} institutions hold copies`
}

/** Where the number of a bib is asked for that was deleted. */
async function deletionOf(db: Database, zone: Zone, { query }: AskedPage): Promise<Hint | null> {
  if (query.kind !== 'clause' || (query.index !== 'mms-id' && query.index !== 'keywords')) return null
  const number = wholeTerm(query.term).text.trim()
  if (query.relation === '<>' || !/^99\d{6,17}$/.test(number)) return null
  const [deletion] = await findDeletions(db, zone, [number])
  if (deletion === undefined) return null
  return { code: 'BIB_DELETED', message: `Bib ${number} ${deletionWords(deletion)}.`, mmsId: number }
}

/** Why there is nothing, where something else would have been found; or why a page is not all that was asked for. */
export async function hintOf(db: Database, zone: Zone, asked: AskedPage, found: Found): Promise<Hint | null> {
  if (found.shortfall === 'UNSORTED') {
    return {
      code: 'UNSORTED',
      message: 'There are too many to be sorted: these are the newest. Narrow the search to sort it.',
    }
  }
  if (found.shortfall === 'LOOKED_NO_FURTHER') {
    return {
      code: 'LOOKED_NO_FURTHER',
      message:
        'Only the records themselves tell what is asked for, and there are too many: 10,000 were looked at. The next page goes on from there; narrow the search to look at all.',
    }
  }
  if (found.total > 0 || asked.after !== null) return null
  const { entity } = asked
  const deleted = await deletionOf(db, zone, asked)
  if (deleted !== null) return deleted
  if (entity === 'all-titles')
    return {
      code: 'NOTHING_FOUND',
      message: 'No title has all that. Try fewer words, or look in another zone.',
    }
  const others = await search(db, zone, {
    ...asked,
    entity: 'all-titles',
    sort: 'newest',
    limit: mostLookedUp,
  })
  const isPhysical = entity.startsWith('physical')
  const counted = `${others.totalIsExact ? '' : 'more than '}${others.total.toLocaleString('en')}`
  if (isPhysical && zone.kind !== 'institution') {
    return {
      code: 'NO_PHYSICAL_INVENTORY_HERE',
      message: `A ${zone.kind} zone holds no physical inventory: institutions do. ${counted} in all titles${await heldWords(db, others)}.`,
      entity: 'all-titles',
      total: others.total,
    }
  }
  if (others.total === 0)
    return {
      code: 'NOTHING_FOUND',
      message: `Neither ${entityWords[entity]} nor other titles have all that.`,
    }
  return {
    code: 'HAS_NO_INVENTORY',
    message: `0 ${entityWords[entity]}; ${counted} in all titles, without such inventory yet.`,
    entity: 'all-titles',
    total: others.total,
  }
}
