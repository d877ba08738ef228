/**
 * 64 bits of a text as 16 hex digits, for telling contents apart (equality, never security). Two
 * 32-bit lanes over the UTF-16 units, mixed so that every unit reaches every bit; a fixed function
 * of the text, so it may be stored.
 */
export function hash64(text: string): string {
  let low = 0x2545f491
  let high = 0x8a5cd789
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x9e3779b1)
    high = Math.imul(high + unit, 0x85ebca6b)
    low ^= high >>> 15
    high ^= low >>> 13
  }
  low = mix(low ^ text.length)
  high = mix(high ^ low)
  low = mix(low ^ high)
  return hex(high) + hex(low)
}

function mix(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return mixed ^ (mixed >>> 16)
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0')
