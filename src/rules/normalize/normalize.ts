import type { DataField, Field, MarcRecord, Subfield } from '../../marc/record.ts'
import { controlValue, isControlTag } from '../../marc/record.ts'
import type { RuleDetail, StepDetail } from '../detail.ts'
import { formatField, parseField } from '../field-text.ts'
import { isOutright, tagMatches } from '../field-pattern.ts'
import { isOclcControlNumber, isOclcSystemNumber, oclcNumber } from '../match/identifiers.ts'
import type { NormalizeStep } from '../import-profile.ts'
import { type Budget, recordBudget } from './budget.ts'
import type { NormalizeRules } from './compile-rules.ts'
import type { FieldChange } from './field-change.ts'
import { placeOf } from './place-fields.ts'

/** The tags of OCLC's export that say nothing about the work: other systems' numbers, holdings, vendor and batch notes (D17). */
const oclcExportTags: readonly string[] = ['029', '049', '938', '994']

const noRules: ReadonlyMap<string, NormalizeRules> = new Map()

/**
 * Applies the steps in order (D1). The record comes back as it is where no step has anything to do. `rules`
 * are the rule files that steps name, by their code; all of them draw on the one budget. `detail` takes what
 * each step did, where it is asked for.
 *
 * @throws {RuleFailure} where a rule file cannot be carried out on the record; `attempt` makes a value of it
 */
export function normalize(
  record: MarcRecord,
  steps: readonly NormalizeStep[],
  rules: ReadonlyMap<string, NormalizeRules> = noRules,
  budget: Budget = recordBudget(),
  detail?: StepDetail[],
): { readonly record: MarcRecord; readonly changes: readonly FieldChange[] } {
  const changes: FieldChange[] = []
  let result = record
  for (const step of steps) {
    const before = result
    const ofRules: RuleDetail[] = []
    result =
      step.do === 'rule'
        ? ruleOf(rules, step.rule)(result, changes, budget, detail && ofRules)
        : applyStep(result, step, changes)
    detail?.push({ step, before, after: result, rules: ofRules })
  }
  return { record: result, changes }
}

function ruleOf(rules: ReadonlyMap<string, NormalizeRules>, code: string): NormalizeRules {
  const rule = rules.get(code)
  if (!rule) throw new RangeError(`Normalisation rule ${code} is not among the rules at hand`)
  return rule
}

function applyStep(
  record: MarcRecord,
  step: Exclude<NormalizeStep, { readonly do: 'rule' }>,
  changes: FieldChange[],
): MarcRecord {
  switch (step.do) {
    case 'oclc-001-to-035':
      return oclc001To035(record, changes)
    case 'copy-019-to-035z':
      return copy019To035z(record, changes)
    case 'oclc-035-canonical':
      return oclc035Canonical(record, changes)
    case 'strip-oclc-export-fields':
      return removeFields(record, oclcExportTags, step.do, changes)
    case 'remove-fields':
      return removeFields(record, step.tags, step.do, changes)
    case 'add-field':
      return addField(record, step.field, changes)
    case 'remove-empty-subfields':
      return removeEmptySubfields(record, changes)
  }
}

/** D10: a 001 that is OCLC's, by its own form or by 003, becomes 035 `$a`; 001, and a 003 of OCLC's, go. */
function oclc001To035(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  const control = controlValue(record, '001')
  if (control === undefined) return record
  const isOclcs =
    isOclcControlNumber(control) || controlValue(record, '003')?.trim().toLowerCase() === 'ocolc'
  const number = isOclcs ? oclcNumber(control) : null
  if (number === null) return record
  const known = record.fields.some(
    (field) => field.tag === '035' && 'subfields' in field && hasOclcNumber(field, number, 'a'),
  )
  const fields = record.fields.filter(
    (field) =>
      field.tag !== '001' &&
      !(field.tag === '003' && 'value' in field && field.value.trim().toLowerCase() === 'ocolc'),
  )
  if (!known) insert(fields, oclcField('a', number))
  changes.push({
    step: 'oclc-001-to-035',
    tag: '035',
    field: `001 ${control.trim()} = 035 ## $a (OCoLC)${number}`,
  })
  return { ...record, fields }
}

const hasOclcNumber = (field: DataField, number: string, codes: string): boolean =>
  field.subfields.some(
    ({ code, value }) => codes.includes(code) && isOclcSystemNumber(value) && oclcNumber(value) === number,
  )

const oclcField = (code: string, number: string): DataField => ({
  tag: '035',
  ind1: ' ',
  ind2: ' ',
  subfields: [{ code, value: `(OCoLC)${number}` }],
})

/** Numbers that OCLC has merged into this record (019 `$a`) join the 035 of its own number as `$z`. */
function copy019To035z(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  const cancelled: string[] = []
  for (const field of record.fields) {
    if (field.tag !== '019' || !('subfields' in field)) continue
    for (const { code, value } of field.subfields) {
      const number = code === 'a' ? oclcNumber(value) : null
      if (number !== null && !cancelled.includes(number)) cancelled.push(number)
    }
  }
  if (cancelled.length === 0) return record
  const is035 = (field: Field): field is DataField => field.tag === '035' && 'subfields' in field
  const fresh = cancelled.filter(
    (number) => !record.fields.some((field) => is035(field) && hasOclcNumber(field, number, 'az')),
  )
  if (fresh.length === 0) return record
  const added = fresh.map((number): Subfield => ({ code: 'z', value: `(OCoLC)${number}` }))
  const own = record.fields.findIndex(
    (field) =>
      is035(field) && field.subfields.some(({ code, value }) => code === 'a' && isOclcSystemNumber(value)),
  )
  const fields = [...record.fields]
  const host = fields[own]
  const changed: DataField =
    host && is035(host)
      ? { ...host, subfields: [...host.subfields, ...added] }
      : { tag: '035', ind1: ' ', ind2: ' ', subfields: added }
  if (own === -1) insert(fields, changed)
  else fields[own] = changed
  changes.push({ step: 'copy-019-to-035z', tag: '035', field: formatField(changed) })
  return { ...record, fields }
}

/** Every OCLC number in 035 `$a` and `$z` is written `(OCoLC)` and digits; what that makes the same is kept once. */
function oclc035Canonical(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  const seen = new Set<string>()
  let fields: Field[] | null = null
  for (let at = 0; at < record.fields.length; at++) {
    const field = record.fields[at] as Field
    const canonical = field.tag === '035' && 'subfields' in field ? canonical035(field, seen) : field
    if (canonical !== field) fields ??= record.fields.slice(0, at)
    if (canonical !== null) fields?.push(canonical)
    if (canonical !== field) {
      changes.push({
        step: 'oclc-035-canonical',
        tag: '035',
        field: canonical ? formatField(canonical) : `- ${formatField(field)}`,
      })
    }
  }
  return fields === null ? record : { ...record, fields }
}

/** The field itself where it is canonical, nothing where all of it was seen before. */
function canonical035(field: DataField, seen: Set<string>): DataField | null {
  let changed = false
  const subfields: Subfield[] = []
  for (const subfield of field.subfields) {
    const { code, value } = subfield
    const number = (code === 'a' || code === 'z') && isOclcSystemNumber(value) ? oclcNumber(value) : null
    if (number === null) {
      subfields.push(subfield)
      continue
    }
    const id = code + number
    const canonical = `(OCoLC)${number}`
    if (seen.has(id)) changed = true
    else if (canonical === value) subfields.push(subfield)
    else {
      subfields.push({ code, value: canonical })
      changed = true
    }
    seen.add(id)
  }
  if (!changed) return field
  return subfields.some(({ code }) => code !== '6' && code !== '8') ? { ...field, subfields } : null
}

function removeFields(
  record: MarcRecord,
  patterns: readonly string[],
  step: NormalizeStep['do'],
  changes: FieldChange[],
): MarcRecord {
  const outright = new Set(patterns.filter(isOutright))
  const open = patterns.filter((pattern) => !isOutright(pattern))
  let left: Field[] | null = null
  for (let at = 0; at < record.fields.length; at++) {
    const field = record.fields[at] as Field
    const { tag } = field
    if (tag !== '001' && (outright.has(tag) || open.some((pattern) => tagMatches(pattern, tag)))) {
      left ??= record.fields.slice(0, at)
      changes.push({ step, tag, field: `- ${formatField(field)}` })
    } else left?.push(field)
  }
  return left === null ? record : { ...record, fields: left }
}

function addField(record: MarcRecord, text: string, changes: FieldChange[]): MarcRecord {
  const field = parseField(text)
  if (!field) throw new RangeError(`A normalisation step adds what is no field: ${text}`)
  const fields = [...record.fields]
  insert(fields, field)
  changes.push({ step: 'add-field', tag: field.tag, field: `+ ${text}` })
  return { ...record, fields }
}

function insert(fields: Field[], field: Field): void {
  fields.splice(placeOf(fields, field.tag), 0, field)
}

/** Subfields of blanks alone go, with fields that are left with none, and empty control fields. */
function removeEmptySubfields(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  if (!record.fields.some(hasEmpty)) return record
  const fields: Field[] = []
  for (const field of record.fields) {
    if (!hasEmpty(field)) {
      fields.push(field)
      continue
    }
    const left = 'subfields' in field ? field.subfields.filter(({ value }) => !isEmpty(value)) : []
    changes.push({
      step: 'remove-empty-subfields',
      tag: field.tag,
      field: left.length > 0 ? formatField(field) : `- ${field.tag}`,
    })
    if ('subfields' in field && left.length > 0 && !isControlTag(field.tag))
      fields.push({ ...field, subfields: left })
  }
  return { ...record, fields }
}

function hasEmpty(field: Field): boolean {
  if (!('subfields' in field)) return isEmpty(field.value)
  for (const { value } of field.subfields) if (isEmpty(value)) return true
  return field.subfields.length === 0
}

/** A value that starts with a visible character is not looked at any further. */
const isEmpty = (value: string): boolean =>
  !(value.charCodeAt(0) > 32 && value.charCodeAt(0) < 128) && value.trim() === ''
