import { type DataField, isControlTag } from '../../marc/record.ts'
import { controlTest, controlValueTest, subfieldTest } from '../element.ts'
import type { ControlElement, FieldPlace } from '../language/rule.ts'
import { compileChosen } from './chosen.ts'
import type { ActionOf } from './compile-action.ts'
import { isSingle, setControl } from './set-control.ts'
import { type Action, addFields, foundFields, meant, meantBy, type Work } from './work.ts'

/**
 * The values of control fields, or of the first of such subfields in each field, become control fields.
 * Of 001, 003, 005 and 008 the first value takes the place of the one there is.
 */
export function copyControlField({ from, to, only }: ActionOf<'copy-control-field'>): Action {
  const valuesOf = 'range' in from ? controlValues(from, only) : subfieldValues(from, only)
  return (work) => {
    const values = valuesOf(work)
    for (const value of isSingle(to) ? values.slice(0, 1) : values) setControl(work, to, value)
  }
}

type Values = (work: Work) => readonly string[]
type Only = ActionOf<'copy-control-field'>['only']

function controlValues(from: ControlElement, only: Only): Values {
  const { tag, range } = from
  const part = (value: string): string =>
    range === null ? value : value.slice(range.at, range.at + range.length).toWellFormed()
  if (tag === 'LDR') {
    const chosen = compileChosen(only, tag)
    const isThere = controlValueTest(from)
    return (work) => (chosen(work) === true && isThere(work.leader, work.budget) ? [part(work.leader)] : [])
  }
  const fields = meant(tag, only, controlTest(from))
  return (work) => foundFields(work, fields).map(({ field }) => part(field.value))
}

function subfieldValues({ tag, subfield }: FieldPlace, only: Only): Values {
  const fields = meantBy({ tag, ind1: null, ind2: null, subfield, value: null }, only)
  return (work) =>
    foundFields(work, fields).flatMap(({ field }) => {
      const found = field.subfields.find(({ code }) => subfield === null || code === subfield)
      return found ? [found.value] : []
    })
}

/**
 * Each field becomes another one of the new tag: a whole field with its indicators, of a subfield
 * (`035.a`) all of that code, in a field with blank indicators. Where the target names indicators or a
 * code, they are those. The value of a control field (`001`) goes to the subfield that the target names.
 */
export function copyField(action: ActionOf<'copy-field'>): Action {
  const { tag, subfield } = action.from
  return isControlTag(tag) && subfield === null ? copyOfControl(action) : copyOfData(action)
}

function copyOfControl({ from, to, only }: ActionOf<'copy-field'>): Action {
  const fields = meant(from.tag, only, controlTest({ tag: from.tag, range: null, value: null }))
  const { tag, ind1 = ' ', ind2 = ' ', subfield } = to
  const code = subfield ?? 'a'
  return (work) => {
    const values = foundFields(work, fields).map(({ field }) => field.value)
    addFields(
      work,
      values.map((value): DataField => ({ tag, ind1, ind2, subfields: [{ code, value }] })),
    )
  }
}

function copyOfData({ from, to, only }: ActionOf<'copy-field'>): Action {
  const fields = meantBy(from, only)
  const isNamed = subfieldTest(from)
  const isWhole = from.subfield === null
  return (work) => {
    const { budget } = work
    const copies = foundFields(work, fields).map(({ field }): DataField => {
      const subfields = field.subfields
        .filter((subfield) => isNamed(subfield, budget))
        .map(({ code, value }) => ({ code: to.subfield ?? code, value }))
      const ind1 = to.ind1 ?? (isWhole ? field.ind1 : ' ')
      const ind2 = to.ind2 ?? (isWhole ? field.ind2 : ' ')
      return { tag: to.tag, ind1, ind2, subfields }
    })
    addFields(work, copies)
  }
}
