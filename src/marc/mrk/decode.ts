import { joined } from '../cut-frames.ts'
import { type Draft, decodeDraft } from '../draft.ts'
import type { FieldBytes, Reading } from '../encoding.ts'
import { tagOf } from '../field-parts.ts'
import { type Decoded, type MarcLimits, type RecordFrame, type Repair, fileLimits } from '../frame.ts'
import { isControlTag } from '../record.ts'
import { lineKind, linesOf } from './line.ts'
import { readMnemonics } from './mnemonics.ts'

const US = 0x1f
const DOLLAR = 0x24
const BACKSLASH = 0x5c
const ESC = 0x1b

/**
 * Mnemonic text, as MarcEdit writes it, to a record: `=245  10$aText`. A backslash is a blank in the
 * leader, in control fields and in indicators, and itself in subfields; a dollar sign is a delimiter, and
 * `{dollar}` is a dollar sign. The encoding is found for each field as in ISO 2709, and only then are
 * mnemonics read, since they are of ASCII in any.
 */
export function decodeMrk(
  { bytes, repairs: framing }: RecordFrame,
  reading: Reading,
  limits: MarcLimits = fileLimits,
): Decoded {
  return decodeDraft(draftOf(bytes, [...framing]), reading, limits)
}

function draftOf(bytes: Uint8Array, repairs: Repair[]): Draft {
  const entries: { readonly tag: string; readonly parts: Uint8Array[] }[] = []
  let isDoubled = false
  let afterBlank = false
  for (const line of linesOf(bytes)) {
    const kind = lineKind(line)
    if (kind === 'blank') afterBlank = entries.length > 0
    else if (kind === 'text') continueField(entries.at(-1), line, repairs)
    else {
      isDoubled ||= afterBlank
      afterBlank = false
      const tag = kind === 'leader' ? 'leader' : tagOf(String.fromCharCode(...line.subarray(1, 4)), repairs)
      entries.push({ tag, parts: [line.subarray(contentStart(line))] })
    }
  }
  if (isDoubled)
    repairs.push({ code: 'LINE_ENDS_INSIDE', before: 'blank lines between fields', after: 'removed' })
  let leader: string | undefined
  const fields: FieldBytes[] = []
  for (const { tag, parts } of entries) {
    const content = joined(
      parts,
      parts.reduce((size, part) => size + part.length, 0),
    )
    if (tag === 'leader')
      leader ??= readMnemonics(String.fromCharCode(...withBlanks(content.subarray(0, 400))))
    else fields.push({ tag, bytes: isControlTag(tag) ? withBlanks(content) : withDelimiters(content) })
  }
  return { leader, claims: leader?.charAt(9) ?? 'a', fields, spell, repairs }
}

/** A line without a tag goes on with the field before it. */
function continueField(
  entry: { readonly tag: string; readonly parts: Uint8Array[] } | undefined,
  line: Uint8Array,
  repairs: Repair[],
): void {
  const last = entry?.parts.at(-1)
  if (!entry || !last) return
  if (last.at(-1) !== 0x20 && line[0] !== 0x20) entry.parts.push(Uint8Array.of(0x20))
  entry.parts.push(line)
  const before = String.fromCharCode(...line.subarray(0, 60)).replace(/[^\x20-\x7e]/g, '·')
  repairs.push({ code: 'LINE_ENDS_INSIDE', field: entry.tag, before, after: `more of ${entry.tag}` })
}

/** Two blanks part a tag from its field. */
function contentStart(line: Uint8Array): number {
  let at = 4
  while (at < 6 && (line[at] === 0x20 || line[at] === 0x09)) at++
  return at
}

const withBlanks = (content: Uint8Array) => content.map((byte) => (byte === BACKSLASH ? 0x20 : byte))

/** Dollar signs as delimiters, but for those of MARC-8's East Asian characters and the escape sequences to them. */
function withDelimiters(content: Uint8Array): Uint8Array {
  const bytes = content.slice()
  let isEastAsian = false
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === ESC) isEastAsian = bytes[at + 1] === DOLLAR
    else if (bytes[at] === DOLLAR && !isEastAsian) bytes[at] = US
  }
  return bytes
}

/** A field in which indicators, codes and values have been read by themselves. */
function spell(tag: string, text: string): string {
  if (isControlTag(tag)) return readMnemonics(text)
  const [head = '', ...subfields] = text.split('\x1f')
  const indicators = head.replaceAll('\\', ' ')
  return [indicators, ...subfields].map(readMnemonics).join('\x1f')
}
