import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { PeopleRefusal } from './refusal.ts'

/** RFC 9106, second recommended option: 64 MiB, 3 passes, here with one lane. */
const cost = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 } as const

const deriveAtOnce = promisify(argon2)

/** Passwords that are worked on at a time: each takes its memory, and one of the threads that files need too. */
const atOnce = 2
/** Others that wait meanwhile, some seconds at most. */
const mostWaiting = 40

let running = 0
const waiting: (() => void)[] = []

/** @throws {PeopleRefusal} BUSY, before any work, where too many wait already */
async function derive(...given: Parameters<typeof deriveAtOnce>): Promise<Buffer> {
  if (running < atOnce) running++
  else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve))
  else
    throw new PeopleRefusal(
      'wait',
      'BUSY',
      'Too many people sign in at this moment.',
      'Try again in a few seconds.',
    )
  try {
    return await deriveAtOnce(...given)
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}

const shortestPassword = 12
const longestPassword = 200

/**
 * What wrong guesses begin with, and what they are made longer by. Leaked lists have hardly anything of
 * twelve characters or more that is not made of these.
 */
const guessed =
  /pass?w(?:or)?d|passwort|passphrase|qwert[yz]?|azerty|asdf(?:gh)?(?:jkl)?|[yz]xcv(?:bn)?m?|1q2w3e(?:4r)?(?:5t)?|letmein|welcome|iloveyou|login|admin(?:istrator)?|changeme|secret|default|test(?:ing)?|guest|user|monkey|dragon|sunshine|princess|football|baseball|superman|trustno1|abc|library|biblio\w*|catalog(?:ue)?|accession|marc|(?:19|20)\d\d|(?:0?123456789|987654321|12345678?|123456|12345|1234|123)0?/g

/** Characters that must be left of a password when what everybody tries is taken out. */
const fewestOwn = 7

/** What is wrong with a new password; nothing where it will do. */
export function passwordFault(
  password: string,
  { login, name }: { login: string; name: string },
): string | null {
  if (password.length < shortestPassword) return `It must have ${shortestPassword} characters or more.`
  if (password.length > longestPassword) return `It must have ${longestPassword} characters or fewer.`
  if (new Set(password).size < 5) return 'It has too few different characters.'
  const plain = password.toLowerCase()
  if ([login, name].some((own) => own.length > 2 && plain.includes(own.toLowerCase())))
    return 'It must not contain the login or the name.'
  if (new Set(plain.replace(guessed, '').replace(/[^\p{L}\p{N}]/gu, '')).size < fewestOwn)
    return 'It is made of what everybody tries first. Take some words that only you would put together.'
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
