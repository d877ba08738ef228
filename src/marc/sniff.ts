import type { Format } from './frame.ts'
import { isStrictLeader, looksLikeLeader } from './iso2709/leader.ts'

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
  | 'TABLE'
  | 'TEXT'
  | 'BINARY'

export type Sniffed =
  | { readonly format: Format; readonly utf16?: 'utf-16le' | 'utf-16be' }
  | { readonly notMarc: NotMarc }

/** What a file is, by its first bytes; its name is never asked. */
export function sniff(head: Uint8Array): Sniffed {
  const utf16 = utf16Of(head)
  if (utf16) {
    const text = new TextDecoder(utf16).decode(head.subarray(0, head.length & ~1))
    const inner = sniffText(text.replace(/^\ufeff/, ''))
    return 'format' in inner ? { format: inner.format, utf16 } : inner
  }
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const text = new TextDecoder('latin1').decode(head.subarray(start))
  if (text.trim() === '' || /^[\0\x1a\s]*$/.test(text))
    return notMarc('EMPTY', 'The file is empty. Export or download it again.')
  const binary = binaryKind(head)
  if (binary) return binary
  if (hasLeader(head)) return { format: 'iso2709' }
  return sniffText(text)
}

/** A leader at the start, or, after some junk, one beyond doubt. */
function hasLeader(head: Uint8Array): boolean {
  let at = 0
  while (at < head.length && (head[at] as number) <= 0x20) at++
  if (head[at] === 0xef) at += 3
  if (head[at] !== 0x3c && head[at] !== 0x7b && looksLikeLeader(head, at) && head.indexOf(0x1e, at) !== -1)
    return true
  for (let from = head.indexOf(0x1e); from > 0; from = -1) {
    for (let start = 0; start < from; start++)
      if (isStrictLeader(head, start) && head[0] !== 0x3c) return true
  }
  return false
}

function sniffText(text: string): Sniffed {
  const trimmed = text.trimStart()
  if (/^=(LDR|000|\d{3}) {0,2}/.test(trimmed) || /\n=LDR {2}/.test(text)) return { format: 'mrk' }
  if (trimmed.startsWith('<')) return sniffMarkup(trimmed)
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    return /"fields"\s*:/.test(text) && /"leader"\s*:/.test(text)
      ? { format: 'json' }
      : notMarc('OTHER_JSON', 'This is JSON, but not MARC-in-JSON: no record has "leader" and "fields".')
  }
  if (/^UN[AB][+:]/.test(trimmed))
    return notMarc(
      'EDIFACT',
      'This is an EDIFACT message, not MARC. Load it where orders and invoices are exchanged.',
    )
  const control = (text.match(/[\0-\x08\x0e-\x1a\x1c]/g) ?? []).length
  if (control > text.length / 50)
    return notMarc('BINARY', 'This is a binary file that is not MARC. Check that the right file was chosen.')
  if (/^[^\n]*[\t;,][^\n]*[\t;,][^\n]*\n/.test(trimmed))
    return notMarc(
      'TABLE',
      'This looks like a table (CSV or tab-separated), not MARC. Export the records as MARC.',
    )
  return notMarc(
    'TEXT',
    'This is text, not MARC: it has no leader, no =LDR and no <record>. Check that the right file was chosen.',
  )
}

function sniffMarkup(text: string): Sniffed {
  if (/^(<!doctype html|<html|<head|<body)/i.test(text) || /<html[\s>]/i.test(text.slice(0, 2000))) {
    return notMarc(
      'WEB_PAGE',
      'This is a web page, not MARC: probably a log-in or error page saved in place of the file. Download it again.',
    )
  }
  return /<([\w.-]+:)?(record|collection|leader|datafield|controlfield)[\s/>]/.test(text)
    ? { format: 'marcxml' }
    : notMarc('OTHER_XML', 'This is XML, but not MARCXML: it has no <record>.')
}

function binaryKind(head: Uint8Array): Sniffed | null {
  const magic = String.fromCharCode(...head.subarray(0, 8))
  if (magic.startsWith('%PDF'))
    return notMarc('PDF', 'This is a PDF, not MARC. Ask for the records as a MARC file.')
  if (magic.startsWith('\xd0\xcf\x11\xe0'))
    return notMarc('SPREADSHEET', 'This is an old Office file, not MARC. Export the records as MARC.')
  if (
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

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head[0] === 0x3c && head[1] === 0 && head[3] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c && head[2] === 0) return 'utf-16be'
  return null
}

const notMarc = (code: NotMarcCode, message: string) => ({ notMarc: { code, message } })
