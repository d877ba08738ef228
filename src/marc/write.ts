import type { Format } from './frame.ts'
import { type Written, encodeIso2709 } from './iso2709/encode.ts'
import { encodeJson } from './json/encode.ts'
import { collectionHead, collectionTail, encodeMarcxml } from './marcxml/encode.ts'
import { encodeMrk } from './mrk/encode.ts'
import type { MarcRecord } from './record.ts'

/**
 * How a file of records is written, one after the other, so that it need never be in memory as a whole:
 * `head`, the records with `between` between each two, `tail`.
 */
export type MarcWriter = {
  readonly head: Uint8Array
  readonly between: Uint8Array
  readonly tail: Uint8Array
  readonly encode: (record: MarcRecord) => Written
}

const utf8 = new TextEncoder()
const nothing = new Uint8Array(0)

const writers: Readonly<Record<Exclude<Format, 'iso2709'>, MarcWriter>> = {
  marcxml: { head: collectionHead, between: nothing, tail: collectionTail, encode: encodeMarcxml },
  json: {
    head: utf8.encode('[\n'),
    between: utf8.encode(',\n'),
    tail: utf8.encode('\n]\n'),
    encode: encodeJson,
  },
  mrk: { head: nothing, between: nothing, tail: nothing, encode: encodeMrk },
}

/** The writer of a format. ISO 2709 alone may be in MARC-8; the others are in UTF-8. */
export const writerOf = (format: Format, { marc8 = false }: { marc8?: boolean } = {}): MarcWriter =>
  format === 'iso2709'
    ? { head: nothing, between: nothing, tail: nothing, encode: (record) => encodeIso2709(record, { marc8 }) }
    : writers[format]
