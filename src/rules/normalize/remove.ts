import { controlTest, fieldTest, subfieldTest } from '../element.ts'
import type { ActionOf } from './compile-action.ts'
import { mapSubfields } from './subfields.ts'
import { type Action, changeFields, foundFields, meant, meantBy, removeFields } from './work.ts'

/** Control fields go; with a range or a value those that have it. */
export function removeControlField({ control, only }: ActionOf<'remove-control-field'>): Action {
  const fields = meant(control.tag, only, controlTest(control))
  return (work) => {
    removeFields(work, foundFields(work, fields))
  }
}

/** Fields go that have all of what the element names: `035.a` those with an `$a`. */
export function removeField({ element, only }: ActionOf<'remove-field'>): Action {
  const fields = meant(element.tag, only, fieldTest(element))
  return (work) => {
    removeFields(work, foundFields(work, fields))
  }
}

/** Subfields go, with a value those that have it, and fields that are left with none. */
export function removeSubfield({ element, only }: ActionOf<'remove-subfield'>): Action {
  const fields = meantBy(element, only)
  const isNamed = subfieldTest(element)
  return (work) => {
    changeFields(work, fields, (field, budget) =>
      mapSubfields(field, budget, (subfield) => (isNamed(subfield, budget) ? null : subfield)),
    )
  }
}
