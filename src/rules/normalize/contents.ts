import type { DataField } from '../../marc/record.ts'
import { controlPattern, controlTest, controlText, subfieldTest } from '../element.ts'
import type { FieldPlace } from '../language/rule.ts'
import { compileReplace } from '../pattern.ts'
import { type Budget, spend } from './budget.ts'
import { compileChosen } from './chosen.ts'
import type { ActionOf } from './compile-action.ts'
import { isOne, mapSubfields } from './subfields.ts'
import { type Action, changeFields, meant, meantBy, setLeader, type Work } from './work.ts'

/** A text before or behind the value of every subfield named; without one, of the first or last of the field. */
export function affix({ do: doing, of, text, only }: ActionOf<'prefix' | 'suffix'>): Action {
  const fields = meantBy(of, only)
  const isPrefix = doing === 'prefix'
  const isNamed = subfieldTest(of)
  const withText = (value: string): string => (isPrefix ? text + value : value + text)
  if (text === '') return () => {}
  return (work) => {
    changeFields(work, fields, (field, budget) => {
      if (of.subfield === null) return withAffixed(field, isPrefix ? 0 : field.subfields.length - 1, withText)
      return mapSubfields(field, budget, (subfield) =>
        isNamed(subfield, budget) ? { code: subfield.code, value: withText(subfield.value) } : subfield,
      )
    })
  }
}

function withAffixed(field: DataField, at: number, withText: (value: string) => string): DataField {
  const subfield = field.subfields[at]
  return subfield
    ? {
        ...field,
        subfields: field.subfields.with(at, { code: subfield.code, value: withText(subfield.value) }),
      }
    : field
}

/**
 * The value of another subfield before or behind every one named: where it is of the same tag, the first
 * of that code in the field itself, else the first in the record. Without one, nothing changes.
 */
export function affixSubfield({
  do: doing,
  of,
  from,
  only,
}: ActionOf<'prefix-subfield' | 'suffix-subfield'>): Action {
  const fields = meantBy(of, only)
  const isNamed = subfieldTest(of)
  const isPrefix = doing === 'prefix-subfield'
  const isOwn = from.tag === of.tag
  return (work) => {
    const found = isOwn ? null : firstValue(work, from)
    if (!isOwn && found === null) return
    changeFields(work, fields, (field, budget) => {
      const text = isOwn ? valueOf(field, from, budget) : found
      if (text === null || text === '') return field
      return mapSubfields(field, budget, (subfield) => {
        if (!isNamed(subfield, budget)) return subfield
        spend(budget, (text.length + subfield.value.length) / 16)
        const { code, value } = subfield
        return { code, value: isPrefix ? text + value : value + text }
      })
    })
  }
}

function firstValue(work: Work, from: FieldPlace): string | null {
  spend(work.budget, work.fields.length)
  for (const field of work.fields) {
    const value = field.tag === from.tag && 'subfields' in field ? valueOf(field, from, work.budget) : null
    if (value !== null) return value
  }
  return null
}

function valueOf({ subfields }: DataField, { subfield }: FieldPlace, budget: Budget): string | null {
  spend(budget, subfields.length)
  return subfields.find(({ code }) => code === subfield)?.value ?? null
}

/**
 * What the element names of a value is replaced wherever it is found; without a value, the whole. A
 * subfield that is left empty goes, and a field that is left without any. The first is that of the code.
 */
export function replaceContents({ which, element, text, only }: ActionOf<'replace-contents'>): Action {
  const ofCode = { ...element, value: null }
  const fields = meantBy(ofCode, only)
  const isNamed = subfieldTest(ofCode)
  const replace = compileReplace(element.value, text)
  return (work) => {
    changeFields(work, fields, (field, budget) => {
      let seen = 0
      return mapSubfields(field, budget, (subfield) => {
        if (!isNamed(subfield, budget) || !isOne(which, seen++)) return subfield
        const value = replace(subfield.value, budget)
        if (value === subfield.value) return subfield
        return value === '' ? null : { code: subfield.code, value }
      })
    })
  }
}

/**
 * What the element names of a control field or the leader is replaced wherever it is found: in its range,
 * which the value must reach to the end of; without a value, the whole of that. A control field that is
 * left empty goes. Half of a character that the range cuts becomes U+FFFD.
 *
 * @throws {RuleFailure} by the action, where the leader would not stay as long as a leader is
 */
export function replaceControlContents(action: ActionOf<'replace-control-contents'>): Action {
  const { control, text, only } = action
  const { tag, range, value } = control
  const replace = compileReplace(value && controlPattern(tag, value), controlText(tag, text))
  const replaced = (whole: string, budget: Budget): string => {
    if (range === null) return replace(whole, budget)
    const end = range.at + range.length
    if (whole.length < end) return whole
    const after = whole.slice(0, range.at) + replace(whole.slice(range.at, end), budget) + whole.slice(end)
    return after.toWellFormed()
  }
  if (tag === 'LDR') {
    const chosen = compileChosen(only, tag)
    return (work) => {
      if (chosen(work) === true) setLeader(work, replaced(work.leader, work.budget))
    }
  }
  const fields = meant(tag, only, controlTest({ tag, range: null, value: null }))
  return (work) => {
    changeFields(work, fields, (field, budget) => {
      const after = replaced(field.value, budget)
      if (after === field.value) return field
      return after === '' ? null : { tag: field.tag, value: after }
    })
  }
}
