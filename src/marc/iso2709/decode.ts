import { fieldNames } from '../encoding-repairs.ts'
import { type FieldBytes, type Reading, decodeFields } from '../encoding.ts'
import { type Decoded, type MarcLimits, type RecordFrame, type Repair, fileLimits } from '../frame.ts'
import type { Field } from '../record.ts'
import { latin1 } from './directory.ts'
import { divide } from './divide.ts'
import { mendField, soundField } from './field.ts'
import { mendLeader } from './leader.ts'
import { decodeSound } from './sound.ts'

const RT = 0x1d
const FT = 0x1e

/**
 * One frame to a record. A sound record in ASCII, or in UTF-8 that says so, is read in one go; everything
 * else is read field by field, with each mending named. The leader of the record says UTF-8, since that is
 * what its text now is.
 */
export function decodeIso2709(
  frame: RecordFrame,
  reading: Reading,
  limits: MarcLimits = fileLimits,
): Decoded {
  if (frame.rejected) return { ok: false, rejected: frame.rejected, repairs: frame.repairs }
  const sound = decodeSound(frame.bytes, limits)
  return sound ? { ...sound, ok: true, repairs: frame.repairs } : decodeWithCare(frame, reading, limits)
}

function decodeWithCare(
  { bytes, repairs: framing }: RecordFrame,
  reading: Reading,
  limits: MarcLimits,
): Decoded {
  const divided = divide(bytes, limits.fields)
  if ('code' in divided) return { ok: false, rejected: divided, repairs: framing }
  const repairs: Repair[] = [...framing, ...divided.repairs]
  const large = divided.fields.find((field) => field.bytes.length > limits.field)
  if (large) {
    const message = `Field ${large.tag} has ${large.bytes.length} bytes; the limit for one field is ${limits.field}. Ask for the record without it.`
    return { ok: false, rejected: { code: 'FIELD_TOO_LARGE', message }, repairs }
  }
  const leader = readLeader(bytes.subarray(0, divided.leaderLength), repairs)
  const tagged = divided.fields.map((field) => readTag(field, repairs))
  const names = fieldNames(tagged.map(({ tag }) => tag))
  const contents = tagged.map((field, at) => withoutTerminators(field, names[at] as string, repairs))
  const { texts, encoding, repairs: spelled } = decodeFields(contents, leader.charAt(9), reading)
  repairs.push(...spelled)
  const fields = contents.map(({ tag }, at): Field => {
    const text = texts[at] as string
    return soundField(tag, text) ?? mendField(tag, text, names[at] as string, repairs)
  })
  return {
    ok: true,
    record: { leader: `${leader.slice(0, 9)}a${leader.slice(10)}`, fields },
    repairs,
    encoding,
  }
}

function readLeader(bytes: Uint8Array, repairs: Repair[]): string {
  const before = latin1(bytes)
  const after = mendLeader(before)
  if (before.length === 24 && before !== after)
    repairs.push({ code: 'LEADER_FILLED', field: 'leader', before: visible(before), after })
  return after
}

/** Tags are three characters that can be looked for; others stand as question marks. */
function readTag(field: FieldBytes, repairs: Repair[]): FieldBytes {
  const tag = field.tag.replace(/[^\x21-\x7e]/g, '?')
  if (tag === field.tag) return field
  repairs.push({ code: 'TAG', field: tag, before: visible(field.tag), after: tag })
  return { tag, bytes: field.bytes }
}

/** A terminator inside a field is data that the lengths vouched for; text cannot hold it. */
function withoutTerminators(field: FieldBytes, name: string, repairs: Repair[]): FieldBytes {
  const { tag, bytes } = field
  if (!bytes.includes(RT) && !bytes.includes(FT)) return field
  const count = bytes.reduce((sum, byte) => sum + (isTerminator(byte) ? 1 : 0), 0)
  repairs.push({
    code: 'TERMINATOR_INSIDE',
    field: name,
    before: `${count} ${count === 1 ? 'terminator' : 'terminators'} inside the field`,
    after: 'a space',
  })
  return { tag, bytes: bytes.map((byte) => (isTerminator(byte) ? 0x20 : byte)) }
}

const isTerminator = (byte: number) => byte === RT || byte === FT

const visible = (text: string) => text.replace(/[^\x20-\x7e]/g, '·')
