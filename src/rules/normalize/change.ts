import type { DataField } from '../../marc/record.ts'
import { controlTest, subfieldTest } from '../element.ts'
import type { ActionOf } from './compile-action.ts'
import { isSingle, setControl } from './set-control.ts'
import { isOne, mapSubfields } from './subfields.ts'
import { type Action, changeFields, foundFields, meant, meantBy, removeFields, retagFields } from './work.ts'

/**
 * Control fields get another tag, and its place. To one of 001, 003, 005 and 008 only the first does, and
 * takes the place of the one there is.
 */
export function changeControlField({ from, to, only }: ActionOf<'change-control-field'>): Action {
  const fields = meant(from, only, controlTest({ tag: from, range: null, value: null }))
  return (work) => {
    if (from === to) return
    const found = foundFields(work, fields)
    const changed = isSingle(to) ? found.slice(0, 1) : found
    removeFields(work, changed)
    for (const { field } of changed) setControl(work, to, field.value)
  }
}

/** Fields get another tag, and its place; they keep indicators and subfields. */
export function changeField({ from, to, only }: ActionOf<'change-field'>): Action {
  const fields = meantBy(from, only)
  return (work) => {
    retagFields(work, foundFields(work, fields), to)
  }
}

export function changeIndicator({ which, of, to, only }: ActionOf<'change-indicator'>): Action {
  const fields = meantBy(of, only)
  const change =
    which === 1
      ? (field: DataField) => (field.ind1 === to ? field : { ...field, ind1: to })
      : (field: DataField) => (field.ind2 === to ? field : { ...field, ind2: to })
  return (work) => {
    changeFields(work, fields, change)
  }
}

/** Subfields get another code. The first is that of those which the element names, in each field. */
export function changeSubfield({ which, of, to, only }: ActionOf<'change-subfield'>): Action {
  const fields = meantBy(of, only)
  const isNamed = subfieldTest(of)
  return (work) => {
    changeFields(work, fields, (field, budget) => {
      let seen = 0
      return mapSubfields(field, budget, (subfield) =>
        isNamed(subfield, budget) && isOne(which, seen++) && subfield.code !== to
          ? { code: to, value: subfield.value }
          : subfield,
      )
    })
  }
}
