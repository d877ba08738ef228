import { decodeFrame, openMarc } from '../../marc/read.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { parseField } from '../../rules/field-text.ts'

/** What a text or a file came to: its first record, and how many more there are of it. */
export type Pasted =
  | {
      readonly is: 'record'
      readonly record: MarcRecord
      readonly more: boolean
      /** As it stood in a file; nothing of lines that people write. */
      readonly bytes: Uint8Array | null
    }
  | { readonly is: 'nothing' }
  /** A line that is no field; from 1. */
  | { readonly is: 'no-field'; readonly line: number; readonly text: string }
  | { readonly is: 'unreadable'; readonly why: string }

/** A full record of a book, where a text says none. */
const plainLeader = '00000nam a2200000 a 4500'

/**
 * Reads the first record of a text in any notation: lines of fields as rules write them (`245 10 $a Emma`, with
 * `$`, `‡` or `|` before a code and `#`, `_` or `\` for a blank), or MarcEdit text, MARCXML, MARC-in-JSON
 * and ISO 2709.
 */
export async function readPasted(text: string): Promise<Pasted> {
  if (text.trim() === '') return { is: 'nothing' }
  return isFieldLines(text) ? readFieldLines(text) : readMarcBytes(new TextEncoder().encode(text))
}

const isFieldLines = (text: string): boolean => /^\s*(?:LDR|LEADER|\d{3}) [^\x1D-\x1F]*$/.test(text)

function readFieldLines(text: string): Pasted {
  let leader = plainLeader
  const fields = []
  for (const [at, line] of text.split(/\r\n?|\n/).entries()) {
    if (line.trim() === '') continue
    const [, given] = /^\s*(?:LDR|LEADER) +(.+)$/.exec(line) ?? []
    if (given !== undefined) {
      leader = given.replace(/[#\\]/g, ' ').padEnd(24).slice(0, 24)
      continue
    }
    const field = parseField(withDollars(line.trim()))
    if (field === null) return { is: 'no-field', line: at + 1, text: line.trim().slice(0, 60) }
    fields.push(field)
  }
  return { is: 'record', record: { leader, fields }, more: false, bytes: null }
}

/** `‡a Emma` and `|a Emma` as `$a Emma`; a line that begins its data at once has `$a` left out. */
function withDollars(line: string): string {
  const [, head, content] = /^(\d{3} .. ?)(.*)$/.exec(line) ?? []
  if (head === undefined || content === undefined || line.startsWith('00')) return line
  const dollared = content.replace(/(^| )[‡|]([0-9a-z])/g, '$1$$$2')
  return `${head}${dollared.startsWith('$') ? dollared : `$a ${dollared}`}`
}

/** Reads the first record of a file's bytes, repairing what can be. */
export async function readMarcBytes(bytes: Uint8Array): Promise<Pasted> {
  const opened = await openMarc(single(bytes))
  if ('notMarc' in opened) return { is: 'unreadable', why: opened.notMarc.message }
  let first: Pasted | null = null
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind !== 'record') continue
      if (first !== null) return first.is === 'record' ? { ...first, more: true } : first
      const decoded = decodeFrame(opened.format, frame, 'repair')
      first = decoded.ok
        ? { is: 'record', record: decoded.record, more: false, bytes: frame.bytes }
        : { is: 'unreadable', why: decoded.rejected.message }
    }
  }
  return first ?? { is: 'nothing' }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
