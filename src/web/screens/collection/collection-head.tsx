import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Collection } from '../../api/collection-queries.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Given } from '../../ui/given.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.collection

/** What a collection is, whose, and how much of it a zone has. */
export function CollectionHead(props: {
  readonly collection: Collection
  readonly zone: string
  readonly onZone: (zone: string) => void
  readonly children: ReactNode
}) {
  const { collection, zone } = props
  const { zones } = useZone()
  const seers = zones.filter(({ code, kind }) => kind === 'institution' || code === collection.zone)
  const isSeer = seers.some(({ code }) => code === zone)
  const shown = isSeer ? seers : [...zones.filter(({ code }) => code === zone), ...seers]
  return (
    <div className="report-head">
      <div className="screen-head">
        <h1>
          <span className="head-kind">{words.kind}</span>{' '}
          <span className="head-label">
            <Given words={collection.name} />
          </span>
        </h1>
        <Choice
          className="seen-from"
          label={words.zone}
          value={zone}
          onChange={props.onZone}
          options={shown.map(({ code, name, kind }) => ({
            id: code,
            label: `${text.zoneKinds[kind]} · ${name}`,
            kind,
          }))}
          kind={zones.find(({ code }) => code === zone)?.kind}
        />
      </div>
      <p className="head-line">
        <ZonePill code={collection.zone} />
        {collection.provider !== null && <Given words={words.by(collection.provider)} />}
        <span>
          {words.number} <code>{collection.collectionId}</code>
        </span>
        {collection.services.map(({ serviceId, name }) => (
          <span key={serviceId}>
            {words.services} <Given words={name} /> <code>{serviceId}</code>
          </span>
        ))}
      </p>
      <p className="head-line">
        <strong>{words.counts(collection.portfolios, collection.withdrawn)}</strong>
        {collection.zone !== zone && <span>{words.activatedOf(collection.activated, zone)}</span>}
        {collection.changes > 0 && <Link to="/collections/changes">{words.changes(collection.changes)}</Link>}
      </p>
      <div className="head-actions">{props.children}</div>
    </div>
  )
}
