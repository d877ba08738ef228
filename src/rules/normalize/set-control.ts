import type { ControlField } from '../../marc/record.ts'
import { controlText } from '../element.ts'
import { spend } from './budget.ts'
import { addFields, noteChange, setFields, type Work } from './work.ts'

const single: ReadonlySet<string> = new Set(['001', '003', '005', '008'])

/** Whether a record has only one control field of a tag. */
export const isSingle = (tag: string): boolean => single.has(tag)

/** Gives a record a control field, in the place of the one there is where there can only be one. */
export function setControl(work: Work, tag: string, value: string): void {
  spend(work.budget, work.fields.length + value.length / 16)
  const field: ControlField = { tag, value: controlText(tag, value) }
  const at = isSingle(tag) ? work.fields.findIndex((other) => other.tag === tag) : -1
  const before = work.fields[at]
  if (!before) {
    addFields(work, [field])
    return
  }
  if (!('subfields' in before) && before.value === field.value) return
  noteChange(work, before, field)
  setFields(work, work.fields.with(at, field))
}
