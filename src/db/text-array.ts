const TEXT_OID = 25

/**
 * A text[] parameter in the binary form of PostgreSQL's array_send. What the driver writes of an array is
 * escaped element by element here and read character by character there: for records that costs more than
 * the look-up.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  let bytes = 20 + values.length * 4
  for (const value of values) if (value !== null) bytes += value.length * 3
  const array = Buffer.allocUnsafe(bytes)
  let at = array.writeInt32BE(values.length === 0 ? 0 : 1, 0)
  at = array.writeInt32BE(values.includes(null) ? 1 : 0, at)
  at = array.writeInt32BE(TEXT_OID, at)
  if (values.length === 0) return array.subarray(0, at)
  at = array.writeInt32BE(values.length, at)
  at = array.writeInt32BE(1, at)
  for (const value of values) {
    const length = value === null ? -1 : array.write(value, at + 4)
    array.writeInt32BE(length, at)
    at += 4 + Math.max(0, length)
  }
  return array.subarray(0, at)
}
