import { documentText } from '../document-text.ts'
import { type Draft, type FieldText, decodeDraft } from '../draft.ts'
import type { Reading } from '../encoding.ts'
import { codeOf, fieldNamer, indicatorOf, straySubfield, tagOf } from '../field-parts.ts'
import { fieldValue } from '../field-value.ts'
import {
  type Decoded,
  type MarcLimits,
  type RecordFrame,
  type Rejection,
  type Repair,
  fileLimits,
} from '../frame.ts'
import { isControlTag } from '../record.ts'
import { placeOf } from '../text-place.ts'
import { type Json, type Member, parseJson } from './parse.ts'

/**
 * One object of MARC-in-JSON (Ross Singer's form) to a record: `leader`, and `fields` as a list of
 * objects, whose one key is the tag, with a string or with `ind1`, `ind2` and `subfields`. Other members
 * of the record, which systems add for themselves, are passed over. Mended and named (`JSON_SHAPE`):
 * numbers where text belongs, as they are written; several fields or subfields in one object, in their
 * order. A leader or list of fields that is there twice rejects the record, for one of them is not meant.
 */
export function decodeJson(
  { bytes, encoding, repairs: framing }: RecordFrame,
  reading: Reading,
  limits: MarcLimits = fileLimits,
): Decoded {
  const repairs: Repair[] = [...framing]
  const text = documentText(bytes, encoding, repairs)
  const draft = typeof text === 'string' ? parseRecord(text, repairs) : text
  return 'code' in draft ? { ok: false, rejected: draft, repairs } : decodeDraft(draft, reading, limits)
}

function parseRecord(text: string, repairs: Repair[]): Draft | Rejection {
  const parsed = parseJson(text)
  if ('kind' in parsed) return notWellFormed(text, parsed.at, parsed.message)
  const rest = text.slice(parsed.end).search(/[^\s,]/)
  if (rest !== -1) return notWellFormed(text, parsed.end + rest, 'more follows the end of the record')
  if (parsed.value.kind !== 'object') return notARecord('It is no object.')
  const { members } = parsed.value
  const leaders = valuesOf(members, 'leader')
  const lists = valuesOf(members, 'fields')
  if (leaders.length > 1 || lists.length > 1)
    return notARecord(`It has "${leaders.length > 1 ? 'leader' : 'fields'}" more than once.`)
  const [leader] = leaders
  const [list] = lists
  if (list?.kind !== 'list') return notARecord('It has no list of "fields".')
  const state: State = { fields: [], repairs, nameOf: fieldNamer() }
  const refused = addFields(state, list.items)
  return (
    refused ?? {
      leader: leader === undefined ? undefined : scalar(leader, 'leader', repairs),
      fields: state.fields,
      repairs,
    }
  )
}

const notWellFormed = (text: string, at: number, what: string): Rejection => ({
  code: 'NOT_WELL_FORMED',
  message: `The JSON is not well formed at ${placeOf(text, at)} of the record: ${what}. Correct the file, or ask for it as ISO 2709.`,
})

const notARecord = (what: string): Rejection => ({
  code: 'NOT_A_RECORD',
  message: `The JSON is no record of MARC-in-JSON. ${what} Correct the file, or ask for it as ISO 2709.`,
})

type State = {
  readonly fields: FieldText[]
  readonly repairs: Repair[]
  readonly nameOf: (tag: string) => string
}

function addFields({ fields, repairs, nameOf }: State, items: readonly Json[]): Rejection | null {
  for (const [at, item] of items.entries()) {
    if (item.kind !== 'object') return notARecord(`Item ${at + 1} of "fields" is no object.`)
    for (const [key, value] of item.members) {
      const tag = tagOf(key, repairs)
      const name = nameOf(tag)
      if (item.members.length > 1)
        reportShape(repairs, name, 'several fields in one object', 'fields of their own')
      const content = contentOf(tag, name, value, repairs)
      if (content === null)
        return notARecord(`Field ${name} has no text and no subfields as MARC-in-JSON has them.`)
      fields.push({ tag, text: content })
    }
  }
  return null
}

/** A field's text as in ISO 2709; nothing where the value is of no shape that a field may have. */
function contentOf(tag: string, name: string, value: Json, repairs: Repair[]): string | null {
  const text = scalar(value, name, repairs)
  if (text !== undefined) return isControlTag(tag) ? text : `  ${straySubfield(text, name, repairs)}`
  if (value.kind !== 'object') return null
  const { members } = value
  const [subfields, ...others] = valuesOf(members, 'subfields')
  const ind1 = valuesOf(members, 'ind1')
  const ind2 = valuesOf(members, 'ind2')
  if (others.length > 0 || ind1.length > 1 || ind2.length > 1) return null
  const indicators = [ind1, ind2].map(([each]) =>
    indicatorOf(each && scalar(each, name, repairs), name, repairs),
  )
  const parts = subfields === undefined ? [] : subfieldMembers(subfields, name, repairs)
  if (parts === null) return null
  let content = isControlTag(tag) ? '' : indicators.join('')
  for (const [code, each] of parts) {
    const part = scalar(each, name, repairs)
    if (part === undefined) return null
    content += `\x1f${codeOf(code, name, repairs)}${part}`
  }
  return content
}

/** All subfields in their order, however they are grouped in objects. */
function subfieldMembers(subfields: Json, name: string, repairs: Repair[]): readonly Member[] | null {
  const objects = subfields.kind === 'list' ? subfields.items : [subfields]
  let isSound = subfields.kind === 'list'
  const found: Member[] = []
  for (const object of objects) {
    if (object.kind !== 'object') return null
    if (object.members.length !== 1) isSound = false
    found.push(...object.members)
  }
  if (!isSound)
    reportShape(repairs, name, 'several subfields or none in one object', 'subfields of their own')
  return found
}

/** A string, or a number and the like as it is written; nothing where it is neither. */
function scalar(value: Json, name: string, repairs: Repair[]): string | undefined {
  if (value.kind === 'text') return fieldValue(value.text, () => name, repairs)
  if (value.kind !== 'word') return undefined
  const text = value.text === 'null' ? '' : value.text
  reportShape(repairs, name, value.text, `"${text}"`)
  return text
}

const reportShape = (repairs: Repair[], field: string, before: string, after: string) => {
  repairs.push({ code: 'JSON_SHAPE', field, before, after })
}

const valuesOf = (members: readonly Member[], key: string): Json[] =>
  members.filter(([each]) => each === key).map(([, value]) => value)
