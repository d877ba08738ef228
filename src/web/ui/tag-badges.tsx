import { Fragment } from 'react'
import type { Bib } from '../../server/api/bib.ts'
import { text } from '../text.ts'

const { badges } = text.bib

/** D18: that a bib is suppressed, or not published, in words; of one that is neither nothing is said. */
export function TagBadges({ of }: { readonly of: Pick<Bib, 'suppressed' | 'publishToOclc'> }) {
  return tagWords(of).map((said, place) => (
    <Fragment key={said}>
      {place > 0 && ' '}
      <span className="badge">{said}</span>
    </Fragment>
  ))
}

export const tagWords = ({
  suppressed,
  publishToOclc,
}: Pick<Bib, 'suppressed' | 'publishToOclc'>): readonly string[] => [
  ...(suppressed ? [badges.suppressed] : []),
  ...(publishToOclc === 'publish' ? [] : [badges[publishToOclc]]),
]
