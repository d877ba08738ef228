import type { Format } from './frame.ts'
import { fiveDigits, isStrictLeader, looksLikeLeader } from './iso2709/leader.ts'
import { type Utf16, utf16Of, utf16ToUtf8 } from './utf16.ts'

/** Bytes that are looked at to tell what a file is. */
export const sniffed = 64 * 1024

/** Why a file is no MARC file, and what to do. The codes are shown to people and are never renamed. */
export type NotMarc = { readonly code: NotMarcCode; readonly message: string }

export type NotMarcCode =
  | 'EMPTY'
  | 'WEB_PAGE'
  | 'ARCHIVE'
  | 'PDF'
  | 'SPREADSHEET'
  | 'EDIFACT'
  | 'OTHER_XML'
  | 'OTHER_JSON'
  | 'LINE_MARC'
  | 'TABLE'
  | 'TEXT'
  | 'BINARY'

export type Sniffed = { readonly format: Format; readonly utf16?: Utf16 } | { readonly notMarc: NotMarc }

/** What a file is, by its first bytes; its name is never asked. */
export function sniff(head: Uint8Array): Sniffed {
  const utf16 = utf16Of(head)
  if (!utf16) return sniffBytes(head)
  const found = sniffBytes(utf16ToUtf8(head.subarray(0, head.length & ~1), utf16))
  return 'format' in found ? { format: found.format, utf16 } : found
}

function sniffBytes(head: Uint8Array): Sniffed {
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const text = new TextDecoder('latin1').decode(head.subarray(start))
  if (text === '') return notMarc('EMPTY', 'The file is empty. Export or download it again.')
  if (/^[\0\x1a\s]*$/.test(text))
    return notMarc(
      'EMPTY',
      'There is nothing but padding (blanks or NUL bytes) where records should begin. Export or download the file again.',
    )
  return binaryKind(head) ?? (hasLeader(head) ? { format: 'iso2709' } : sniffText(text.trimStart()))
}

/** A leader at the start with a field or a directory after it, or, after some junk, one beyond doubt. */
function hasLeader(head: Uint8Array): boolean {
  let at = 0
  while (at < head.length && (head[at] as number) <= 0x20) at++
  if (head[at] === 0xef) at += 3
  const firstField = head.indexOf(FT, at)
  const isMarkup = head[at] === 0x3c || head[at] === 0x7b
  if (!isMarkup && looksLikeLeader(head, at) && (firstField !== -1 || hasDirectory(head, at))) return true
  for (let start = at; start < firstField; start++)
    if (isStrictLeader(head, start) && head[start + fiveDigits(head, start + 12) - 1] === FT) return true
  return false
}

const FT = 0x1e

/** The first entry of a directory, of a record that is cut off in it. */
const hasDirectory = (head: Uint8Array, at: number) =>
  /^[0-9A-Za-z]{3}\d{9}$/.test(String.fromCharCode(...head.subarray(at + 24, at + 36)))

/** What a text is that does not begin with white space. */
function sniffText(text: string): Sniffed {
  if (/^=(LDR|\d{3})[ \t]/.test(text) || /[\n\r]=LDR[ \t]/.test(text)) return { format: 'mrk' }
  if (text.startsWith('<')) return sniffMarkup(text)
  if (/^[\x1e\s]*[[{]\s*["{[\]}]/.test(text)) return sniffJson(text)
  if (/^UN[AB][+:]/.test(text))
    return notMarc(
      'EDIFACT',
      'This is an EDIFACT message, not MARC. Load it where orders and invoices are exchanged.',
    )
  if (/^.{24}\r?\n(\d{3}|[A-Z]{3}) /.test(text) || /^\d{9} (LDR|FMT|\d{3}).{2} L /.test(text))
    return notMarc(
      'LINE_MARC',
      'These are MARC records printed a field a line (line MARC or Aleph sequential), which cannot be told from other text for certain. Export them as ISO 2709 or MARCXML; yaz-marcdump -i line -o marc converts line MARC.',
    )
  const control = (text.match(/[\0-\x08\x0e-\x1a\x1c]/g) ?? []).length
  if (control > text.length / 50)
    return notMarc('BINARY', 'This is a binary file that is not MARC. Check that the right file was chosen.')
  if (/^[^\n]*[\t;,][^\n]*[\t;,][^\n]*\n/.test(text))
    return notMarc(
      'TABLE',
      'This looks like a table (CSV or tab-separated), not MARC. Export the records as MARC.',
    )
  return notMarc(
    'TEXT',
    'This is text, not MARC: it has no leader, no =LDR and no <record>. Check that the right file was chosen.',
  )
}

const sniffJson = (text: string): Sniffed =>
  /"leader"\s*:/.test(text) || (/"fields"\s*:\s*\[/.test(text) && /"subfields"\s*:/.test(text))
    ? { format: 'json' }
    : notMarc('OTHER_JSON', 'This is JSON, but not MARC-in-JSON: no record has "leader" and "fields".')

function sniffMarkup(text: string): Sniffed {
  if (/<([\w.-]+:)?(leader|datafield|controlfield)[\s/>]/.test(text)) return { format: 'marcxml' }
  if (/^(<!doctype html|<html|<head|<body)/i.test(text) || /<html[\s>]/i.test(text.slice(0, 2000))) {
    return notMarc(
      'WEB_PAGE',
      'This is a web page, not MARC: probably a log-in or error page saved in place of the file. Download it again.',
    )
  }
  // An empty collection or record is MARCXML too; records of OAI-PMH in another format are not.
  return /MARC21\/slim/.test(text) || /<([\w.-]+:)?record(\s[^<>]*)?(\/>|>\s*<\/)/.test(text)
    ? { format: 'marcxml' }
    : notMarc('OTHER_XML', 'This is XML, but not MARCXML: no <record> in it has a leader or fields.')
}

function binaryKind(head: Uint8Array): Sniffed | null {
  const magic = String.fromCharCode(...head.subarray(0, 8))
  const isTar = String.fromCharCode(...head.subarray(257, 262)) === 'ustar'
  if (magic.startsWith('%PDF'))
    return notMarc('PDF', 'This is a PDF, not MARC. Ask for the records as a MARC file.')
  if (magic.startsWith('\xd0\xcf\x11\xe0'))
    return notMarc('SPREADSHEET', 'This is an old Office file, not MARC. Export the records as MARC.')
  if (
    isTar ||
    magic.startsWith('PK\x03\x04') ||
    magic.startsWith('\x1f\x8b') ||
    magic.startsWith('\x28\xb5\x2f\xfd') ||
    magic.startsWith('7z') ||
    magic.startsWith('Rar!')
  )
    return notMarc(
      'ARCHIVE',
      'This is an archive inside an archive, or of a kind that is not unpacked. Unpack it and choose the MARC files.',
    )
  return null
}

const notMarc = (code: NotMarcCode, message: string) => ({ notMarc: { code, message } })
