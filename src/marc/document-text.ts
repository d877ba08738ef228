import { decodeCp1252 } from './cp1252.ts'
import { bytesWithChips, excerpt, listed } from './encoding-repairs.ts'
import type { Rejection, Repair } from './frame.ts'
import { scoreSingleByte } from './single-byte-score.ts'
import { decodeUtf8, utf8Shape } from './utf8.ts'

/**
 * The bytes of a record of XML or JSON as text. As everywhere, the bytes speak first: sound UTF-8 is
 * UTF-8, whatever the file declares; else Latin-1 that is declared is followed, read as the Windows-1252
 * that it nearly always is, and any other encoding is refused. Where none is declared, bytes that are
 * mostly UTF-8 keep their broken ones as chips, and the rest is Windows-1252, unless it is MARC-8, which
 * is refused: its escape sequences cannot be told from markup.
 */
export function documentText(
  bytes: Uint8Array,
  declared: string | undefined,
  repairs: Repair[],
): string | Rejection {
  const { text, chips } = decodeUtf8(bytes)
  if (chips.length === 0) {
    if (declared !== undefined && text.length < bytes.length)
      repairs.push({ code: 'ENCODING_LABEL', before: declared, after: 'utf-8' })
    return text
  }
  if (declared !== undefined) {
    if (!latin1Names.has(declared)) return refusedEncoding(declared)
    const latin1 = decodeCp1252(bytes)
    reportChips(latin1.chips, repairs)
    return latin1.text
  }
  const { sound, broken } = utf8Shape(bytes)
  if (sound >= broken) {
    reportChips(chips, repairs)
    return text
  }
  const { marc8, cp1252 } = scoreSingleByte(bytes)
  if (marc8 > cp1252) return marc8Refused
  const read = decodeCp1252(bytes).text
  repairs.push({ code: 'ENCODING_LATIN1', before: bytesWithChips(bytes), after: excerpt(read) })
  return read
}

function reportChips(chips: readonly string[], repairs: Repair[]): void {
  if (chips.length === 0) return
  const before = listed(chips.map((each) => each.slice(1, -1)))
  repairs.push({ code: 'ENCODING_BYTES', before, after: listed(chips) })
}

const latin1Names: ReadonlySet<string> = new Set([
  'iso-8859-1',
  'latin1',
  'latin-1',
  'windows-1252',
  'cp1252',
])

const refusedEncoding = (declared: string): Rejection => ({
  code: 'NOT_WELL_FORMED',
  message: `The file says that it is in ${declared.slice(0, 40)}, which is not read here. Convert it to UTF-8 (iconv does), change the encoding in its first line, and load it again.`,
})

const marc8Refused: Rejection = {
  code: 'NOT_WELL_FORMED',
  message:
    'The bytes of the record are no UTF-8; they look like MARC-8, which XML and JSON cannot hold. Export the records again in UTF-8, or as ISO 2709.',
}
