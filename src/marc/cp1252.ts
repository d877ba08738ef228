import { chip } from './chip.ts'

/**
 * Windows code page 1252 from 0x80 to 0x9F, 0 where it has nothing; above, it is ISO 8859-1. Our own, since
 * not every TextDecoder tells the two apart.
 */
const upper = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
]

/** The code point of a byte, 0 for the five that mean nothing. */
const cp1252Point = (byte: number): number =>
  byte >= 0x80 && byte < 0xa0 ? (upper[byte - 0x80] as number) : byte

const bytesOfPoints: ReadonlyMap<number, number> = new Map(
  upper.flatMap((point, at) => (point === 0 ? [] : [[point, at + 0x80] as const])),
)

/** The byte of a code point, or nothing. C1 controls count as themselves, as in ISO 8859-1. */
export const cp1252Byte = (point: number): number | undefined =>
  point < 0x100 ? point : bytesOfPoints.get(point)

/** Bytes without meaning become chips. */
export function decodeCp1252(bytes: Uint8Array): {
  readonly text: string
  readonly chips: readonly string[]
} {
  const chips: string[] = []
  let text = ''
  for (const byte of bytes) {
    const point = cp1252Point(byte)
    if (point === 0 && byte !== 0) {
      chips.push(chip([byte]))
      text += chip([byte])
    } else text += String.fromCharCode(point)
  }
  return { text, chips }
}
