import { digitsAt, fiveDigits } from './leader.ts'

const FT = 0x1e

/** What a record says of its fields, and what is there of them. */
export type Extent = {
  readonly at: number
  /** The byte after the last one that was looked at. */
  readonly upTo: number
  /** Entries of the directory, whole or nearly so. */
  readonly entries: number
  /** Field terminators that are there, the one of the directory included. */
  readonly terminators: number
  /** Bytes of the record by its directory, without the record terminator; -1 where that is damaged. */
  readonly said: number
}

const nothing = (at: number): Extent => ({ at, upTo: at, entries: 0, terminators: 0, said: -1 })

/** The extent of a record from its first byte to another; what is known of its beginning is not looked at again. */
export function extentTo(bytes: Uint8Array, at: number, end: number, known = nothing(at)): Extent {
  let { entries, terminators, said } = known
  for (
    let next = bytes.indexOf(FT, known.upTo);
    next !== -1 && next < end;
    next = bytes.indexOf(FT, next + 1)
  ) {
    if (terminators === 0) ({ entries, said } = listed(bytes, at, next))
    terminators++
  }
  return { at, upTo: end, entries, terminators, said }
}

function listed(bytes: Uint8Array, at: number, directoryEnd: number): Pick<Extent, 'entries' | 'said'> {
  const entries = Math.max(0, Math.round((directoryEnd - at - 24) / 12))
  let data = 0
  for (let entry = directoryEnd - 12; entry >= at + 23; entry -= 12) {
    const length = digitsAt(bytes, entry + 3, 4)
    const start = fiveDigits(bytes, entry + 7)
    if (length === -1 || start === -1) return { entries, said: -1 }
    data = Math.max(data, start + length)
  }
  return { entries, said: directoryEnd + 1 - at + data }
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
