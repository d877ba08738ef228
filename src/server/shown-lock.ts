import type { HeldLock } from '../catalog/lock.ts'
import type { Lock } from './api/bib.ts'

/** A lock as somebody is told of it: its token is its holder's alone. */
export const shownLock = ({ holder, since, seenAt, until }: HeldLock, person: string): Lock => ({
  holder,
  since,
  seenAt,
  until,
  yours: holder === person,
})
