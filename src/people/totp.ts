import { createHmac, randomBytes } from 'node:crypto'

/** RFC 6238 with what authenticator apps take for granted: SHA-1, 6 digits, 30 seconds. */
const period = 30
const digits = 6

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret of 160 bits, in base32. */
export function newTotpSecret(): string {
  let bits = ''
  for (const byte of randomBytes(20)) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('')
}

function bytesOf(secret: string): Buffer {
  let bits = ''
  for (const letter of secret) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** The code of a period of 30 seconds since 1970 (RFC 4226). */
export function totpCode(secret: string, at: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(at))
  const hash = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const offset = (hash[hash.length - 1] as number) & 15
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/**
 * The period that a code belongs to: this one, the one before or the next, since clocks differ; and only
 * one after the last that was used, so that no code is taken twice. Nothing for a wrong code.
 */
export function periodOf(secret: string, code: string, now: Date, lastUsed: number | null): number | null {
  const current = Math.floor(now.getTime() / 1000 / period)
  const typed = code.replace(/\s/g, '')
  for (const at of [current, current - 1, current + 1]) {
    if (at > (lastUsed ?? -1) && totpCode(secret, at) === typed) return at
  }
  return null
}

/** What an authenticator app reads from a QR code or a link. */
export const totpAddress = (secret: string, login: string): string =>
  `otpauth://totp/Accession:${encodeURIComponent(login)}?secret=${secret}&issuer=Accession&algorithm=SHA1&digits=${digits}&period=${period}`
