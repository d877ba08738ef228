import type { Repair } from './frame.ts'

/** What a record says of itself that has no leader: a book, described in part, in UTF-8. */
const plainLeader = '00000nam a2200000 a 4500'

/**
 * A leader of 24 printable characters that says UTF-8, since that is what the text now is. One that is
 * missing is filled, one that is short is filled where it is: at its start if that was blank and fell
 * away, else at its end.
 */
export function wholeLeader(given: string | undefined, repairs: Repair[]): string {
  const printable = (given ?? '').replace(/[^\x20-\x7e]/gu, ' ')
  const leader = fitted(printable)
  if (given === undefined || printable !== given || printable.length < 24) {
    const before = given === undefined ? 'none' : given.replace(/[^\x20-\x7e]/gu, '·')
    repairs.push({ code: 'LEADER_FILLED', field: 'leader', before, after: leader })
  } else if (printable.length > 24)
    repairs.push({ code: 'LEADER_LENGTH', field: 'leader', before: given, after: leader })
  return `${leader.slice(0, 9)}a${leader.slice(10)}`
}

function fitted(leader: string): string {
  if (leader.length >= 24) return leader.slice(0, 24)
  const lostItsStart = /^ *[a-z]{2,3}.*45..$/.test(leader)
  return lostItsStart ? leader.padStart(24, '0') : leader + plainLeader.slice(leader.length)
}
