import { queriedIdentifiers } from '../query-identifiers.ts'
import { queriedWords } from '../../rules/search/clause-words.ts'
import { getIndex } from '../../rules/search/find-index.ts'
import { type Operator, operatorOf } from '../../rules/search/operators.ts'
import type { Clause } from '../../rules/search/query.ts'
import type {
  ColumnIndex,
  IdentifierIndex,
  KeySelection,
  QueriedKey,
  WordsIndex,
} from '../../rules/search/search-index.ts'
import { wholeTerm } from '../../rules/search/term.ts'
import { columnCondition } from './column-condition.ts'
import { barcodeCondition, inventoryCondition } from './inventory-condition.ts'
import type { Statement } from './statement.ts'
import { SearchRefusal } from './refusal.ts'
import type { Scope } from './scope.ts'
import { tsQuery } from './ts-query.ts'

/**
 * A clause in SQL, over the rows `f` (bib_facet) and `s` (bib_search) of a bib and `nf`, `ns` of the bib that it
 * is linked to. What is null is not true; so that the planner knows how few rows a condition leaves, it stays null.
 */
export type Leaf = {
  readonly clause: Clause
  /** True of every bib that the clause is true of. */
  readonly upper: string
  /** True of none but such bibs. Where it is the same as `upper`, the record need not be looked at. */
  readonly lower: string
  readonly drivers: Drivers | null
}

/** Where all bibs are found that a condition may be true of: few selects of an index. */
export type Drivers = {
  /** A tsquery of the words. */
  readonly words: string | null
  /** Selects of MMS IDs of the zone. */
  readonly selects: readonly string[]
  /** Whether what they find is all true. */
  readonly areExact: boolean
}

export function leafOf(clause: Clause, scope: Scope, statement: Statement): Leaf {
  const index = getIndex(clause.index)
  const operator = operatorOf(index, clause.relation, clause.term)
  if (operator === null) throw new Error(`${clause.index} has no ${clause.relation}.`)
  switch (index.kind) {
    case 'words':
      return wordsLeaf(clause, index, operator, scope, statement)
    case 'identifier':
      return identifierLeaf(clause, index, operator, scope, statement)
    case 'mms-id': {
      const found = mmsIdCondition(wholeTerm(clause.term).text.trim(), scope, statement)
      return operator === 'equals'
        ? exactLeaf(clause, found.condition, { words: null, selects: found.selects, areExact: true })
        : exactLeaf(clause, `not coalesce(${found.condition}, false)`, null)
    }
    case 'column':
      return columnLeaf(clause, index, operator, scope, statement)
    case 'inventory':
      return inventoryLeaf(clause, inventoryCondition(clause, index, operator, scope, statement))
  }
}

const inventoryLeaf = (
  clause: Clause,
  { condition, selects }: { condition: string; selects: readonly string[] },
): Leaf =>
  exactLeaf(clause, condition, selects.length === 0 ? null : { words: null, selects, areExact: false })

const exactLeaf = (clause: Clause, condition: string, drivers: Drivers | null): Leaf => ({
  clause,
  upper: condition,
  lower: condition,
  drivers,
})

function wordsLeaf(
  clause: Clause,
  index: WordsIndex,
  operator: Operator,
  scope: Scope,
  statement: Statement,
): Leaf {
  if (operator === 'is-empty' || operator === 'is-not-empty' || operator === 'not-equals')
    return { clause, upper: 'true', lower: 'false', drivers: null }
  const isKeywords = index.code === 'keywords'
  const words = queriedWords(clause.term, isKeywords && operator !== 'contains-phrase')
  const numbers =
    isKeywords && operator === 'contains-keywords' ? numberCondition(clause.term, scope, statement) : null
  if (words.length === 0 && numbers === null) {
    throw new SearchRefusal(
      'NO_WORDS',
      `${index.name}: there is no word in ${wholeTerm(clause.term).text.slice(0, 80)} that could be looked for.`,
      'Give at least one letter or digit.',
    )
  }
  // The last word of a beginning may be a part of one.
  const asked =
    operator === 'starts-with'
      ? words.map((each, at) => (at === words.length - 1 ? { ...each, isPrefix: true } : each))
      : words
  const query = tsQuery(asked, index.weights, operator === 'contains-any' ? '|' : '&')
  const found = words.length === 0 ? 'false' : wordsCondition(query, scope, statement)
  const isExact = index.isExact && (operator === 'contains-keywords' || operator === 'contains-any')
  const upper = numbers === null ? found : `(${found} or ${numbers.condition})`
  return {
    clause,
    upper,
    lower: isExact ? upper : 'false',
    drivers: { words: query === '' ? null : query, selects: numbers?.selects ?? [], areExact: isExact },
  }
}

/** Words of a linked bib may stand in the network's row, in its own, or some in each. */
function wordsCondition(query: string, { upstream }: Scope, statement: Statement): string {
  const asked = `${statement.of(query)}::text::tsquery`
  statement.join(...(upstream.length === 0 ? (['s'] as const) : (['s', 'ns'] as const)))
  return upstream.length === 0
    ? `s.words @@ ${asked}`
    : `(s.words @@ ${asked} or ns.words @@ ${asked} or (s.words || ns.words) @@ ${asked})`
}

type Found = { readonly condition: string; readonly selects: readonly string[] }

/** The whole text as a number of a bib, or as the barcode of an item. */
function numberCondition(term: string, scope: Scope, statement: Statement): Found | null {
  const { text, isPrefix } = wholeTerm(term)
  if (isPrefix) return null
  const { keys, mmsId } = queriedIdentifiers(text)
  const found = [
    ...(keys.length === 0 ? [] : [keysCondition(keys, null, false, scope, statement)]),
    ...(mmsId === null ? [] : [mmsIdCondition(mmsId, scope, statement)]),
    // Barcodes have no form of their own. Only institutions have items.
    ...(scope.zone.kind === 'institution' && /^\S*\d\S*$/.test(text.trim())
      ? [barcodeCondition(text.trim(), scope, statement)]
      : []),
  ]
  if (found.length === 0) return null
  return {
    condition: `(${found.map(({ condition }) => condition).join(' or ')})`,
    selects: found.flatMap(({ selects }) => selects),
  }
}

function identifierLeaf(
  clause: Clause,
  index: IdentifierIndex,
  operator: Operator,
  scope: Scope,
  statement: Statement,
): Leaf {
  if (operator === 'is-empty' || operator === 'is-not-empty') {
    // match_key is not in the order of bibs: whether one has a key is told from its record.
    return { clause, upper: 'true', lower: 'false', drivers: null }
  }
  const { text } = wholeTerm(clause.term)
  const isStart = operator === 'starts-with'
  const keys = isStart ? index.readStart(text) : index.read(text)
  if (keys.length === 0) {
    throw new SearchRefusal(
      'NOT_SUCH_A_NUMBER',
      `${index.name}: ${isStart ? `no such number begins with ${text.slice(0, 80)}` : `${text.slice(0, 80)} is no such number`}.`,
      'Look at the number, or search by keywords.',
    )
  }
  const found = keysCondition(keys, index.keys, isStart, scope, statement)
  return operator === 'not-equals'
    ? exactLeaf(clause, `not coalesce(${found.condition}, false)`, null)
    : exactLeaf(clause, found.condition, { words: null, selects: found.selects, areExact: true })
}

/** By own keys and by those of the bib that it is linked to (D14). */
function keysCondition(
  keys: readonly QueriedKey[],
  selections: readonly KeySelection[] | null,
  isPrefix: boolean,
  { zone, upstream }: Scope,
  statement: Statement,
): Found {
  const each = keys.map(({ kind, value }) => {
    const origins = selections?.find((selection) => selection.kind === kind)?.origins ?? null
    const typed = statement.of(value)
    const compared = isPrefix
      ? `k.value >= ${typed} and k.value < ${typed}::text || e'\\U0010ffff'`
      : `k.value = ${typed}`
    const origin = origins === null ? '' : ` and k.origin = any(${statement.of(origins)}::text[])`
    return `(k.kind = ${statement.of(kind)} and ${compared}${origin})`
  })
  const own = `select k.mms_id from match_key k where k.zone_id = ${statement.of(zone.zoneId)}::smallint and (${each.join(' or ')})`
  if (upstream.length === 0) return { condition: `(f.mms_id in (${own}))`, selects: [own] }
  const theirs = `select k.mms_id from match_key k where k.zone_id = any(${statement.of(upstream)}::smallint[]) and (${each.join(' or ')})`
  return {
    condition: `(f.mms_id in (${own}) or f.linked_mms_id in (${theirs}))`,
    selects: [own, linkedTo(theirs, zone.zoneId, statement)],
  }
}

/** The zone's bibs that are linked to some others. */
export const linkedTo = (theirs: string, zoneId: number, statement: Statement): string =>
  `select b.mms_id from (${theirs}) n join bib b on b.linked_mms_id = n.mms_id and b.zone_id = ${statement.of(zoneId)}::smallint`

function mmsIdCondition(mmsId: string, { zone, upstream }: Scope, statement: Statement): Found {
  const asked = statement.of(mmsId)
  // A bib that was combined into another has left its number there. The key is worked out before it is looked up: an
  // expression that is not leakproof would be looked up in no index, under the policy of match_key.
  const became = (zones: string) =>
    `select k.mms_id
     from (select zone_id, '(' || lower(code) || ')' || ${asked}::text as number from zone
           where zone_id = any(${zones}::smallint[]) offset 0) z
     join match_key k on k.kind = 'system' and k.value = z.number and k.zone_id = z.zone_id`
  const own = `select b.mms_id from bib b where b.zone_id = ${statement.of(zone.zoneId)}::smallint and b.mms_id = ${asked}::text
     union all ${became(`array[${statement.of(zone.zoneId)}::smallint]`)}`
  if (upstream.length === 0) return { condition: `(f.mms_id in (${own}))`, selects: [own] }
  const theirs = `select ${asked}::text as mms_id union all ${became(statement.of(upstream))}`
  return {
    condition: `(f.mms_id in (${own}) or f.linked_mms_id in (${theirs}))`,
    selects: [own, linkedTo(theirs, zone.zoneId, statement)],
  }
}

function columnLeaf(
  clause: Clause,
  index: ColumnIndex,
  operator: Operator,
  scope: Scope,
  statement: Statement,
): Leaf {
  const { condition, select } = columnCondition(clause, index, operator, scope, statement)
  return exactLeaf(
    clause,
    condition,
    select === null ? null : { words: null, selects: [select], areExact: true },
  )
}
