import type { DataField, Subfield } from '../../marc/record.ts'
import type { Which } from '../language/rule.ts'
import { type Budget, spend } from './budget.ts'

/**
 * A field with what `change` makes of its subfields: the same, another, or none. The field itself where
 * all are the same, and no field where none is left.
 */
export function mapSubfields(
  field: DataField,
  budget: Budget,
  change: (subfield: Subfield) => Subfield | null,
): DataField | null {
  const { subfields } = field
  spend(budget, subfields.length)
  let left: Subfield[] | null = null
  for (let at = 0; at < subfields.length; at++) {
    const subfield = subfields[at] as Subfield
    const after = change(subfield)
    if (after !== subfield) {
      spend(budget, 8)
      left ??= subfields.slice(0, at)
    }
    if (after !== null) left?.push(after)
  }
  if (left === null) return field
  return left.length === 0 ? null : { ...field, subfields: left }
}

/** Whether a subfield is one of those meant: `before` of its like stand in front of it. */
export const isOne = (which: Which, before: number): boolean =>
  which === 'all' || (which === 'only-first') === (before === 0)
