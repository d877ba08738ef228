import { joined } from './cut-frames.ts'
import type { Reading } from './encoding.ts'
import {
  type Decoded,
  type Format,
  type Frame,
  type MarcLimits,
  type RecordFrame,
  type Repair,
  fileLimits,
} from './frame.ts'
import { decodeIso2709 } from './iso2709/decode.ts'
import { frameIso2709 } from './iso2709/frame.ts'
import { decodeJson } from './json/decode.ts'
import { frameJson } from './json/frame.ts'
import { decodeMarcxml } from './marcxml/decode.ts'
import { frameMarcxml } from './marcxml/frame.ts'
import { decodeMrk } from './mrk/decode.ts'
import { frameMrk } from './mrk/frame.ts'
import { type NotMarc, sniff, sniffed } from './sniff.ts'
import { frameUtf16, utf16Of, utf16ToUtf8 } from './utf16.ts'

export type OpenedMarc =
  | { readonly format: Format; readonly frames: AsyncGenerator<readonly Frame[]> }
  | { readonly notMarc: NotMarc }

/** How a format is cut into frames, and how a frame of it becomes a record. */
type Serialisation = {
  readonly frame: (chunks: AsyncIterable<Uint8Array>, limits: MarcLimits) => AsyncGenerator<readonly Frame[]>
  readonly decode: (frame: RecordFrame, reading: Reading, limits?: MarcLimits) => Decoded
}

const serialisations: Readonly<Record<Format, Serialisation>> = {
  iso2709: { frame: frameIso2709, decode: decodeIso2709 },
  marcxml: { frame: frameMarcxml, decode: decodeMarcxml },
  json: { frame: frameJson, decode: decodeJson },
  mrk: { frame: frameMrk, decode: decodeMrk },
}

/** Tells what a stream of bytes is and cuts it into frames; the frames tile the bytes. */
export async function openMarc(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits = fileLimits,
): Promise<OpenedMarc> {
  const source = chunks[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let size = 0
  while (size < sniffed) {
    const next = await source.next()
    if (next.done) break
    head.push(next.value)
    size += next.value.length
  }
  const found = sniff(joined(head, size))
  if ('notMarc' in found) {
    await source.return?.()
    return found
  }
  const { format, utf16 } = found
  const { frame } = serialisations[format]
  const bytes = whole(head, source)
  const frames = utf16
    ? frameUtf16(bytes, utf16, (transcoded) => frame(transcoded, limits))
    : frame(bytes, limits)
  return { format, frames }
}

/** One frame to a record, or to why it is none. */
export function decodeFrame(format: Format, frame: RecordFrame, reading: Reading): Decoded {
  const { bytes, rejected, repairs } = frame
  if (rejected) return { ok: false, rejected, repairs }
  const { decode } = serialisations[format]
  const utf16 = utf16Of(bytes)
  if (utf16 === null) return decode(frame, reading)
  // XML and JSON may be in UTF-16; a leader can only say UTF-8 or MARC-8.
  const isLabelled = format === 'iso2709' || format === 'mrk'
  const label: Repair = { code: 'ENCODING_LABEL', field: 'leader', before: 'utf-8', after: utf16 }
  return decode(
    { ...frame, bytes: utf16ToUtf8(bytes, utf16), repairs: isLabelled ? [...repairs, label] : repairs },
    reading,
  )
}

/** Bytes that were one frame of a file, framed again by themselves: what framing had to mend is found again. */
export async function reframe(
  format: Format,
  bytes: Uint8Array,
  { position, offset }: Pick<RecordFrame, 'position' | 'offset'>,
): Promise<RecordFrame> {
  const { frame } = serialisations[format]
  const utf16 = utf16Of(bytes)
  const alone = single(bytes)
  const framed = utf16
    ? frameUtf16(alone, utf16, (transcoded) => frame(transcoded, fileLimits))
    : frame(alone, fileLimits)
  for await (const frames of framed) {
    for (const found of frames)
      if (found.kind === 'record' && found.bytes.length === bytes.length)
        return { ...found, position, offset }
  }
  return { kind: 'record', position, offset, bytes, repairs: [] }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function* whole(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* head
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
