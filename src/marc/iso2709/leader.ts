/** Five digits from there, as a number; -1 where they are not five digits. */
export function fiveDigits(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let index = at; index < at + 5; index++) {
    const byte = bytes[index]
    if (byte === undefined || byte < 0x30 || byte > 0x39) return -1
    value = value * 10 + byte - 0x30
  }
  return value
}

/**
 * Whether a record may start here, damaged as it may be: at least three of five things that a leader
 * has (length, status and type letters, `22`, base address, `45`), and enough bytes for it.
 */
export function looksLikeLeader(bytes: Uint8Array, at: number): boolean {
  if (bytes.length - at < 24) return false
  let points = 0
  if (fiveDigits(bytes, at) >= 0) points++
  if (isLetterOrBlank(bytes[at + 5]) && isLetter(bytes[at + 6])) points++
  if (bytes[at + 10] === 0x32 && bytes[at + 11] === 0x32) points++
  if (fiveDigits(bytes, at + 12) >= 0) points++
  if (bytes[at + 20] === 0x34 && bytes[at + 21] === 0x35) points++
  return points >= 3
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

const isLetter = (byte: number | undefined) =>
  byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
const isLetterOrBlank = (byte: number | undefined) => byte === 0x20 || isLetter(byte)
