import type { DataField, Field, Subfield } from '../../marc/record.ts'
import { headTest } from '../element.ts'
import { spend } from './budget.ts'
import type { ActionOf } from './compile-action.ts'
import { fieldsOf } from './duplicates.ts'
import { mapSubfields } from './subfields.ts'
import {
  type Action,
  addFields,
  changeFields,
  type Found,
  foundFields,
  meant,
  meantBy,
  note,
  noteChange,
  replaceFields,
} from './work.ts'

/** Subfields of these codes go to the end of their field: in the order of the list, those of one code as they stand. */
export function moveSubfieldsToEnd({ tag, codes, only }: ActionOf<'move-subfields-to-end'>): Action {
  const element = { tag, ind1: null, ind2: null, subfield: null, value: null }
  const fields = meant(tag, only, headTest(element))
  const isMoved = ({ code }: Subfield): boolean => codes.includes(code)
  return (work) => {
    changeFields(work, fields, (field, budget) => {
      const { subfields } = field
      spend(budget, subfields.length * 4)
      const moved = subfields.filter(isMoved)
      if (moved.length === 0) return field
      moved.sort((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code))
      const ordered = [...subfields.filter((subfield) => !isMoved(subfield)), ...moved]
      return ordered.every((subfield, at) => subfield === subfields[at])
        ? field
        : { ...field, subfields: ordered }
    })
  }
}

/** A field with several of a subfield becomes as many fields, each with one of them and all of the others. */
export function splitField({ tag, subfield, only }: ActionOf<'split-field'>): Action {
  const fields = meantBy({ tag, ind1: null, ind2: null, subfield, value: null }, only)
  const isRepeated = ({ code }: Subfield): boolean => code === subfield
  return (work) => {
    const split: (Found<DataField> & { readonly parts: readonly Field[] })[] = []
    for (const { field, at } of foundFields(work, fields)) {
      const { subfields } = field
      const repeated = subfields.filter(isRepeated)
      if (repeated.length < 2) continue
      spend(work.budget, repeated.length * subfields.length)
      const parts = repeated.map((each): DataField => {
        const own = subfields.filter((other) => other === each || !isRepeated(other))
        return { ...field, subfields: own }
      })
      parts.forEach((part, place) => {
        noteChange(work, place === 0 ? field : null, part)
      })
      split.push({ field, at, parts })
    }
    if (split.length > 0) replaceFields(work, split, ({ parts }) => parts)
  }
}

/**
 * A value is cut wherever the delimiter stands, which goes. What is in front of the first stays, each
 * piece behind one becomes a field of its own, with blank indicators; blanks at the cuts go, and pieces
 * that are empty.
 */
export function splitSubfield({ tag, subfield, delimiter, to, only }: ActionOf<'split-subfield'>): Action {
  const fields = meantBy({ tag, ind1: null, ind2: null, subfield, value: null }, only)
  return (work) => {
    const added: DataField[] = []
    changeFields(work, fields, (field, budget) =>
      mapSubfields(field, budget, (each) => {
        if (each.code !== subfield) return each
        spend(budget, 1 + each.value.length / 16)
        if (!each.value.includes(delimiter)) return each
        const [first = '', ...pieces] = each.value.split(delimiter, budget.limits.fields + 2)
        for (const piece of pieces) {
          const value = piece.trim()
          if (value !== '')
            added.push({ tag: to.tag, ind1: ' ', ind2: ' ', subfields: [{ code: to.subfield, value }] })
        }
        const kept = first.trimEnd()
        return kept === '' ? null : { code: subfield, value: kept }
      }),
    )
    addFields(work, added)
  }
}

/**
 * Fields of the tags are put in the order of their tags, those of one tag as they stand. They share the
 * places that they have among them, so that no other field moves.
 */
export function sortFields({ tags, only }: ActionOf<'sort-fields'>): Action {
  const fields = fieldsOf(tags, only)
  return (work) => {
    const found = foundFields(work, fields)
    const sorted = found.toSorted((a, b) => compare(a.field.tag, b.field.tag))
    spend(work.budget, found.length * 4)
    if (sorted.every((each, place) => each === found[place])) return
    let place = 0
    replaceFields(work, found, () => [(sorted[place++] as Found<Field>).field])
    note(work, tags.join(','), `in the order of their tags: ${tags.join(',')}`)
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
