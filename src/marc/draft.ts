import { decodeFields } from './encoding.ts'
import type { DecodedFields, FieldBytes, Reading } from './encoding.ts'
import { mayHoldEntity } from './entity.ts'
import { fieldNamer } from './field-parts.ts'
import type { Decoded, MarcLimits, RejectCode, Repair } from './frame.ts'
import { mendField, soundField } from './iso2709/field.ts'
import { wholeLeader } from './leader.ts'
import type { Field } from './record.ts'

/** A record of XML or JSON, which are Unicode. Contents as in ISO 2709: indicators, each subfield after U+001F. */
export type Draft = {
  readonly leader: string | undefined
  readonly fields: readonly FieldText[]
  /** What the format's own reading had to mend. */
  readonly repairs: readonly Repair[]
}

/** A tag as `tagOf` gives it, and what stands in the field. */
export type FieldText = { readonly tag: string; readonly text: string }

const utf8 = new TextEncoder()

/** A draft to a record, by the same rules as ISO 2709: encoding, controls, indicators, subfields, limits. */
export function decodeDraft(draft: Draft, reading: Reading, limits: MarcLimits): Decoded {
  const { fields } = draft
  return finishRecord(
    {
      ...draft,
      tags: fields.map(({ tag }) => tag),
      sizes: fields.map(({ text }) => text.length),
      decode: () => textsOf(fields, reading),
    },
    limits,
  )
}

/** Neither control characters nor what may be UTF-8 that was encoded twice, of which each character has a first byte. */
const plain = /^[\x1f-\x7e\xa0-\xc1\xf5-\uffff]*$/

function textsOf(fields: readonly FieldText[], reading: Reading): DecodedFields {
  const texts = fields.map(({ text }) => text)
  if (texts.every((text) => plain.test(text) && !mayHoldEntity(text)))
    return { texts, encoding: texts.some((text) => /[^\0-\x7f]/.test(text)) ? 'utf-8' : 'ascii', repairs: [] }
  const bytes = fields.map(({ tag, text }): FieldBytes => ({ tag, bytes: utf8.encode(text) }))
  return decodeFields(bytes, 'a', reading)
}

/** Fields whose text is still to be found. */
type Unfinished = {
  readonly leader: string | undefined
  readonly tags: readonly string[]
  /** Of each field: bytes, or characters where it is text already. */
  readonly sizes: readonly number[]
  readonly decode: () => DecodedFields
  readonly repairs: readonly Repair[]
}

/** Holds a record to the limits, then makes its leader and fields whole. */
export function finishRecord(
  { leader: given, tags, sizes, decode, repairs: found }: Unfinished,
  limits: MarcLimits,
): Decoded {
  const repairs = [...found]
  const reject = (code: RejectCode, message: string): Decoded => ({
    ok: false,
    rejected: { code, message },
    repairs,
  })
  if (tags.length === 0) return reject('NO_FIELDS', 'The record has no fields.')
  if (tags.length > limits.fields)
    return reject('TOO_MANY_FIELDS', `The record has ${tags.length} fields; the limit is ${limits.fields}.`)
  const large = sizes.findIndex((size) => size > limits.field)
  if (large !== -1)
    return reject(
      'FIELD_TOO_LARGE',
      `Field ${tags[large]} has ${sizes[large]} bytes; the limit for a field is ${limits.field}.`,
    )
  const leader = wholeLeader(given, repairs)
  const { texts, encoding, repairs: spelled } = decode()
  repairs.push(...spelled)
  const nameOf = fieldNamer()
  const fields = tags.map((tag, at): Field => {
    const text = texts[at] as string
    const name = nameOf(tag)
    return soundField(tag, text) ?? mendField(tag, text, name, repairs)
  })
  return { ok: true, record: { leader, fields }, repairs, encoding }
}
