import type { Repair } from './frame.ts'
import { mendLeader } from './iso2709/leader.ts'

/** What a record says of itself that has no leader: a book, described in part, in UTF-8. */
const plainLeader = '00000nam a2200000 a 4500'

/**
 * A leader of 24 printable characters that says UTF-8, since that is what the text now is. One that is
 * missing is filled; of one of another length it is found out what was lost or gained, and more than
 * that is filled at its start if its blanks fell away there, else at its end.
 */
export function wholeLeader(given: string | undefined, repairs: Repair[]): string {
  const leader = given === undefined ? plainLeader : fitted(given)
  if (given !== leader) {
    const code = given === undefined || given.length === 24 ? 'LEADER_FILLED' : 'LEADER_LENGTH'
    const before = given === undefined ? 'none' : given.replace(/[^\x20-\x7e]/g, '·')
    repairs.push({ code, field: 'leader', before, after: leader })
  }
  return `${leader.slice(0, 9)}a${leader.slice(10)}`
}

function fitted(given: string): string {
  const leader = given.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ' ')
  const isInPlace = leader.startsWith('22', 10) && leader.startsWith('45', 20)
  if (leader.length > 25 || (leader.length === 25 && isInPlace)) return mendLeader(leader.slice(0, 24))
  if (leader.length >= 23) return mendLeader(leader)
  const lostItsStart = /^ *[a-z]{2,3}.*45..$/.test(leader)
  return mendLeader(lostItsStart ? leader.padStart(24, '0') : leader + plainLeader.slice(leader.length))
}
