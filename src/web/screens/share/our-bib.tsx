import { useQuery } from '@tanstack/react-query'
import type { SharePreview } from '../../../server/api/share.ts'
import { heldByQuery } from '../../api/search-queries.ts'
import { text } from '../../text.ts'
import { InventoryCounts } from '../../ui/inventory-counts.tsx'
import { tagWords } from '../../ui/tag-badges.tsx'
import type { ShareOption } from './share-screen.tsx'

const words = text.sharing.share

/** What happens to the institution's bib: its number, what hangs on it, its own fields, and what it loses. */
export function OurBib({
  preview,
  option,
}: {
  readonly preview: SharePreview
  readonly option: ShareOption
}) {
  const { zone, mmsId } = preview
  const { data } = useQuery(heldByQuery(zone, mmsId))
  const held = data?.institutions.find((one) => one.zone === zone && one.mmsId === mmsId)
  const tags = tagWords(preview)
  return (
    <section className="panel">
      <h2>{words.bib}</h2>
      <div className="stack">
        <p>{words.keeps(mmsId)}</p>
        {held !== undefined && (
          <p className="what-hangs">
            {words.inventory} <InventoryCounts inventory={held.inventory} isInstitution />
          </p>
        )}
        {tags.length > 0 && <p>{words.tags(tags)}</p>}
        <FieldList title={words.lostTitle} meaning={words.lostMeaning} fields={option.lost} isBad>
          {words.lostNone}
        </FieldList>
        <FieldList title={words.stays} fields={option.refused === null ? option.stays : preview.local}>
          {words.staysNone}
        </FieldList>
      </div>
    </section>
  )
}

/** Fields as a cataloguer writes them; what is said where there are none. */
function FieldList(props: {
  readonly title: string
  readonly meaning?: string
  readonly fields: readonly string[]
  readonly isBad?: boolean
  readonly children: string
}) {
  const { title, meaning, fields, isBad = false, children } = props
  if (fields.length === 0) return <p className="none">{children}</p>
  return (
    <div className={isBad ? 'field-list lost' : 'field-list'}>
      <h3>{title}</h3>
      {meaning !== undefined && <p className="hint">{meaning}</p>}
      <ul>
        {fields.map((field, place) => (
          <li key={`${place} ${field}`}>
            <bdi dir="auto">{field}</bdi>
          </li>
        ))}
      </ul>
    </div>
  )
}
