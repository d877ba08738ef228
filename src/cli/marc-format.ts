import type { Format } from '../marc/frame.ts'
import { type MarcWriter, writerOf } from '../marc/write.ts'

/** Serialisations by the ending that their files have. */
const formats = {
  mrc: 'iso2709',
  xml: 'marcxml',
  json: 'json',
  mrk: 'mrk',
} as const satisfies Readonly<Record<string, Format>>

export type Ending = keyof typeof formats

export const endings = ['mrc', 'xml', 'json', 'mrk'] as const satisfies readonly Ending[]

/** As people call them. */
export const formatNames: Readonly<Record<Format, string>> = {
  iso2709: 'ISO 2709',
  marcxml: 'MARCXML',
  json: 'MARC-in-JSON',
  mrk: 'MarcEdit text',
}

const nothing = new Uint8Array(0)
const lineEnd = new TextEncoder().encode('\n')

/** How a command writes records: in JSON one record a line, so that tools that work by lines can take it. */
export const writerFor = (ending: Ending, options: { marc8?: boolean } = {}): MarcWriter =>
  ending === 'json'
    ? { ...writerOf('json'), head: nothing, between: lineEnd, tail: lineEnd }
    : writerOf(formats[ending], options)
