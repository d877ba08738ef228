import { decodeCp1252 } from './cp1252.ts'
import { takeControls } from './control-characters.ts'
import { undoubled } from './double-encoding.ts'
import { bytesWithChips, excerpt, fieldNames, listed, recordRepairs } from './encoding-repairs.ts'
import type { FieldEncoding } from './encoding-repairs.ts'
import { resolveEntities } from './entity.ts'
import type { Encoding, Repair, RepairCode } from './frame.ts'
import { decodeMarc8 } from './marc8/decode.ts'
import { designationAt } from './marc8/escape.ts'
import { resolveEscapes } from './left-escapes.ts'
import { referenceAt } from './marc8/reference.ts'
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
  /** `refers`: it holds what may be a numeric character reference. */
  | { readonly kind: 'ascii'; readonly refers: boolean }
  | { readonly kind: 'certain'; readonly encoding: 'utf-8' | 'marc-8' }
  | { readonly kind: 'open'; readonly shape: Utf8Shape; readonly score: SingleByteScore }

/** ASCII with nothing to see to. */
const plainEvidence: Evidence = { kind: 'ascii', refers: false }
const asciiEvidence: Evidence = { kind: 'ascii', refers: false }
const referringEvidence: Evidence = { kind: 'ascii', refers: true }
const utf8Evidence: Evidence = { kind: 'certain', encoding: 'utf-8' }
const marc8Evidence: Evidence = { kind: 'certain', encoding: 'marc-8' }

/** What a leader that claims MARC-8, or a numeric character reference, weighs against the score of a field's bytes. */
const labelled = 2.5

/** What the other fields and the leader may weigh at most: a field that says more decides for itself. */
const decisive = 6

/** What fields with escape sequences weigh for the others of their record. */
const certain = 9

/**
 * The fields of a record to text. Each field's bytes speak first, whatever leader/09 claims (`a` for UTF-8,
 * blank for MARC-8), and where they leave it open the record votes:
 *   ASCII alone is ASCII; sound UTF-8 with characters of several bytes is UTF-8; a valid escape sequence is
 *   MARC-8; mostly sound UTF-8 is UTF-8 with its broken bytes as chips; the rest is scored as MARC-8 and as
 *   CP1252, field by field and summed over the record, in which the leader has a small say.
 * A reader that has a faster way for plain records may keep to it where no byte is above 0x7E or below 0x20 but
 * for 0x1F, and `mayHoldEntity` says no: escape sequences, references and entities are ASCII.
 * Nothing is dropped or replaced without a repair that names it. `ENCODING_DOUBLE` and `CHARACTER_ENTITY` are
 * proposals: their `after` is what the text would be, and only the `lossy` reading applies it.
 */
export function decodeFields(
  fields: readonly FieldBytes[],
  leader09: string,
  reading: Reading,
): DecodedFields {
  const evidence = fields.map((field) => evidenceOf(field.bytes))
  const vote = voteOf(evidence, leader09)
  let names: readonly string[] | undefined
  const nameOf = (at: number): string => {
    names ??= fieldNames(fields.map((field) => field.tag))
    return names[at] as string
  }
  const found = new Map<FieldEncoding, number[]>()
  const repairs: Repair[] = []
  const texts = fields.map((field, at) => {
    const each = evidence[at] as Evidence
    if (each === plainEvidence) return decodeUtf8(field.bytes).text
    const encoding = encodingOf(each, vote)
    if (encoding !== 'ascii') {
      const known = found.get(encoding)
      if (known === undefined) found.set(encoding, [at])
      else known.push(at)
    }
    return decodeField(field.bytes, encoding, { nameOf: () => nameOf(at), reading, repairs })
  })
  const [first, second] = found.keys()
  const encoding = first === undefined ? 'ascii' : second === undefined ? first : 'mixed'
  return { texts, encoding, repairs: [...recordRepairs(found, nameOf, leader09), ...repairs] }
}

function evidenceOf(bytes: Uint8Array): Evidence {
  let high = false
  let escaped = false
  let refers = false
  let controls = false
  let ampersand = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte >= 0x80) high = true
    else if (byte === 0x7f || (byte < 0x20 && byte !== 0x1f)) {
      controls = true
      if (byte === 0x1b && !escaped) escaped = designationAt(bytes, at) !== undefined
    } else if (byte === 0x26) {
      ampersand = true
      refers ||= referenceAt(bytes, at) !== undefined
    }
  }
  if (!high && !controls && !ampersand) return plainEvidence
  if (!high) return escaped ? marc8Evidence : refers ? referringEvidence : asciiEvidence
  const shape = utf8Shape(bytes)
  if (shape.broken === 0) return utf8Evidence
  if (shape.sound > 1 && shape.sound > shape.broken) return utf8Evidence
  if (escaped) return marc8Evidence
  const { marc8, cp1252 } = scoreSingleByte(bytes)
  return { kind: 'open', shape, score: { marc8: refers ? marc8 + labelled : marc8, cp1252 } }
}

/** What the record as a whole says to a field that leaves it open. */
type Vote = {
  /** Some field is UTF-8 without a doubt. */
  readonly utf8: boolean
  /** Some field has escape sequences. */
  readonly marc8: boolean
  readonly utf8Claimed: boolean
  /** Above zero for MARC-8, below for CP1252. */
  readonly balance: number
  /** Fields of ASCII alone are MARC-8 whose numeric character references stand for what it lacks. */
  readonly marc8Ascii: boolean
}

function voteOf(evidence: readonly Evidence[], leader09: string): Vote {
  let utf8 = false
  let marc8 = false
  let open = false
  let balance = leader09 === 'a' ? -0.5 : labelled
  for (const each of evidence) {
    if (each === utf8Evidence) utf8 = true
    if (each === marc8Evidence) {
      marc8 = true
      balance += certain
    }
    if (each.kind === 'open') {
      open = true
      balance += each.score.marc8 - each.score.cp1252
    }
  }
  const utf8Claimed = leader09 === 'a'
  const marc8Ascii = !utf8 && balance >= 0 && (marc8 || open || !utf8Claimed)
  return { utf8, marc8, utf8Claimed, balance, marc8Ascii }
}

function encodingOf(evidence: Evidence, vote: Vote): FieldEncoding | 'ascii' {
  if (evidence.kind === 'ascii') return evidence.refers && vote.marc8Ascii ? 'marc-8' : 'ascii'
  if (evidence.kind === 'certain') return evidence.encoding
  const { shape, score } = evidence
  // Where UTF-8 is claimed or seen, bytes that make no sense in another encoding either are damaged UTF-8.
  const likely = Math.max(score.marc8, score.cp1252) >= 0
  if (vote.utf8 && (shape.sound >= shape.broken || !likely)) return 'utf-8'
  if (vote.utf8Claimed && !likely) return 'utf-8'
  const balance = score.marc8 - score.cp1252
  const others = Math.max(-decisive, Math.min(vote.marc8 ? certain : decisive, vote.balance - balance))
  // Of two readings that both make no sense, the better one says little.
  return (likely ? balance : balance / 2) + others >= 0 ? 'marc-8' : 'cp1252'
}

type FieldContext = { readonly nameOf: () => string; readonly reading: Reading; readonly repairs: Repair[] }

function decodeField(bytes: Uint8Array, encoding: FieldEncoding | 'ascii', context: FieldContext): string {
  const { nameOf, reading, repairs } = context
  const report: Report = (code, before, after) => {
    if (before.length > 0)
      repairs.push({ code, field: nameOf(), before: listed(before), after: listed(after) })
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
    return applied(text, context, report)
  }
  const read = encoding === 'cp1252' ? decodeCp1252(bytes) : decodeUtf8(bytes)
  const escapes = resolveEscapes(read.text)
  const { text, controls } = takeControls(escapes.text)
  reportChips(read.chips)
  report('ESCAPE_SEQUENCE', escapes.before, escapes.after)
  report('CONTROL_CHARACTER', controls, [])
  if (encoding === 'cp1252') report('ENCODING_LATIN1', [bytesWithChips(bytes)], [excerpt(text)])
  const single = encoding === 'utf-8' && read.chips.length === 0 ? undoubled(text) : undefined
  if (single !== undefined) report('ENCODING_DOUBLE', [excerpt(text)], [excerpt(single)])
  return applied(single !== undefined && reading === 'lossy' ? single : text, context, report)
}

type Report = (code: RepairCode, before: readonly string[], after: readonly string[]) => void

/** Entities are proposed, and resolved by the lossy reading alone. */
function applied(text: string, { reading }: FieldContext, report: Report): string {
  const resolved = resolveEntities(text)
  if (resolved === undefined) return text
  report('CHARACTER_ENTITY', resolved.before, resolved.after)
  return reading === 'lossy' ? resolved.text : text
}
