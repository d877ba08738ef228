import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** RFC 9106, second recommended option: 64 MiB, 3 passes, here with one lane. */
const cost = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 } as const

const derive = promisify(argon2)

const shortestPassword = 12
const longestPassword = 200

/** What is wrong with a new password; nothing where it will do. */
export function passwordFault(
  password: string,
  { login, name }: { login: string; name: string },
): string | null {
  if (password.length < shortestPassword) return `It must have ${shortestPassword} characters or more.`
  if (password.length > longestPassword) return `It must have ${longestPassword} characters or fewer.`
  if (new Set(password).size < 5) return 'It has too few different characters.'
  const plain = password.toLowerCase()
  if (plain.includes(login.toLowerCase()) || plain.includes(name.toLowerCase()))
    return 'It must not contain the login or the name.'
  return null
}

/** argon2id in the PHC string form, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await derive('argon2id', { message: password.normalize('NFC'), nonce, ...cost })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(hash)}`
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** Made of no password: whoever tries an unknown login waits as long as with a known one. */
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(Buffer.alloc(16))}$${unpadded(Buffer.alloc(32))}`

/** Whether a password is the one that was hashed; without a hash the answer is no, and takes as long. */
export async function isPassword(password: string, phc: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc ?? nobodys)
  if (!parts) throw new Error('a password in the database is of no known form')
  const [, memory, passes, parallelism, nonce = '', kept = ''] = parts
  const expected = Buffer.from(kept, 'base64')
  const hash = await derive('argon2id', {
    message: password.slice(0, longestPassword).normalize('NFC'),
    nonce: Buffer.from(nonce, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  })
  return timingSafeEqual(hash, expected) && phc !== null
}
