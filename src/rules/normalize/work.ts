import { type DataField, type Field, isControlTag, type MarcRecord } from '../../marc/record.ts'
import { elementTest } from '../element.ts'
import { formatField } from '../field-text.ts'
import type { Condition, Element, TagPattern } from '../language/rule.ts'
import { tooLong } from '../pattern.ts'
import { nextPlace, type RecordView, type TagRange, tagRange, viewOf } from '../record-view.ts'
import { type Budget, RuleFailure, spend } from './budget.ts'
import { type Chosen, compileChosen, isChosen } from './chosen.ts'
import type { FieldChange } from './field-change.ts'
import { placeOf } from './place-fields.ts'

/** A record under the actions of a rule file. Its fields themselves are never changed, only exchanged. */
export type Work = RecordView & {
  readonly changes: FieldChange[]
  /** Code and line of the action that is being carried out. */
  step: string
  /** Characters of all fields; -1 until something changes. */
  size: number
}

/** An action made ready. @throws {RuleFailure} where it cannot be carried out on the record */
export type Action = (work: Work) => void

export const beginWork = (record: MarcRecord, changes: FieldChange[], budget: Budget): Work => ({
  ...viewOf(record, budget),
  changes,
  step: '',
  size: -1,
})

/** Which fields an action is about. */
export type Meant<Kind extends Field> = {
  readonly range: TagRange
  readonly isMeant: (field: Field, budget: Budget) => field is Kind
  readonly chosen: (view: RecordView) => Chosen
}

/** Of the fields of a tag those that pass, and that the condition of the action chooses. */
export const meant = <Kind extends Field>(
  tag: TagPattern,
  only: Condition | null,
  isMeant: Meant<Kind>['isMeant'],
): Meant<Kind> => ({ range: tagRange(tag), isMeant, chosen: compileChosen(only, tag) })

/** The fields that an element names. */
export const meantBy = (element: Element, only: Condition | null): Meant<DataField> =>
  meant(element.tag, only, elementTest(element))

/** A field that an action is about, and its place among the fields of the work. */
export type Found<Kind extends Field> = { readonly field: Kind; readonly at: number }

const none: readonly never[] = []

/** The fields that an action is about, in their order. */
export function foundFields<Kind extends Field>(
  work: Work,
  { range, isMeant, chosen }: Meant<Kind>,
): readonly Found<Kind>[] {
  const { fields, budget } = work
  spend(budget, 1 + fields.length / 8)
  let at = nextPlace(work, range, 0)
  const choice = at < fields.length && chosen(work)
  if (choice === false) return none
  const found: Found<Kind>[] = []
  for (; at < fields.length; at = nextPlace(work, range, at + 1)) {
    const field = fields[at] as Field
    spend(budget, 1)
    if (isMeant(field, budget) && isChosen(choice, field, work)) found.push({ field, at })
  }
  return found
}

/** Exchanges every field that an action is about for what `change` makes of it: the same, another, or none. */
export function changeFields<Kind extends Field>(
  work: Work,
  { range, isMeant, chosen }: Meant<Kind>,
  change: (field: Kind, budget: Budget) => Field | null,
): void {
  const { fields, budget } = work
  spend(budget, 1 + fields.length / 8)
  let at = nextPlace(work, range, 0)
  const choice = at < fields.length && chosen(work)
  if (choice === false) return
  let left: Field[] | null = null
  let done = 0
  for (; at < fields.length; at = nextPlace(work, range, at + 1)) {
    const field = fields[at] as Field
    spend(budget, 1)
    if (!isMeant(field, budget) || !isChosen(choice, field, work)) continue
    const after = change(field, budget)
    if (after === field) continue
    noteChange(work, field, after)
    left ??= []
    for (; done < at; done++) left.push(fields[done] as Field)
    if (after !== null) left.push(after)
    done = at + 1
  }
  if (left === null) return
  for (; done < fields.length; done++) left.push(fields[done] as Field)
  setFields(work, left)
}

/** Puts fields of one tag in its place, in their order. */
export function addFields(work: Work, fields: readonly Field[]): void {
  for (const field of fields) noteChange(work, null, field)
  putFields(work, fields)
}

/** Takes fields out of the record. */
export function removeFields(work: Work, found: readonly Found<Field>[]): void {
  if (found.length === 0) return
  for (const { field } of found) noteChange(work, field, null)
  replaceFields(work, found, () => none)
}

/** Gives fields another tag, and puts them in its place. */
export function retagFields(work: Work, found: readonly Found<Field>[], tag: string): void {
  const [first] = found
  if (!first || (first.field.tag === tag && found.every(({ field }) => field.tag === tag))) return
  const retagged = found.map(({ field }): Field => {
    const after = { ...field, tag }
    noteChange(work, field, after)
    return after
  })
  replaceFields(work, found, () => none)
  putFields(work, retagged)
}

/** Puts others, as many as there are, where these fields stand. What changes has been noted. */
export function replaceFields<Place extends Found<Field>>(
  work: Work,
  found: readonly Place[],
  insteadOf: (place: Place) => readonly Field[],
): void {
  const fields: Field[] = []
  let from = 0
  for (const place of found) {
    for (; from < place.at; from++) fields.push(work.fields[from] as Field)
    fields.push(...insteadOf(place))
    from = place.at + 1
  }
  for (; from < work.fields.length; from++) fields.push(work.fields[from] as Field)
  setFields(work, fields)
}

function putFields(work: Work, fields: readonly Field[]): void {
  const [first] = fields
  if (!first) return
  spend(work.budget, work.fields.length / 8)
  const at = placeOf(work.fields, first.tag)
  setFields(work, [...work.fields.slice(0, at), ...fields, ...work.fields.slice(at)])
}

/** The only way to other fields. */
export function setFields(work: Work, fields: readonly Field[]): void {
  const { fields: most } = work.budget.limits
  if (fields.length > most && fields.length > work.fields.length)
    throw new RuleFailure(`It would give the record more fields than the limit of ${most}`)
  work.fields = fields
  work.numbers = null
}

/** The leader keeps its length. */
export function setLeader(work: Work, leader: string): void {
  if (leader === work.leader) return
  if (leader.length !== 24)
    throw new RuleFailure(`It would give the leader ${leader.length} characters in place of 24`)
  work.leader = leader
  note(work, 'LDR', `LDR ${leader}`)
}

/** Holds a change to the limits, and writes it down. To be called before the fields of the work are exchanged. */
export function noteChange(work: Work, before: Field | null, after: Field | null): void {
  const { budget } = work
  if (after !== null) holdToKind(after)
  const was = before === null ? 0 : sizeOf(before)
  const is = after === null ? 0 : sizeOf(after)
  spend(budget, 40 + (was + is) / 4)
  if (work.size === -1) work.size = work.fields.reduce((sum, field) => sum + sizeOf(field), 0)
  work.size += is - was
  if (is > was) {
    const { field, record } = budget.limits
    if (is > field) throw new RuleFailure(tooLong(field))
    if (work.size > record)
      throw new RuleFailure(`It would make the record longer than the limit of ${record} characters`)
  }
  if (after !== null) {
    const from = before === null ? '+ ' : before.tag === after.tag ? '' : `${before.tag} = `
    note(work, after.tag, from + formatField(after))
  } else if (before !== null) note(work, before.tag, `- ${formatField(before)}`)
}

/** A rule file cannot make a control field with subfields or a leader; nobody else can, either. */
function holdToKind(field: Field): void {
  const { tag } = field
  if (tag === 'LDR') throw new RuleFailure('It would add a leader to the one that there is')
  const hasValue = !('subfields' in field)
  if (hasValue !== isControlTag(tag))
    throw new RuleFailure(
      hasValue
        ? `It would make a control field of ${tag}, which has subfields`
        : `It would give subfields to ${tag}, which is a control field`,
    )
}

/** Of one record; what comes after is done, and not written down. */
const mostChanges = 1000
const mostCharacters = 500

export function note({ changes, step }: Work, tag: string, field: string): void {
  if (changes.length > mostChanges) return
  if (changes.length === mostChanges) changes.push({ step, tag, field: '…' })
  // What is cut is joined anew, so that it does not hold on to the whole.
  else
    changes.push({
      step,
      tag,
      field: field.length > mostCharacters ? [field.slice(0, mostCharacters), '…'].join('') : field,
    })
}

function sizeOf(field: Field): number {
  if (!('subfields' in field)) return field.value.length
  let size = 2
  for (const { value } of field.subfields) size += value.length + 2
  return size
}
