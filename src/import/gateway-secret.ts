import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Small letters and digits that nobody mistakes for another: 32 of them, five bits each. */
const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789'
const letters = 22
const length = 26

/**
 * A secret of 26 characters, above 128 bits. It is never chosen by a person, and is no password of one. It
 * begins with a letter: some clients write its length in digits just before it.
 */
export function makeSecret(): string {
  const bytes = randomBytes(length)
  const first = alphabet.charAt((bytes[0] as number) % letters)
  return first + [...bytes.subarray(1)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('')
}

/**
 * A few milliseconds of work: there is nothing to be guessed in 128 random bits, and each export pays for
 * it. The numbers are kept with the hash, so that they can be raised.
 */
const cost = { N: 1024, r: 8, p: 1 }
const hashBytes = 32

/** The secret as it is stored: `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(secret, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** Of a logon that there is none of: it takes as long to be compared, and no secret has it. */
const noHash = ['scrypt', cost.N, cost.r, cost.p, randomBytes(16).toString('base64'), ''].join('$')

/** Whether a secret is the one that was hashed; the same work where nothing was. */
export async function isSecret(secret: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? noHash).split('$')
  const found = await derive(secret, Buffer.from(salt, 'base64'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  })
  const expected = Buffer.from(hash, 'base64')
  return timingSafeEqual(found, expected.length === hashBytes ? expected : randomBytes(hashBytes))
}

const derive = (secret: string, salt: Buffer, options: typeof cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(secret, salt, hashBytes, options, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
