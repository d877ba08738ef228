import type { SharePreview } from '../../../server/api/share.ts'
import { formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.sharing.share

/** Which bib is shared, whose it is, and by what it was looked for. */
export function ShareHead({ preview }: { readonly preview: SharePreview }) {
  const { zone, network, mmsId, title, method, profile, lock } = preview
  return (
    <header className="report-head">
      <h1>
        {words.title} <bdi className="head-label">{title === '' ? text.report.untitled : title}</bdi>
      </h1>
      <div className="head-line">
        <span>
          <ZonePill code={zone} />
          {' → '}
          <ZonePill code={network} />
        </span>
        <span className="mms-id">{mmsId}</span>
        <span>
          <TagBadges of={preview} />
          {lock !== null && (
            <span className="badge" data-says="lock">
              <bdi>{text.bib.badges.locked(lock.holder, formatTime(lock.since))}</bdi>
            </span>
          )}
        </span>
        <span>
          {method !== null && `${words.matchedBy(method.name)}, `}
          {words.profile(profile, network)}
        </span>
      </div>
    </header>
  )
}
