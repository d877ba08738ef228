import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as they are given to somebody once; we keep the hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 as hex digits. Enough for what is random already; passwords go through `password.ts`. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
