import type { PublishToOclc } from '../../rules/bib-state.ts'

/*
 * What somebody has written and not saved, kept in the browser: it is there again when the page was closed, or the
 * session had ended.
 */

export type Draft = {
  /** The version that it was made of; nothing for a new bib. */
  readonly version: number | null
  readonly text: string
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  /** When it was last written in, in ISO 8601. */
  readonly at: string
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Under person, zone, and the bib or what a new one began with: nobody is shown what another has written. */
export const draftName = (person: string, zone: string, of: string): string =>
  `accession.draft ${JSON.stringify([person, zone, of])}`

export function readDraft(shelf: Shelf, name: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(name) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

/** Whether there was room for it. */
export function keepDraft(shelf: Shelf, name: string, draft: Draft): boolean {
  try {
    shelf.setItem(name, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function dropDraft(shelf: Shelf, name: string): void {
  shelf.removeItem(name)
}

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false
  const { version, text, suppressed, publishToOclc, at } = kept as Partial<Record<keyof Draft, unknown>>
  return (
    (version === null || Number.isSafeInteger(version)) &&
    typeof text === 'string' &&
    typeof suppressed === 'boolean' &&
    (publishToOclc === 'publish' ||
      publishToOclc === 'holdings-only' ||
      publishToOclc === 'do-not-publish') &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at))
  )
}
