import { userInfo } from 'node:os'

/** Who works at this machine: the name that is noted where there is no sign-in. */
export function personHere(): string {
  try {
    return userInfo().username
  } catch {
    return 'local'
  }
}
