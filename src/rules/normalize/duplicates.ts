import { packField } from '../../marc/packed.ts'
import type { DataField, Field, Subfield } from '../../marc/record.ts'
import { headTest, tagTest } from '../element.ts'
import type { TagPattern } from '../language/rule.ts'
import { type Budget, spend } from './budget.ts'
import { tagRange } from '../record-view.ts'
import { compileChosen } from './chosen.ts'
import type { ActionOf } from './compile-action.ts'
import { mapSubfields } from './subfields.ts'
import {
  type Action,
  changeFields,
  type Found,
  foundFields,
  type Meant,
  meant,
  noteChange,
  removeFields,
  replaceFields,
} from './work.ts'

/** Of fields that are equal in tag, indicators and all subfields the first stays. */
export function correctDuplicateFields({ tags, only }: ActionOf<'correct-duplicate-fields'>): Action {
  const fields = fieldsOf(tags, only)
  return (work) => {
    const seen = new Set<string>()
    const repeated = foundFields(work, fields).filter(({ field }) => {
      const content = packField(field)
      spend(work.budget, content.length / 4)
      return seen.size === seen.add(content).size
    })
    removeFields(work, repeated)
  }
}

/** The fields of tags; a condition chooses among them where it is one tag, and is about the record where they are several. */
export function fieldsOf(tags: readonly TagPattern[], only: ActionOf<'sort-fields'>['only']): Meant<Field> {
  const tests = tags.map(tagTest)
  return {
    range: tagRange(tags.length === 1 ? (tags[0] as string) : '***'),
    isMeant: (field): field is Field => tests.some((isTag) => isTag(field.tag)),
    chosen: compileChosen(only, tags.length === 1 ? (tags[0] as string) : null),
  }
}

/** In each field, of subfields of these codes that are equal the first stays. */
export function correctDuplicateSubfields(action: ActionOf<'correct-duplicate-subfields'>): Action {
  const { tag, codes, only } = action
  const fields = wholeFields(tag, only)
  return (work) => {
    changeFields(work, fields, (field, budget) => {
      const seen = new Set<string>()
      return mapSubfields(field, budget, (subfield) => {
        if (!codes.includes(subfield.code)) return subfield
        const content = subfield.code + subfield.value
        spend(budget, content.length / 8)
        return seen.size === seen.add(content).size ? null : subfield
      })
    })
  }
}

const wholeFields = (tag: TagPattern, only: ActionOf<'combine-fields'>['only']): Meant<DataField> => {
  const element = { tag, ind1: null, ind2: null, subfield: null, value: null }
  return meant(tag, only, headTest(element))
}

/**
 * The fields of a tag become one, in the place and with the indicators of the first: all of its subfields,
 * then those of the next. Of the codes listed only the first value stays. With `*` in the tag, each tag by
 * itself; one field alone stays as it is.
 */
export function combineFields({ tag, excluding, only }: ActionOf<'combine-fields'>): Action {
  const fields = wholeFields(tag, only)
  return (work) => {
    const found = foundFields(work, fields)
    if (found.length < 2) return
    const combined = new Map<number, Field>()
    for (const [first, ...others] of Map.groupBy(found, ({ field }) => field.tag).values()) {
      if (!first) continue
      const field =
        others.length === 0 ? first.field : combinedField(first.field, others, excluding, work.budget)
      combined.set(first.at, field)
      if (others.length > 0) noteChange(work, first.field, field)
      for (const other of others) noteChange(work, other.field, null)
    }
    if (combined.size === found.length) return
    replaceFields(work, found, ({ at }) => {
      const field = combined.get(at)
      return field ? [field] : []
    })
  }
}

function combinedField(
  first: DataField,
  others: readonly Found<DataField>[],
  excluding: string,
  budget: Budget,
): DataField {
  const subfields: Subfield[] = []
  const seen = new Set<string>()
  for (const field of [first, ...others.map((other) => other.field)]) {
    spend(budget, field.subfields.length)
    for (const subfield of field.subfields) {
      if (excluding.includes(subfield.code) && seen.size === seen.add(subfield.code).size) continue
      subfields.push(subfield)
    }
  }
  return { ...first, subfields }
}
