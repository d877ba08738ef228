import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import { type Collection, collectionsQuery } from '../../api/collection-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { saysAll } from '../../shell/palette-words.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { useTitle } from '../../ui/title.ts'
import { collectionColumns } from './collection-columns.tsx'
import { NewCollection } from './new-collection.tsx'

const words = text.collections
const all = 'all'
const activated = 'activated'
const route = getRouteApi('/collections')

/** The electronic collections of the community zone and of the zone that the person works in. */
export function CollectionsScreen() {
  useTitle(words.title)
  const { of: asked } = route.useSearch()
  const navigate = useNavigate()
  const { zone, zones } = useZone()
  const here = zone?.code ?? ''
  const [typed, setTyped] = useState('')
  const [isAdding, setIsAdding] = useState(false)
  const filterInput = useRef<HTMLInputElement>(null)
  const { data, error, refetch } = useQuery(collectionsQuery(here))
  const columns = useMemo(() => collectionColumns(here), [here])
  const collections = data ?? []
  const zonesOfThem = zones.filter(({ code }) => collections.some((one) => one.zone === code))
  const shown = collections.filter(
    (collection) =>
      (asked === undefined || (asked === activated ? collection.activated > 0 : collection.zone === asked)) &&
      (typed.trim() === '' || saysAll(wordsOf(collection), typed)),
  )
  const isFiltered = typed.trim() !== '' || asked !== undefined
  const changes = collections.reduce((sum, collection) => sum + collection.changes, 0)

  useCommands([
    { name: 'filter', label: text.commands.filter, run: () => filterInput.current?.focus() },
    { name: 'new collection', label: words.add, run: () => setIsAdding(true) },
    {
      name: 'changes of titles',
      label: text.changes.title,
      run: () => void navigate({ to: '/collections/changes' }),
    },
  ])
  const narrow = (value: string) =>
    void navigate({ to: '/collections', search: value === all ? {} : { of: value } })
  return (
    <div className="screen fills">
      <div className="screen-head">
        <div>
          <h1>{words.title}</h1>
          {zone !== null && <p className="hint">{words.seenFrom(zone.name)}</p>}
        </div>
        <span className="actions">
          <Link to="/collections/changes" className="button">
            {changes === 0 ? words.noChanges : words.changes(changes)}
          </Link>
          <Button className="button primary" onPress={() => setIsAdding(true)}>
            {words.add}
          </Button>
        </span>
      </div>
      <div className="filters">
        <SearchField className="filter" value={typed} onChange={setTyped}>
          <Label>{words.filter}</Label>
          <Input ref={filterInput} />
        </SearchField>
        <Choice
          label={words.which}
          value={asked ?? all}
          onChange={narrow}
          options={[
            { id: all, label: words.all },
            { id: activated, label: words.activated },
            ...zonesOfThem.map(({ code }) => ({ id: code, label: words.ofZone(code) })),
          ]}
        />
        <p className="filter-count" role="status">
          {isFiltered ? words.count(shown.length, collections.length) : words.shown(collections.length)}
        </p>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {data !== undefined && (
        <Grid
          label={words.list}
          columns={columns}
          rows={shown}
          keyOf={({ collectionId }) => collectionId}
          total={shown.length}
          onOpen={({ collectionId }) =>
            void navigate({
              to: '/zones/$zone/collections/$id',
              params: { zone: here, id: collectionId },
            })
          }
          rowRem={2.25}
          narrowRowRem={7}
          empty={
            isFiltered ? (
              <>
                <h2>{words.none}</h2>
                <Button
                  className="button"
                  onPress={() => {
                    setTyped('')
                    narrow(all)
                  }}
                >
                  {words.clear}
                </Button>
              </>
            ) : (
              <>
                <h2>{words.empty}</h2>
                <p>{words.emptyTeach}</p>
              </>
            )
          }
        />
      )}
      {isAdding && <NewCollection onClose={() => setIsAdding(false)} />}
    </div>
  )
}

const wordsOf = ({ name, provider, collectionId, zone, fileName }: Collection): string =>
  [name, provider, collectionId, zone, fileName].filter((part) => part !== null).join(' ')
