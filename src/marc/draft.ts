import { decodeFields } from './encoding.ts'
import type { FieldBytes, Reading } from './encoding.ts'
import type { Decoded, MarcLimits, RejectCode, Repair } from './frame.ts'
import { fieldNamer } from './field-parts.ts'
import { mendField, soundField } from './iso2709/field.ts'
import { wholeLeader } from './leader.ts'
import type { Field } from './record.ts'

/** A record as a text format has it, before its text is looked at. */
export type Draft = {
  readonly leader: string | undefined
  /** Leader/09 as far as it tells how `fields` are encoded: `a` where they are UTF-8 without a doubt. */
  readonly claims: string
  /** Contents as in ISO 2709: indicators first, each subfield after U+001F; tags as `tagOf` gives them. */
  readonly fields: readonly FieldBytes[]
  /** Turns the text of a field, once its encoding is known, into what ISO 2709 would have. */
  readonly spell?: (tag: string, text: string) => string
  /** What the format's own reading had to mend. */
  readonly repairs: readonly Repair[]
}

/** A draft to a record, by the same rules as ISO 2709: encoding, controls, indicators, subfields, limits. */
export function decodeDraft(draft: Draft, reading: Reading, limits: MarcLimits): Decoded {
  const { fields: sized, spell } = draft
  const repairs = [...draft.repairs]
  const reject = (code: RejectCode, message: string): Decoded => ({
    ok: false,
    rejected: { code, message },
    repairs,
  })
  if (sized.length === 0) return reject('NO_FIELDS', 'The record has no fields.')
  if (sized.length > limits.fields)
    return reject('TOO_MANY_FIELDS', `The record has ${sized.length} fields; the limit is ${limits.fields}.`)
  const large = sized.find(({ bytes }) => bytes.length > limits.field)
  if (large)
    return reject(
      'FIELD_TOO_LARGE',
      `Field ${large.tag} has ${large.bytes.length} bytes; the limit for a field is ${limits.field}.`,
    )
  const leader = wholeLeader(draft.leader, repairs)
  const { texts, encoding, repairs: spelled } = decodeFields(sized, draft.claims, reading)
  repairs.push(...spelled)
  const nameOf = fieldNamer()
  const fields = sized.map(({ tag }, at): Field => {
    const name = nameOf(tag)
    const spelt = texts[at] as string
    const text = spell ? spell(tag, spelt) : spelt
    return soundField(tag, text) ?? mendField(tag, text, name, repairs)
  })
  return { ok: true, record: { leader, fields }, repairs, encoding }
}
