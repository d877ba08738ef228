import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FoundBib } from '../../../server/api/search.ts'
import { formatTime } from '../../format.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { FormatName } from '../../ui/format-icon.tsx'
import { InventoryCounts } from '../../ui/inventory-counts.tsx'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.search.row

/** A result: what it is, what is unusual about it, and what hangs on it. */
export function ResultRow(props: {
  readonly zone: string
  readonly row: FoundBib
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly onSelect: () => void
  readonly onFocus: () => void
  readonly onOpen: () => void
  readonly menu: ReactNode
}) {
  const { zone, row, isActive, isSelected, onSelect, onFocus, onOpen, menu } = props
  const { mmsId, title, otherTitle, creator, imprint, identifiers, item, portfolio } = row
  const number = identifiers.find((one) => one.startsWith('OCLC ')) ?? identifiers[0]
  const from = useRouterState({ select: ({ location }) => location.href })
  const { zones } = useZone()
  const isInstitution = zones.find(({ code }) => code === zone)?.kind === 'institution'
  return (
    <div
      role="row"
      tabIndex={isActive ? 0 : -1}
      aria-selected={isSelected}
      className="result"
      onFocus={onFocus}
      onDoubleClick={onOpen}
    >
      <div role="gridcell" className="result-select">
        <input
          type="checkbox"
          tabIndex={isActive ? 0 : -1}
          checked={isSelected}
          onChange={onSelect}
          aria-label={text.sets.select.row(title === '' ? text.report.untitled : title)}
        />
      </div>
      <div role="gridcell" className="result-main">
        <p className="result-title">
          <Link
            to="/zones/$zone/bibs/$mmsId"
            params={{ zone, mmsId }}
            state={{ resultsAt: from }}
            tabIndex={isActive ? 0 : -1}
          >
            {title === '' ? <em>{text.report.untitled}</em> : <bdi>{title}</bdi>}
          </Link>
          <RowBadges row={row} />
        </p>
        {otherTitle !== null && (
          <p className="result-other" lang={otherTitle.lang ?? undefined}>
            <bdi dir={otherTitle.dir}>{otherTitle.text}</bdi>
          </p>
        )}
        <p className="result-line">
          <FormatName type={row.resourceType} isElectronic={row.carrier === 'electronic'} />
          {creator !== null && <bdi>{creator}</bdi>}
          {imprint !== null && <bdi>{imprint}</bdi>}
        </p>
        {item !== undefined && (
          <p className="result-line">
            {item.barcode !== null && <bdi>{words.barcode(item.barcode)}</bdi>}
            <bdi>{item.library}</bdi>
            <bdi>{item.location}</bdi>
            <bdi>{item.callNumber}</bdi>
            {item.description !== null && <bdi>{item.description}</bdi>}
            <span>{named(text.inventory.statuses, item.status)}</span>
          </p>
        )}
        {portfolio !== undefined && (
          <p className="result-line">
            <span>{named(text.inventory.availability, portfolio.availability)}</span>
            {portfolio.url !== null && <bdi>{portfolio.url}</bdi>}
            {portfolio.coverage !== null && <bdi>{portfolio.coverage}</bdi>}
          </p>
        )}
      </div>
      <div role="gridcell" className="result-side">
        <InventoryCounts inventory={row.inventory} isInstitution={isInstitution} />
        <p className="result-numbers">
          <bdi className="mms-id">{mmsId}</bdi>
          {number !== undefined && <bdi>{number}</bdi>}
        </p>
      </div>
      <div role="gridcell" className="result-menu">
        {menu}
      </div>
    </div>
  )
}

function RowBadges({ row }: { readonly row: FoundBib }) {
  const { briefLevel, lock, linkedMmsId } = row
  const { zones } = useZone()
  const linkedZone = zones.find(({ suffix }) => linkedMmsId?.endsWith(suffix) === true)
  const { badges } = text.bib
  return (
    <>
      {linkedZone !== undefined && <ZonePill code={linkedZone.code} />}
      <TagBadges of={row} />
      {briefLevel < 10 && <span className="badge">{badges.brief(briefLevel)}</span>}
      {lock !== null && (
        <span className="badge">
          <bdi>
            {lock.yours
              ? badges.lockedYours(formatTime(lock.since))
              : badges.locked(lock.holder, formatTime(lock.since))}
          </bdi>
        </span>
      )}
    </>
  )
}

/** The words for a code; the code where there are none. */
const named = (names: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(names, code) ? (names[code] ?? code) : code
