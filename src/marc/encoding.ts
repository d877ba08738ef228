import { decodeCp1252 } from './cp1252.ts'
import { takeControls } from './control-characters.ts'
import { undoubled } from './double-encoding.ts'
import { bytesWithChips, excerpt, fieldNames, listed, recordRepairs } from './encoding-repairs.ts'
import type { FieldEncoding } from './encoding-repairs.ts'
import type { Encoding, Repair, RepairCode } from './frame.ts'
import { decodeMarc8 } from './marc8/decode.ts'
import { designationAt } from './marc8/escape.ts'
import type { SingleByteScore } from './single-byte-score.ts'
import { scoreSingleByte } from './single-byte-score.ts'
import type { Utf8Shape } from './utf8.ts'
import { decodeUtf8, utf8Shape } from './utf8.ts'

/** A field's content as it stands in ISO 2709: indicators and 0x1F included, the closing 0x1E not. */
export type FieldBytes = { readonly tag: string; readonly bytes: Uint8Array }

/** How far a reader may go: `strict` and `repair` report proposals, `lossy` applies them. */
export type Reading = 'strict' | 'repair' | 'lossy'

export type DecodedFields = {
  /** One text a field, in the order given, with U+001F still in place. NFC where it was MARC-8, else as it came. */
  readonly texts: readonly string[]
  readonly encoding: Encoding
  readonly repairs: readonly Repair[]
}

/** What a field's bytes say by themselves. */
type Evidence =
  | { readonly kind: 'ascii' }
  | { readonly kind: 'certain'; readonly encoding: 'utf-8' | 'marc-8' }
  | { readonly kind: 'open'; readonly shape: Utf8Shape; readonly score: SingleByteScore }

const asciiEvidence: Evidence = { kind: 'ascii' }
const utf8Evidence: Evidence = { kind: 'certain', encoding: 'utf-8' }
const marc8Evidence: Evidence = { kind: 'certain', encoding: 'marc-8' }

/** A field whose two scores lie further apart than this decides for itself, against its record's vote. */
const decisive = 5

/**
 * The fields of a record to text. Each field's bytes speak first, whatever leader/09 claims (`a` for UTF-8,
 * blank for MARC-8), and where they leave it open the record votes:
 *   ASCII alone is ASCII; sound UTF-8 with characters of several bytes is UTF-8; a valid escape sequence is
 *   MARC-8; mostly sound UTF-8 is UTF-8 with its broken bytes as chips; the rest is scored as MARC-8 and as
 *   CP1252, field by field and summed over the record, in which the leader has a small say.
 * Nothing is dropped or replaced without a repair that names it. `ENCODING_DOUBLE` is a proposal: its `after`
 * is what the text would be, and only the `lossy` reading applies it.
 */
export function decodeFields(
  fields: readonly FieldBytes[],
  leader09: string,
  reading: Reading,
): DecodedFields {
  const evidence = fields.map((field) => evidenceOf(field.bytes))
  const vote = voteOf(evidence, leader09)
  const names = fieldNames(fields.map((field) => field.tag))
  const found = new Map<FieldEncoding, string[]>()
  const repairs: Repair[] = []
  const texts = fields.map((field, at) => {
    const encoding = encodingOf(evidence[at] as Evidence, vote)
    const name = names[at] as string
    if (encoding !== 'ascii') found.set(encoding, [...(found.get(encoding) ?? []), name])
    return decodeField(field.bytes, encoding, { name, reading, repairs })
  })
  const [first, second] = found.keys()
  const encoding = first === undefined ? 'ascii' : second === undefined ? first : 'mixed'
  return { texts, encoding, repairs: [...recordRepairs(found, leader09), ...repairs] }
}

function evidenceOf(bytes: Uint8Array): Evidence {
  let high = false
  let escaped = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte >= 0x80) high = true
    else if (byte === 0x1b && !escaped) escaped = designationAt(bytes, at) !== undefined
  }
  if (!high) return escaped ? marc8Evidence : asciiEvidence
  const shape = utf8Shape(bytes)
  if (shape.broken === 0) return utf8Evidence
  if (escaped) return marc8Evidence
  if (shape.sound > 1 && shape.sound > shape.broken) return utf8Evidence
  return { kind: 'open', shape, score: scoreSingleByte(bytes) }
}

/** What the record as a whole says to a field that leaves it open. */
type Vote = {
  /** Some field is UTF-8 without a doubt. */
  readonly utf8: boolean
  /** Above zero for MARC-8, below for CP1252. */
  readonly balance: number
}

function voteOf(evidence: readonly Evidence[], leader09: string): Vote {
  let utf8 = false
  let balance = leader09 === 'a' ? 0 : 1
  for (const each of evidence) {
    if (each === utf8Evidence) utf8 = true
    else if (each === marc8Evidence) balance += decisive
    else if (each.kind === 'open') balance += each.score.marc8 - each.score.cp1252
  }
  return { utf8, balance }
}

function encodingOf(evidence: Evidence, vote: Vote): FieldEncoding | 'ascii' {
  if (evidence.kind === 'ascii') return 'ascii'
  if (evidence.kind === 'certain') return evidence.encoding
  const { shape, score } = evidence
  // Among UTF-8 fields, bytes that make no sense in a single-byte encoding either are damaged UTF-8.
  const likely = Math.max(score.marc8, score.cp1252) > 0
  if (vote.utf8 && (shape.sound >= shape.broken || !likely)) return 'utf-8'
  const balance = score.marc8 - score.cp1252
  if (Math.abs(balance) >= decisive) return balance > 0 ? 'marc-8' : 'cp1252'
  return vote.balance >= 0 ? 'marc-8' : 'cp1252'
}

type FieldContext = { readonly name: string; readonly reading: Reading; readonly repairs: Repair[] }

function decodeField(bytes: Uint8Array, encoding: FieldEncoding | 'ascii', context: FieldContext): string {
  const { name, reading, repairs } = context
  const report = (code: RepairCode, before: readonly string[], after: readonly string[]): void => {
    if (before.length > 0) repairs.push({ code, field: name, before: listed(before), after: listed(after) })
  }
  const reportChips = (chips: readonly string[]): void => {
    if (chips.length > 0)
      report(
        'ENCODING_BYTES',
        chips.map((each) => each.slice(1, -1)),
        chips,
      )
  }
  if (encoding === 'marc-8') {
    const { text, chips, references, escapes, controls } = decodeMarc8(bytes)
    reportChips(chips)
    report('ESCAPE_SEQUENCE', escapes, [])
    report(
      'CHARACTER_REFERENCE',
      references.map((each) => each.source),
      references.map((each) => each.text),
    )
    report('CONTROL_CHARACTER', controls, [])
    return text
  }
  const read = encoding === 'cp1252' ? decodeCp1252(bytes) : decodeUtf8(bytes)
  const { text, controls } = takeControls(read.text)
  reportChips(read.chips)
  report('CONTROL_CHARACTER', controls, [])
  if (encoding === 'ascii') return text
  if (encoding === 'cp1252') report('ENCODING_LATIN1', [bytesWithChips(bytes)], [excerpt(text)])
  const single = encoding === 'utf-8' && read.chips.length === 0 ? undoubled(text) : undefined
  if (single === undefined) return text
  report('ENCODING_DOUBLE', [excerpt(text)], [excerpt(single)])
  return reading === 'lossy' ? single : text
}
