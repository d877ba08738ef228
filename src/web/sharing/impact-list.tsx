import type { Impact, SharePreview } from '../../server/api/share.ts'
import { formatTime } from '../format.ts'
import { text } from '../text.ts'
import { BibOf } from '../ui/bib-of.tsx'
import { InventoryCounts } from '../ui/inventory-counts.tsx'
import { TagBadges } from '../ui/tag-badges.tsx'

const words = text.sharing.impact

type Meets = SharePreview['options'][number]['meets']

/**
 * The institutions that are linked to a bib and see a change of it in the same moment: what each has of it, its
 * local fields, and who has its bib open. `meets` names those whose local fields have tags that change.
 */
export function ImpactList(props: { readonly impact: Impact; readonly meets?: Meets }) {
  const { institutions, withInventory } = props.impact
  if (institutions.length === 0) return <p>{words.nobody}</p>
  return (
    <>
      <p>{words.sum(institutions.length, withInventory)}</p>
      <ImpactedInstitutions {...props} />
    </>
  )
}

/** The same without the sum, where that is said beside it. */
export function ImpactedInstitutions({
  impact: { institutions },
  meets = [],
}: {
  readonly impact: Impact
  readonly meets?: Meets
}) {
  return (
    <ul className="held-by impact">
      {institutions.map((each) => {
        const { zone, name, mmsId, lock, localTags, holdings, items, portfolios } = each
        const met = meets.find((one) => one.zone === zone)
        return (
          <li key={`${zone} ${mmsId}`}>
            <span>
              <BibOf zone={zone} name={name} mmsId={mmsId} /> <TagBadges of={each} />
              {lock !== null && (
                <span className="badge" data-says="lock">
                  <bdi>{text.bib.badges.locked(lock.holder, formatTime(lock.since))}</bdi>
                </span>
              )}
            </span>
            <InventoryCounts inventory={{ holdings, items, portfolios }} isInstitution />
            {met === undefined
              ? localTags.length > 0 && <small>{words.localFields(localTags)}</small>
              : met.tags.length > 0 && <small className="meets">{words.met(met.tags)}</small>}
          </li>
        )
      })}
    </ul>
  )
}
