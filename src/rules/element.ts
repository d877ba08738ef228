import { type ControlField, type DataField, type Field, isControlTag, type Subfield } from '../marc/record.ts'
import type { ControlElement, Element, TagPattern } from './language/rule.ts'
import { type Budget, spend } from './normalize/budget.ts'
import { compilePattern } from './pattern.ts'

/*
 * What an element of a rule means: which fields, which of their subfields, which characters of a control
 * field. An 880 is an 880 here: a rule about 245 leaves its other script alone.
 */

export type FieldTest = (field: Field, budget: Budget) => boolean
export type DataFieldTest = (field: Field, budget: Budget) => field is DataField
export type ControlFieldTest = (field: Field, budget: Budget) => field is ControlField
export type SubfieldTest = (subfield: Subfield, budget: Budget) => boolean
export type ValueTest = (value: string, budget: Budget) => boolean

/** `*` stands for any character in its place; an X is an X, as in the tag of a field that a rule makes for itself. */
export function tagTest(pattern: TagPattern): (tag: string) => boolean {
  if (!pattern.includes('*')) return (tag) => tag === pattern
  if (pattern === '***') return () => true
  const fits = (tag: string, at: number): boolean => {
    const wanted = pattern.charCodeAt(at)
    return wanted === 42 || wanted === tag.charCodeAt(at)
  }
  return (tag) => fits(tag, 0) && fits(tag, 1) && fits(tag, 2)
}

/** The data fields of the tag and indicators of an element, whatever their subfields. */
export function headTest({ tag, ind1, ind2 }: Pick<Element, 'tag' | 'ind1' | 'ind2'>): DataFieldTest {
  const isTag = tagTest(tag)
  if (ind1 === null && ind2 === null)
    return (field): field is DataField => isTag(field.tag) && 'subfields' in field
  return (field): field is DataField =>
    isTag(field.tag) &&
    'subfields' in field &&
    (ind1 === null || ind1 === field.ind1) &&
    (ind2 === null || ind2 === field.ind2)
}

/** The subfields of a code and value; all where the element names no code. */
export function subfieldTest({ subfield: code, value }: Pick<Element, 'subfield' | 'value'>): SubfieldTest {
  const isAny = code === null || code === '*'
  if (value === null) return isAny ? () => true : (subfield) => subfield.code === code
  const { matches } = compilePattern(value)
  return isAny
    ? (subfield, budget) => matches(subfield.value, budget)
    : (subfield, budget) => subfield.code === code && matches(subfield.value, budget)
}

/** The fields that an element means: of its tag and indicators and, where it names one, with such a subfield. */
export function elementTest(element: Element): DataFieldTest {
  const isHead = headTest(element)
  if (element.subfield === null && element.value === null) return isHead
  const isMeant = subfieldTest(element)
  return (field, budget): field is DataField => {
    if (!isHead(field, budget)) return false
    spend(budget, field.subfields.length)
    for (const subfield of field.subfields) if (isMeant(subfield, budget)) return true
    return false
  }
}

/**
 * As `elementTest`, and the control fields too where a tag that begins with 00 stands alone: `007`, `00*`.
 * A tag like `0**` means data fields, so that nobody takes 001 by the way.
 */
export function fieldTest(element: Element): (field: Field, budget: Budget) => field is Field {
  const { tag, ind1, ind2, subfield, value } = element
  const isBare = ind1 === null && ind2 === null && subfield === null && value === null
  if (!isBare || !isControlTag(tag)) return elementTest(element)
  const isTag = tagTest(tag)
  return (field): field is Field => isTag(field.tag)
}

/**
 * Whether the value of the leader or of a control field has what an element names: with a range, these
 * characters must be there; a text is the whole of the value or range.
 */
export function controlValueTest({ range, value }: Pick<ControlElement, 'range' | 'value'>): ValueTest {
  const test: ValueTest = value === null ? () => true : compilePattern(value).matches
  if (range === null) return test
  const { at } = range
  const end = at + range.length
  return (text, budget) => text.length >= end && test(text.slice(at, end), budget)
}

/** The control fields that an element means; the leader is none. */
export function controlTest(control: ControlElement): ControlFieldTest {
  const isTag = tagTest(control.tag)
  const isValue = controlValueTest(control)
  return (field, budget): field is ControlField =>
    isTag(field.tag) && !('subfields' in field) && isValue(field.value, budget)
}
