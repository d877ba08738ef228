import { packField, unpack } from '../marc/packed.ts'
import type { Field, MarcRecord } from '../marc/record.ts'
import type { BibState } from './bib-state.ts'
import { isOclcSystemNumber } from './match/identifiers.ts'
import type { MergeRule } from './merge/merge-rule.ts'
import { merge } from './merge/merge.ts'
import { localProtection, type ProtectSettings, protectionOf } from './merge/protect.ts'
import { withFields } from './old-numbers.ts'
import { planBudget } from './plan-rules.ts'

/** A bib that is combined into another, and how. */
export type Other = {
  readonly bib: BibState
  readonly becomes: 'delete' | 'suppress' | 'keep'
  /** Code of the rule by which its record is merged. */
  readonly mergeRule: string
}

/** The bibs that are not found any more when they have been combined; a bib that is kept has its numbers still. */
export const goneOf = (others: readonly Other[]): BibState[] =>
  others.flatMap(({ bib, becomes }) => (becomes === 'keep' ? [] : [bib]))

/**
 * A record after those of other bibs have been merged into it, one after the other, each by its rule. The
 * numbers by which OCLC knows the record stay its own, whatever the rule says of 019 and 035; what the others
 * have that is local comes along (D16), and the numbers that other systems know them by, unless a bib keeps them.
 */
export function combineRecords(
  record: MarcRecord,
  others: readonly Other[],
  protect: ProtectSettings,
  mergeRuleOf: (code: string) => MergeRule,
): MarcRecord {
  let combined = record
  const budget = planBudget()
  for (const { bib, becomes, mergeRule } of others) {
    const other = unpack(bib.record)
    const merged = merge(combined, numberedAs(other, combined), mergeRuleOf(mergeRule), protect, {
      budget,
    }).record
    const own = other.fields.filter((field) => isOwn(field, becomes, protect))
    combined = withMissing(merged, own)
  }
  return combined
}

/** A record under the OCLC numbers of another, so that a merge of the one into the other exchanges nothing. */
function numberedAs(record: MarcRecord, by: MarcRecord): MarcRecord {
  const content = record.fields.filter((field) => !isOclcNumber(field))
  return withFields({ leader: record.leader, fields: content }, by.fields.filter(isOclcNumber))
}

function isOclcNumber(field: Field): boolean {
  if (field.tag === '019') return true
  if (field.tag !== '035' || !('subfields' in field)) return false
  const number = field.subfields.find(({ code }) => code === 'a') ?? field.subfields[0]
  return number !== undefined && isOclcSystemNumber(number.value)
}

/** What describes the library's own copy, and other systems' numbers for it. */
const isOwn = (field: Field, becomes: Other['becomes'], protect: ProtectSettings): boolean =>
  localProtection(field, protect) !== null ||
  (becomes !== 'keep' && field.tag === '035' && protectionOf(field, protect) !== null)

/** A record with those of some fields that it does not have yet. */
export function withMissing(record: MarcRecord, fields: readonly Field[]): MarcRecord {
  const has = new Set(record.fields.map(packField))
  const missing = fields.filter((field) => !has.has(packField(field)))
  return missing.length === 0 ? record : withFields(record, missing)
}
