import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Bib } from '../../../server/api/bib.ts'
import { searchQuery } from '../../api/queries.ts'
import { formatTime } from '../../format.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'

const words = text.bib

/** What is unusual about a bib, each in words: nothing is said of one that is open, published and whole. */
export function BibBadges({ bib }: { readonly bib: Bib }) {
  const { lock, suppressed, publishToOclc, briefLevel, linkedMmsId } = bib
  const tags = [
    ...(suppressed ? [{ name: 'suppressed', said: words.badges.suppressed }] : []),
    ...(publishToOclc === 'publish' ? [] : [{ name: 'publish', said: words.badges[publishToOclc] }]),
    ...(briefLevel === 10 ? [] : [{ name: 'brief', said: words.badges.brief(briefLevel) }]),
    ...(lock === null ? [] : [{ name: 'lock', said: lockBadge(lock) }]),
  ]
  const network = useNetworkOf(bib.zone)
  const linkedFrom = useLinkedFrom(bib)
  if (tags.length === 0 && linkedMmsId === null && linkedFrom === null) return null
  return (
    <div className="badges">
      {tags.map(({ name, said }) => (
        <span key={name} className="badge" data-says={name}>
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
      {linkedFrom !== null && (
        <Link
          className="badge"
          data-says="linked"
          to="/zones/$zone/bibs/$mmsId"
          params={{ zone: linkedFrom.zone, mmsId: linkedFrom.mmsId }}
        >
          {words.linkedFrom(linkedFrom.zone, linkedFrom.mmsId)}
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

/** The bib that is linked to this one in the institution that the person works in: the way back. */
function useLinkedFrom(bib: Bib): { readonly zone: string; readonly mmsId: string } | null {
  const { zone } = useZone()
  const isMember = zone?.kind === 'institution' && zone.network === bib.zone
  // A linked bib is found by the number of the one that it is linked to (D14).
  const { data } = useQuery({ ...searchQuery(zone?.code ?? '', bib.mmsId), enabled: isMember })
  const found = isMember ? data?.rows.find(({ linkedMmsId }) => linkedMmsId === bib.mmsId) : undefined
  return zone === null || found === undefined ? null : { zone: zone.code, mmsId: found.mmsId }
}
