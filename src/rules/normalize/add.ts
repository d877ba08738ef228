import { controlValue, type DataField, isControlTag } from '../../marc/record.ts'
import { headTest } from '../element.ts'
import { spend } from './budget.ts'
import { compileChosen } from './chosen.ts'
import type { ActionOf } from './compile-action.ts'
import { setControl } from './set-control.ts'
import { type Action, addFields, changeFields, meant, type Work } from './work.ts'

/** A control field more; 001, 003, 005 and 008 take the place of the one there is. */
export function addControlField({ tag, value, only }: ActionOf<'add-control-field'>): Action {
  return onRecord(only, (work) => {
    setControl(work, tag, value)
  })
}

/** A field more, whether or not there is one of its tag. With the tag of a control field it is one. */
export function addField(action: ActionOf<'add-field'>): Action {
  const { tag, ind1, ind2, subfield, value, only } = action
  return onRecord(only, (work) => {
    if (isControlTag(tag)) setControl(work, tag, value)
    else addFields(work, [{ tag, ind1, ind2, subfields: [{ code: subfield, value }] }])
  })
}

/** A subfield more at the end of every field of the tag and indicators. */
export function addSubfield({ to, code, value, only }: ActionOf<'add-subfield'>): Action {
  const fields = meant(to.tag, only, headTest(to))
  const added = { code, value }
  return (work) => {
    changeFields(work, fields, (field) => ({ ...field, subfields: [...field.subfields, added] }))
  }
}

/**
 * A field with the number in a control field, behind the value of another in parentheses where there is
 * that: 001 `123` and 003 `DLC` give `(DLC)123`. A number that such a field has already is not added.
 */
export function addSystemNumber({ to, from, prefix, only }: ActionOf<'add-system-number'>): Action {
  const { tag } = to
  const code = to.subfield ?? 'a'
  return onRecord(only, (work) => {
    const number = controlValueOf(work, from)
    if (number === '') return
    const source = prefix === null ? '' : controlValueOf(work, prefix)
    const value = source === '' ? number : `(${source})${number}`
    if (!hasValue(work, tag, code, value)) addFields(work, [numberField(tag, code, value)])
  })
}

function controlValueOf(work: Work, tag: string): string {
  spend(work.budget, work.fields.length)
  return controlValue(work, tag)?.trim() ?? ''
}

/** Whether a field of the tag has this value in one of its subfields of the code. */
function hasValue({ fields, budget }: Work, tag: string, code: string, value: string): boolean {
  spend(budget, fields.length + value.length / 16)
  return fields.some((field) => {
    if (field.tag !== tag || !('subfields' in field)) return false
    spend(budget, field.subfields.length)
    return field.subfields.some((subfield) => subfield.code === code && subfield.value === value)
  })
}

const numberField = (tag: string, code: string, value: string): DataField => ({
  tag,
  ind1: ' ',
  ind2: ' ',
  subfields: [{ code, value }],
})

/** An action that has no field to begin with: its condition is about the record. */
function onRecord(only: ActionOf<'add-field'>['only'], action: Action): Action {
  const chosen = compileChosen(only, null)
  return (work) => {
    if (chosen(work) === true) action(work)
  }
}
