import { type Findings, report } from './problem.ts'

/*
 * `$6` ties a field to its 880, which has the same in another script: 245 has `880-01`, the 880 has `245-01/…`.
 * 00 is the number of an 880 without a partner.
 */

export type Link = {
  readonly at: number
  /** The tag of the field that has the `$6`, the one that the `$6` names, and their number. */
  readonly tag: string
  readonly to: string
  readonly number: string
}

const form = /^([0-9]{3})-([0-9]{2,})(?:\/|$)/

/** The tag that a `$6` names, where it has the form of one. */
export const linkedTag = (value: string): string | null => form.exec(value)?.[1] ?? null

/** What a `$6` says; a finding where it is none. */
export function readLink(value: string, tag: string, at: number, findings: Findings): Link | null {
  const [, to, number] = form.exec(value) ?? []
  if (to === undefined || number === undefined || (tag === '880') === (to === '880')) {
    report(findings, 'LINKAGE_INVALID', `${tag} $6`, at, value)
    return null
  }
  return { at, tag, to, number }
}

/** Each link leads to a field that leads back. */
export function validateLinks(links: readonly Link[], findings: Findings): void {
  const there = new Set(links.map(({ tag, to, number }) => `${tag} ${to}-${number}`))
  for (const { at, tag, to, number } of links) {
    if (/^0+$/.test(number) || there.has(`${to} ${tag}-${number}`)) continue
    report(findings, 'LINKAGE_BROKEN', `${tag} $6`, at, `${to}-${number}`)
  }
}
