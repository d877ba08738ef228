import { decodeCp1252 } from './cp1252.ts'
import { bytesWithChips, excerpt, listed } from './encoding-repairs.ts'
import type { Rejection, Repair } from './frame.ts'
import { scoreSingleByte } from './single-byte-score.ts'
import { decodeUtf8, utf8Shape } from './utf8.ts'

/**
 * The bytes of a record of XML or JSON as text. As everywhere, the bytes speak first: sound UTF-8 is
 * UTF-8, whatever the file declares; else the declaration is followed, and where there is none, or none
 * that is known, bytes that are mostly UTF-8 keep their broken ones as chips, and the rest is
 * Windows-1252. MARC-8 is refused: its escape sequences cannot be told from markup.
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
  const asDeclared = declared === undefined ? null : decodeAs(declared, bytes)
  if (asDeclared !== null) return asDeclared
  const { sound, broken } = utf8Shape(bytes)
  if (sound >= broken) {
    const before = listed(chips.map((each) => each.slice(1, -1)))
    repairs.push({ code: 'ENCODING_BYTES', before, after: listed(chips) })
    return text
  }
  const { marc8, cp1252 } = scoreSingleByte(bytes)
  if (marc8 > cp1252) {
    return {
      code: 'NOT_WELL_FORMED',
      message:
        'The bytes of the record are no UTF-8; they look like MARC-8, which XML and JSON cannot hold. Export the records again in UTF-8, or as ISO 2709.',
    }
  }
  const read = decodeCp1252(bytes).text
  repairs.push({ code: 'ENCODING_LATIN1', before: bytesWithChips(bytes), after: excerpt(read) })
  return read
}

/** By the name of an encoding; nothing where it has none of its kind, or the bytes are not in it. */
function decodeAs(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
