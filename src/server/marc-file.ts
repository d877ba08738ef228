import type { Format } from '../marc/frame.ts'
import type { MarcRecord } from '../marc/record.ts'
import { writerOf } from '../marc/write.ts'

/** Formats of a record as a file, by the ending of its name. */
export const files = {
  mrc: { format: 'iso2709', contentType: 'application/marc' },
  xml: { format: 'marcxml', contentType: 'application/marcxml+xml' },
  json: { format: 'json', contentType: 'application/marc-in-json' },
  mrk: { format: 'mrk', contentType: 'text/plain; charset=utf-8' },
} as const satisfies Readonly<Record<string, { readonly format: Format; readonly contentType: string }>>

export type FileEnding = keyof typeof files

/** One record as a file of its own. In JSON it is an object, not a list of one. */
export function encodeAs(
  ending: FileEnding,
  record: MarcRecord,
): { readonly contentType: string; readonly bytes: Buffer } {
  const { format, contentType } = files[ending]
  const { head, encode, tail } = writerOf(format)
  const { bytes } = encode(record)
  return { contentType, bytes: Buffer.concat(format === 'json' ? [bytes] : [head, bytes, tail]) }
}
