import type { Operator } from '../../rules/search/operators.ts'
import type { Clause } from '../../rules/search/query.ts'
import type { ColumnIndex, RecordColumn, StateColumn } from '../../rules/search/search-index.ts'
import { wholeTerm } from '../../rules/search/term.ts'
import { notSuch, readCode } from './coded-value.ts'
import type { Statement } from './statement.ts'
import type { Scope } from './scope.ts'

/** A condition, and where all it is true of are found, if an index tells. */
type Found = { readonly condition: string; readonly select: string | null }

/** A clause about one value of a bib. */
export function columnCondition(
  clause: Clause,
  index: ColumnIndex,
  operator: Operator,
  scope: Scope,
  statement: Statement,
): Found {
  const { text } = wholeTerm(clause.term)
  if (index.column === 'job') return jobCondition(index, text.trim(), operator, statement)
  const value = valueOf(index.column, scope, statement)
  const only = (condition: string): Found => ({ condition: `(${condition})`, select: null })
  if (operator === 'is-empty') return only(isEmpty(index, value))
  if (operator === 'is-not-empty') return only(`not (${isEmpty(index, value)})`)
  if (index.type === 'date') return only(dateCondition(index, value, operator, text, statement))
  if (index.type === 'number') return only(numberCondition(index, value, operator, text, statement))
  const equal =
    index.type === 'boolean'
      ? `${value} = ${statement.of(readBoolean(index, text))}::boolean`
      : index.column === 'languages'
        ? `${statement.of(readCode(index, text))}::text = any(${value})`
        : index.type === 'text' || index.column === 'originating_system'
          ? `lower(${value}) = lower(${statement.of(text.trim())}::text)`
          : `${value} = ${statement.of(readCode(index, text))}::text`
  return operator === 'not-equals'
    ? { condition: `not coalesce(${equal}, false)`, select: null }
    : only(equal)
}

/** What the record says is the network's for a linked bib; what the zone says of its bib is its own. */
export function valueOf(
  column: Exclude<RecordColumn | StateColumn, 'job'> | 'sort_title' | 'sort_creator',
  { upstream }: Scope,
  statement: Statement,
): string {
  switch (column) {
    case 'resource_type':
    case 'languages':
    case 'year':
    case 'second_year':
    case 'country':
    case 'carrier':
    case 'encoding_level':
    case 'open_access':
    case 'sort_title':
    case 'sort_creator':
      if (upstream.length === 0) return `f.${column}`
      statement.join('nf')
      return `(case when f.linked_mms_id is null then f.${column} else nf.${column} end)`
    case 'linked':
      return '(f.linked_mms_id is not null)'
    case 'linked_zone':
      return '(select z.kind from zone z where z.suffix = right(f.linked_mms_id, 4))'
    case 'created_at':
    case 'created_by': {
      const made = column.replace('created', 'changed')
      return `(select case when b.version = 1 then b.${made} else
        (select v.${made} from bib_version v where v.zone_id = b.zone_id and v.mms_id = b.mms_id and v.version = 1) end
        from bib b where b.zone_id = f.zone_id and b.mms_id = f.mms_id)`
    }
    case 'changed_at':
    case 'changed_by':
      return `(select b.${column} from bib b where b.zone_id = f.zone_id and b.mms_id = f.mms_id)`
    case 'brief_level':
    case 'suppressed':
    case 'publish_to_oclc':
    case 'originating_system':
      return `f.${column}`
  }
}

function isEmpty({ column, type }: ColumnIndex, value: string): string {
  if (column === 'languages') return `coalesce(cardinality(${value}), 0) = 0`
  return type === 'number' || type === 'date' ? `${value} is null` : `coalesce(${value}, '') = ''`
}

function readBoolean(index: ColumnIndex, text: string): boolean {
  const typed = text.trim().toLowerCase()
  if (['yes', 'true', '1'].includes(typed)) return true
  if (['no', 'false', '0'].includes(typed)) return false
  throw notSuch(index, text, 'It is yes or no.')
}

const comparisons: Partial<Record<Operator, string>> = {
  equals: '=',
  greater: '>',
  'at-least': '>=',
  less: '<',
  'at-most': '<=',
}

function numberCondition(
  index: ColumnIndex,
  value: string,
  operator: Operator,
  text: string,
  statement: Statement,
): string {
  const number = (typed: string) => {
    if (!/^\d{1,4}$/.test(typed)) throw notSuch(index, text, 'It is a number of up to four digits.')
    return `${statement.of(Number(typed))}::int`
  }
  if (operator === 'between') {
    const [from, to] = bounds(index, text)
    return `${value} between ${number(from)} and ${number(to)}`
  }
  const asked = number(text.trim())
  return operator === 'not-equals'
    ? `${value} is distinct from ${asked}`
    : `${value} ${comparisons[operator]} ${asked}`
}

/** A day is all of it, in UTC. */
function dateCondition(
  index: ColumnIndex,
  value: string,
  operator: Operator,
  text: string,
  statement: Statement,
): string {
  const day = (typed: string, days = 0) => {
    const time = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== typed)
      throw notSuch(index, text, 'It is a day as 2026-11-25.')
    const start = `${statement.of(new Date(time).toISOString())}::text::timestamptz`
    return days === 0 ? start : `(${start} + interval '${24 * days} hours')`
  }
  const [from, to] = operator === 'between' ? bounds(index, text) : [text.trim(), text.trim()]
  switch (operator) {
    case 'greater':
      return `${value} >= ${day(from, 1)}`
    case 'at-least':
      return `${value} >= ${day(from)}`
    case 'less':
      return `${value} < ${day(from)}`
    case 'at-most':
      return `${value} < ${day(from, 1)}`
    case 'not-equals':
      return `(${value} < ${day(from)} or ${value} >= ${day(from, 1)})`
    default:
      return `(${value} >= ${day(from)} and ${value} < ${day(to, 1)})`
  }
}

function bounds(index: ColumnIndex, text: string): [string, string] {
  const [from, to, more] = text.trim().split(/\s+/)
  if (from === undefined || to === undefined || more !== undefined)
    throw notSuch(index, text, 'Between takes two values with a blank between them.')
  return [from, to]
}

/** All bibs that a job has made or changed, or found as they are. */
function jobCondition(index: ColumnIndex, text: string, operator: Operator, statement: Statement): Found {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw notSuch(index, text, 'It is the number of a job.')
  // As a text first: the same number may be asked of an index of texts.
  const job = statement.of(text)
  const select = `select m.mms_id from import_record r, unnest(array[r.mms_id, r.linked_mms_id]) as m (mms_id)
    where r.job_id = ${job}::text::bigint and r.outcome in ('created', 'merged', 'overlaid', 'unchanged') and m.mms_id is not null`
  return operator === 'not-equals'
    ? { condition: `f.mms_id not in (${select})`, select: null }
    : { condition: `f.mms_id in (${select})`, select }
}
