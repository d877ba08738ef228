import { Link } from '@tanstack/react-router'
import type { Bib } from '../../../server/api/bib.ts'
import { formatTime } from '../../format.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { tagWords } from '../../ui/tag-badges.tsx'

const words = text.bib

/** What is unusual about a bib, each in words: nothing is said of one that is open, published and whole. */
export function BibBadges({ bib }: { readonly bib: Bib }) {
  const { lock, briefLevel, linkedMmsId } = bib
  const tags = [
    ...tagWords(bib).map((said) => ({ name: 'tag', said })),
    ...(briefLevel === 10 ? [] : [{ name: 'brief', said: words.badges.brief(briefLevel) }]),
    ...(lock === null ? [] : [{ name: 'lock', said: lockBadge(lock) }]),
  ]
  const network = useNetworkOf(bib.zone)
  if (tags.length === 0 && linkedMmsId === null) return null
  return (
    <div className="badges">
      {tags.map(({ name, said }) => (
        <span key={said} className="badge" data-says={name}>
          <bdi>{said}</bdi>
        </span>
      ))}
      {linkedMmsId !== null && network !== null && (
        <Link
          className="badge"
          data-says="linked"
          to="/zones/$zone/bibs/$mmsId"
          params={{ zone: network, mmsId: linkedMmsId }}
        >
          {words.linkedTo(network, linkedMmsId)}
        </Link>
      )}
    </div>
  )
}

function lockBadge({ yours, holder, since }: NonNullable<Bib['lock']>): string {
  return yours ? words.badges.lockedYours(formatTime(since)) : words.badges.locked(holder, formatTime(since))
}

/** The network of a zone, or nothing. */
function useNetworkOf(zone: string): string | null {
  const { zones } = useZone()
  return zones.find(({ code }) => code === zone)?.network ?? null
}
