import { digitsAt, fiveDigits } from './leader.ts'

const FT = 0x1e

/** What a record says of its fields, and what is there of them. */
export type Extent = {
  /** Entries of the directory, whole or nearly so. */
  readonly entries: number
  /** Field terminators that are there, the one of the directory included. */
  readonly terminators: number
  /** Bytes of the record by its directory, without the record terminator; -1 where that is damaged. */
  readonly said: number
}

/** The extent of a record that lies between two bytes. */
export function extentOf(bytes: Uint8Array, at: number, end: number): Extent {
  let terminators = 0
  let directoryEnd = -1
  for (let next = bytes.indexOf(FT, at); next !== -1 && next < end; next = bytes.indexOf(FT, next + 1)) {
    if (directoryEnd === -1) directoryEnd = next
    terminators++
  }
  if (directoryEnd === -1) return { entries: 0, terminators, said: -1 }
  const entries = Math.max(0, Math.round((directoryEnd - at - 24) / 12))
  let data = 0
  for (let entry = directoryEnd - 12; entry >= at + 23; entry -= 12) {
    const length = digitsAt(bytes, entry + 3, 4)
    const start = fiveDigits(bytes, entry + 7)
    if (length === -1 || start === -1) return { entries, terminators, said: -1 }
    data = Math.max(data, start + length)
  }
  return { entries, terminators, said: directoryEnd + 1 - at + data }
}

/** Whether the last entry of the directory ends where the length of the record does. */
export function vouchesFor(bytes: Uint8Array, at: number, length: number): boolean {
  const base = fiveDigits(bytes, at + 12)
  if (base < 37 || base > length || bytes[at + base - 1] !== FT) return false
  const entry = at + base - 13
  return base + digitsAt(bytes, entry + 3, 4) + fiveDigits(bytes, entry + 7) + 1 === length
}

/** Whether a field terminator closes a directory: its last two entries follow each other, or the only one starts at 0. */
export function endsDirectory(bytes: Uint8Array, from: number, terminator: number): boolean {
  const last = terminator - 12
  if (last - 12 < from) return false
  const start = fiveDigits(bytes, last + 7)
  if (start === -1 || digitsAt(bytes, last + 3, 4) === -1) return false
  const before = digitsAt(bytes, last - 9, 4)
  const beforeStart = fiveDigits(bytes, last - 5)
  return start === 0 || (before !== -1 && beforeStart !== -1 && before + beforeStart === start)
}
