import type { Field, MarcRecord } from '../marc/record.ts'
import {
  controlTest,
  controlValueTest,
  type FieldTest,
  fieldTest,
  headTest,
  subfieldTest,
} from './element.ts'
import type { Condition, ControlElement, Element, TagPattern } from './language/rule.ts'
import { type Budget, recordBudget, spend } from './normalize/budget.ts'
import { nextPlace, type RecordView, tagRange, viewOf } from './record-view.ts'

export type ViewTest = (view: RecordView) => boolean

/** A condition made ready. Without a budget the record's own is a fresh one. */
export function compileCondition(condition: Condition): (record: MarcRecord, budget?: Budget) => boolean {
  const test = compileViewTest(condition)
  return (record, budget = recordBudget()) => test(viewOf(record, budget))
}

/**
 * A condition about a record as a whole.
 *
 * - `exists "650.a.Cats*"` is met by one field that has all of what the element names.
 * - `existsControl` looks at the control fields, and with `LDR` at the leader. A range is only there where
 *   the value reaches to its end.
 * - `existsMoreThanOnce` counts what the element names: fields, or, where it names a subfield, such
 *   subfields in the whole record.
 */
export function compileViewTest(condition: Condition): ViewTest {
  switch (condition.is) {
    case 'true':
      return () => true
    case 'exists':
      return someField(condition.element.tag, fieldTest(condition.element))
    case 'exists-control':
      return existsControlTest(condition.control)
    case 'exists-more-than-once':
      return repeatedTest(condition.element)
    case 'all': {
      const tests = condition.of.map(compileViewTest)
      return (view) => tests.every((test) => test(view))
    }
    case 'any': {
      const tests = condition.of.map(compileViewTest)
      return (view) => tests.some((test) => test(view))
    }
    case 'not': {
      const test = compileViewTest(condition.of)
      return (view) => !test(view)
    }
  }
}

function existsControlTest(control: ControlElement): ViewTest {
  if (control.tag !== 'LDR') return someField(control.tag, controlTest(control))
  const isValue = controlValueTest(control)
  return ({ leader, budget }) => isValue(leader, budget)
}

function someField(tag: TagPattern, isMeant: FieldTest): ViewTest {
  const range = tagRange(tag)
  return (view) => {
    const { fields, budget } = view
    spend(budget, 1 + fields.length / 8)
    for (let at = nextPlace(view, range, 0); at < fields.length; at = nextPlace(view, range, at + 1)) {
      spend(budget, 1)
      if (isMeant(fields[at] as Field, budget)) return true
    }
    return false
  }
}

function repeatedTest(element: Element): ViewTest {
  const range = tagRange(element.tag)
  const count = counter(element)
  return (view) => {
    const { fields, budget } = view
    spend(budget, 1 + fields.length / 8)
    let found = 0
    for (let at = nextPlace(view, range, 0); at < fields.length; at = nextPlace(view, range, at + 1)) {
      spend(budget, 1)
      found += count(fields[at] as Field, budget)
      if (found > 1) return true
    }
    return false
  }
}

/** How often a field has what an element names. */
export function counter(element: Element): (field: Field, budget: Budget) => number {
  if (element.subfield === null && element.value === null) {
    const isField = fieldTest(element)
    return (field, budget) => (isField(field, budget) ? 1 : 0)
  }
  const isHead = headTest(element)
  const isMeant = subfieldTest(element)
  return (field, budget) => {
    if (!isHead(field, budget)) return 0
    spend(budget, field.subfields.length)
    let found = 0
    for (const subfield of field.subfields) if (isMeant(subfield, budget)) found++
    return found
  }
}
