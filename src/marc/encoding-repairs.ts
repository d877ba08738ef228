import { chip } from './chip.ts'
import type { Repair } from './frame.ts'

/** The encodings of a field that is not ASCII alone. */
export type FieldEncoding = 'utf-8' | 'marc-8' | 'cp1252'

/** Tag and occurrence of each field: `245`, `650`, `650#2`. */
export function fieldNames(tags: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return tags.map((tag) => {
    const occurrence = (seen.get(tag) ?? 0) + 1
    seen.set(tag, occurrence)
    return occurrence === 1 ? tag : `${tag}#${occurrence}`
  })
}

/** A repair is read by people: of many values the first ones and how many more there are. */
export function listed(values: readonly string[]): string {
  const shown = 20
  if (values.length <= shown) return values.join(' ')
  return `${values.slice(0, shown).join(' ')} and ${values.length - shown} more`
}

/** The surroundings of the first character beyond ASCII, with delimiters as `$`. */
export function excerpt(text: string): string {
  const first = text.search(/[^\0-\x7f]/)
  const from = Math.max(0, first - 20)
  return text
    .slice(from, from + 60)
    .replaceAll('\x1f', '$')
    .toWellFormed()
}

/** The same of bytes, those beyond ASCII as chips. */
export function bytesWithChips(bytes: Uint8Array): string {
  const first = bytes.findIndex((byte) => byte >= 0x80)
  const from = Math.max(0, first - 20)
  let text = ''
  for (const byte of bytes.subarray(from, from + 60)) {
    text += byte >= 0x80 ? chip([byte]) : byte === 0x1f ? '$' : String.fromCharCode(byte)
  }
  return text
}

/**
 * What is said once of a record: that its leader claims another encoding, that its fields differ in theirs.
 * `found` has the places of the fields by encoding.
 */
export function recordRepairs(
  found: ReadonlyMap<FieldEncoding, readonly number[]>,
  nameOf: (at: number) => string,
  leader09: string,
): Repair[] {
  const claimed: FieldEncoding = leader09 === 'a' ? 'utf-8' : 'marc-8'
  const repairs: Repair[] = []
  const encodings = [...found.keys()]
  if (encodings.length > 0 && !found.has(claimed)) {
    repairs.push({ code: 'ENCODING_LABEL', field: 'leader', before: claimed, after: encodings.join(' ') })
  }
  if (encodings.length > 1) {
    const fields = [...found].map(([encoding, places]) => `${encoding}: ${listed(places.map(nameOf))}`)
    repairs.push({ code: 'ENCODING_MIXED', before: claimed, after: fields.join('; ') })
  }
  return repairs
}
