import type { Field, MarcRecord } from '../../marc/record.ts'
import { isControlTag } from '../../marc/record.ts'
import type { RuleDetail, StepDetail } from '../detail.ts'
import { formatField, parseField } from '../field-text.ts'
import { isOutright, tagMatches } from '../field-pattern.ts'
import type { NormalizeStep } from '../import-profile.ts'
import { type Budget, recordBudget } from './budget.ts'
import type { NormalizeRules } from './compile-rules.ts'
import type { FieldChange } from './field-change.ts'
import { copy019To035z, oclc001To035, oclc035Canonical } from './oclc-steps.ts'
import { insert } from './place-fields.ts'

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
