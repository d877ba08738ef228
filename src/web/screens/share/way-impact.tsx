import type { SharePreview } from '../../../server/api/share.ts'
import { formatTime } from '../../format.ts'
import { ImpactList } from '../../sharing/impact-list.tsx'
import { text } from '../../text.ts'
import type { ShareOption } from './share-screen.tsx'

const words = text.sharing.share

/** Whom the chosen way affects besides ourselves: nobody, where the network's record stays as it is. */
export function WayImpact(props: {
  readonly match: SharePreview['matches'][number]
  readonly option: ShareOption
}) {
  const { impact } = props.match
  const isChanged = props.option.as === 'merge' || props.option.as === 'overlay'
  return (
    <section className="panel">
      <h2>{words.impact}</h2>
      {impact.lock !== null && (
        <p>
          <span className="badge" data-says="lock">
            <bdi>{text.bib.badges.locked(impact.lock.holder, formatTime(impact.lock.since))}</bdi>
          </span>
        </p>
      )}
      {isChanged ? (
        <ImpactList impact={impact} meets={props.option.meets} />
      ) : (
        <p>{words.unaffected(impact.institutions.length)}</p>
      )}
    </section>
  )
}
