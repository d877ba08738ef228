import type { Field } from '../../marc/record.ts'
import { compileViewTest, counter, type ViewTest } from '../condition.ts'
import { controlTest, type FieldTest, fieldTest } from '../element.ts'
import type { Condition, TagPattern } from '../language/rule.ts'
import type { RecordView } from '../record-view.ts'

/** Which of the fields that an action means it may touch: all, none, or those that pass. */
export type Chosen = boolean | FieldTest

/**
 * The condition of an action, `… if (…)`. It is taken apart into its single conditions. One whose element
 * has the action's own tag, written the same, is about the field: `removeField "650" if (exists "650.2.fast")`
 * takes only the 650s that have it, and with `not exists` those that have not. Any other is about the
 * record. AND, OR and NOT join what comes of them, field by field:
 * `if (exists "650.2.fast" AND exists "100")` takes these 650s in a record that has a 100, none in others.
 *
 * - `existsMoreThanOnce "650.a"` with the action's tag asks for two `$a` in that field; without a subfield
 *   it counts the fields of the record.
 * - An action that makes a field of nothing, or names several tags, has no tag of its own: there all is
 *   about the record.
 *
 * What it says of the record is found out once, before the action touches the first field.
 */
export function compileChosen(only: Condition | null, own: TagPattern | null): (view: RecordView) => Chosen {
  if (only === null) return () => true
  const choice = compileChoice(only, own)
  if (choice.about === 'record') return choice.test
  if (choice.about === 'both') return choice.bind
  const { test } = choice
  return () => test
}

type Choice =
  | { readonly about: 'record'; readonly test: ViewTest }
  | { readonly about: 'field'; readonly test: FieldTest }
  | { readonly about: 'both'; readonly bind: (view: RecordView) => Chosen }

function compileChoice(condition: Condition, own: TagPattern | null): Choice {
  switch (condition.is) {
    case 'exists':
      return condition.element.tag === own
        ? { about: 'field', test: fieldTest(condition.element) }
        : aboutRecord(condition)
    case 'exists-control':
      return condition.control.tag === own && own !== 'LDR'
        ? { about: 'field', test: controlTest(condition.control) }
        : aboutRecord(condition)
    case 'exists-more-than-once': {
      if (condition.element.tag !== own || condition.element.subfield === null) return aboutRecord(condition)
      const count = counter(condition.element)
      return { about: 'field', test: (field, budget) => count(field, budget) > 1 }
    }
    case 'not':
      return negated(compileChoice(condition.of, own))
    case 'all':
    case 'any': {
      const choices = condition.of.map((each) => compileChoice(each, own))
      if (choices.every(({ about }) => about === 'record')) return aboutRecord(condition)
      return { about: 'both', bind: condition.is === 'all' ? bindAll(choices) : bindAny(choices) }
    }
    case 'true':
      return aboutRecord(condition)
  }
}

const aboutRecord = (condition: Condition): Choice => ({ about: 'record', test: compileViewTest(condition) })

function negated(choice: Choice): Choice {
  switch (choice.about) {
    case 'record': {
      const { test } = choice
      return { about: 'record', test: (view) => !test(view) }
    }
    case 'field':
      return { about: 'field', test: not(choice.test) }
    case 'both': {
      const { bind } = choice
      return {
        about: 'both',
        bind: (view) => {
          const chosen = bind(view)
          return typeof chosen === 'boolean' ? !chosen : not(chosen)
        },
      }
    }
  }
}

const not =
  (test: FieldTest): FieldTest =>
  (field, budget) =>
    !test(field, budget)

function bind(choice: Choice, view: RecordView): Chosen {
  if (choice.about === 'field') return choice.test
  return choice.about === 'record' ? choice.test(view) : choice.bind(view)
}

const bindAll =
  (choices: readonly Choice[]) =>
  (view: RecordView): Chosen => {
    const tests: FieldTest[] = []
    for (const choice of choices) {
      const chosen = bind(choice, view)
      if (chosen === false) return false
      if (chosen !== true) tests.push(chosen)
    }
    return tests.length === 0 || ((field, budget) => tests.every((test) => test(field, budget)))
  }

const bindAny =
  (choices: readonly Choice[]) =>
  (view: RecordView): Chosen => {
    const tests: FieldTest[] = []
    for (const choice of choices) {
      const chosen = bind(choice, view)
      if (chosen === true) return true
      if (chosen !== false) tests.push(chosen)
    }
    return tests.length > 0 && ((field, budget) => tests.some((test) => test(field, budget)))
  }

/** Whether an action may touch a field. */
export const isChosen = (chosen: Chosen, field: Field, view: RecordView): boolean =>
  chosen === true || (chosen !== false && chosen(field, view.budget))
