/** So many digits from there, as a number; -1 where one of them is no digit. */
export function digitsAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index++) {
    const byte = bytes[index]
    if (byte === undefined || byte < 0x30 || byte > 0x39) return -1
    value = value * 10 + byte - 0x30
  }
  return value
}

/** Five digits, as record length and base address have them. */
export const fiveDigits = (bytes: Uint8Array, at: number): number => digitsAt(bytes, at, 5)

/**
 * Whether a record may start here, damaged as it may be: at least three of five things that a leader
 * has (length, status and type letters, `22`, base address, `45`), and enough bytes for it.
 */
export const looksLikeLeader = (bytes: Uint8Array, at: number): boolean =>
  bytes.length - at >= 24 && firstPoints(bytes, at) + fixedPoints(bytes, at) >= 3

/**
 * The same where the leader has lost or gained a character, so that what has a fixed place stands one place
 * off. Not where a sound leader begins at the next byte.
 */
export function looksLikeShiftedLeader(bytes: Uint8Array, at: number): boolean {
  if (bytes.length - at < 25 || isStrictLeader(bytes, at + 1)) return false
  const fixed = Math.max(fixedPoints(bytes, at - 1), fixedPoints(bytes, at + 1))
  return fixed >= 2 && firstPoints(bytes, at) + fixed >= 3
}

function firstPoints(bytes: Uint8Array, at: number): number {
  let points = 0
  if (fiveDigits(bytes, at) >= 0) points++
  if (isLetterOrBlank(bytes[at + 5]) && isLetter(bytes[at + 6])) points++
  return points
}

function fixedPoints(bytes: Uint8Array, at: number): number {
  let points = 0
  if (bytes[at + 10] === 0x32 && bytes[at + 11] === 0x32) points++
  if (fiveDigits(bytes, at + 12) >= 0) points++
  if (bytes[at + 20] === 0x34 && bytes[at + 21] === 0x35) points++
  return points
}

/** Whether a leader starts here beyond doubt: what may cut a record in two where its terminator is missing. */
export function isStrictLeader(bytes: Uint8Array, at: number): boolean {
  const length = fiveDigits(bytes, at)
  const base = fiveDigits(bytes, at + 12)
  return (
    (length >= 26 || length === 0) &&
    base >= 25 &&
    (base - 25) % 12 === 0 &&
    isLetter(bytes[at + 5]) &&
    isLetter(bytes[at + 6]) &&
    bytes[at + 10] === 0x32 &&
    bytes[at + 11] === 0x32 &&
    bytes[at + 20] === 0x34 &&
    bytes[at + 21] === 0x35
  )
}

export const isLetter = (byte: number | undefined) =>
  byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
const isLetterOrBlank = (byte: number | undefined) => byte === 0x20 || isLetter(byte)

/**
 * The 24 characters of a leader that came with 23 or 25, or with characters that are not printable.
 * Where one was lost or gained is told by what has a fixed place: the five digits of the length, `22`
 * at 10, `4500` at 20.
 */
export function mendLeader(leader: string): string {
  const whole = leader.length === 24 ? leader : shiftBack(leader)
  return whole.replace(/[^\x20-\x7e]/g, (_, at: number) => fixed.charAt(at))
}

const fixed = '          22        4500'

function shiftBack(leader: string): string {
  const shift = leader.length - 24
  const place = placeOfChange(leader, shift)
  const kept = leader.slice(0, place)
  return shift > 0
    ? kept + leader.slice(place + 1)
    : kept + (place === 0 ? '0' : fixed.charAt(place)) + leader.slice(place)
}

function placeOfChange(leader: string, shift: number): number {
  if (!/^\d{5}(?!\d)/.test(leader)) return 0
  // Of what stands between the length and `22` a blank is the likeliest to have come or gone.
  if (leader.startsWith('22', 10 + shift)) return shift < 0 ? 8 : leader.charAt(10) === ' ' ? 10 : 9
  return leader.startsWith('45', 20 + shift) ? 19 : 23
}
