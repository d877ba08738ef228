import { joined } from '../cut-frames.ts'
import { finishRecord } from '../draft.ts'
import { type FieldBytes, type Reading, decodeFields } from '../encoding.ts'
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
  const repairs: Repair[] = [...framing]
  const { leader, fields } = fieldsOf(bytes, repairs)
  return finishRecord(
    {
      leader,
      tags: fields.map(({ tag }) => tag),
      sizes: fields.map((field) => field.bytes.length),
      decode: () => {
        const decoded = decodeFields(fields, leader?.charAt(9) ?? 'a', reading)
        return { ...decoded, texts: decoded.texts.map((text, at) => spelt(fields[at]?.tag ?? '', text)) }
      },
      repairs,
    },
    limits,
  )
}

type Entry = { readonly tag: string; readonly parts: Uint8Array[] }

function fieldsOf(
  bytes: Uint8Array,
  repairs: Repair[],
): { readonly leader: string | undefined; readonly fields: readonly FieldBytes[] } {
  const entries: Entry[] = []
  let leader: string | undefined
  let isDoubled = false
  let afterBlank = false
  for (const line of linesOf(bytes.slice())) {
    const kind = lineKind(line)
    if (kind === 'blank') afterBlank = entries.length > 0
    else if (kind === 'text') continueField(entries.at(-1), line, repairs)
    else {
      isDoubled ||= afterBlank
      afterBlank = false
      const content = line.subarray(contentStart(line))
      const tag = String.fromCharCode(...line.subarray(1, 4))
      const isDamagedLeader =
        kind === 'bare' && leader === undefined && entries.length === 0 && content.length > 20
      if (isDamagedLeader) repairs.push({ code: 'TAG', field: 'leader', before: tag, after: 'LDR' })
      if (kind === 'leader' || isDamagedLeader)
        leader ??= readMnemonics(String.fromCharCode(...withBlanks(content.subarray(0, 400))))
      else entries.push({ tag: tagOf(tag, repairs), parts: [content] })
    }
  }
  if (isDoubled)
    repairs.push({ code: 'LINE_ENDS_INSIDE', before: 'blank lines between fields', after: 'removed' })
  const fields = entries.map(({ tag, parts }) => {
    const content = joined(
      parts,
      parts.reduce((size, part) => size + part.length, 0),
    )
    return { tag, bytes: isControlTag(tag) ? withBlanks(content) : withDelimiters(content) }
  })
  return { leader, fields }
}

/** A line without a tag goes on with the field before it. */
function continueField(entry: Entry | undefined, line: Uint8Array, repairs: Repair[]): void {
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

/** In place: the bytes are a copy. */
function withBlanks(content: Uint8Array): Uint8Array {
  for (let at = content.indexOf(BACKSLASH); at !== -1; at = content.indexOf(BACKSLASH, at + 1))
    content[at] = 0x20
  return content
}

/**
 * Dollar signs as delimiters, in place, but for those of MARC-8's East Asian characters and of the escape
 * sequences to them.
 */
function withDelimiters(content: Uint8Array): Uint8Array {
  const isEscaped = content.includes(ESC)
  let isEastAsian = false
  for (let at = 0; at < content.length; at++) {
    if (isEscaped && content[at] === ESC) isEastAsian = content[at + 1] === DOLLAR
    else if (content[at] === DOLLAR && !isEastAsian) content[at] = US
  }
  return content
}

/** A field in which indicators, codes and values have been read by themselves. */
function spelt(tag: string, text: string): string {
  if (isControlTag(tag)) return readMnemonics(text)
  const [head = '', ...subfields] = text.split('\x1f')
  return [head.replaceAll('\\', ' '), ...subfields].map(readMnemonics).join('\x1f')
}
