import { useQuery } from '@tanstack/react-query'
import type { Zone } from '../../../../server/api/zone.ts'
import { librariesQuery } from '../../../api/inventory-queries.ts'
import { text } from '../../../text.ts'
import { Choice } from '../../../ui/choice.tsx'

const words = text.inventory

export type Place = { readonly library: string; readonly location: string }

/** Of which institution; nothing to choose where there is one. */
export function OwnerChoice(props: {
  readonly owners: readonly Zone[]
  readonly owner: string
  readonly onChange: (zone: string) => void
}) {
  const { owners, owner, onChange } = props
  if (owners.length < 2) return null
  return (
    <Choice
      label={words.zone}
      value={owner}
      onChange={onChange}
      options={owners.map(({ code, name, kind }) => ({ id: code, label: name, kind }))}
    />
  )
}

/** One of the zone's locations, with its library. */
export function PlaceChoice(props: {
  readonly zone: string
  readonly place: Place | null
  readonly onChange: (place: Place) => void
}) {
  const { zone, place, onChange } = props
  const { data: libraries } = useQuery({ ...librariesQuery(zone), enabled: zone !== '' })
  const places = (libraries ?? []).flatMap((library) =>
    library.locations.map((location) => ({
      id: `${library.code} ${location.code}`,
      label: `${library.name} · ${location.name}`,
      place: { library: library.code, location: location.code },
    })),
  )
  if (libraries !== undefined && places.length === 0) return <p className="notice">{words.noPlace}</p>
  return (
    <Choice
      label={words.place}
      value={place === null ? null : `${place.library} ${place.location}`}
      placeholder="…"
      onChange={(id) => {
        const found = places.find((one) => one.id === id)
        if (found) onChange(found.place)
      }}
      options={places}
    />
  )
}
