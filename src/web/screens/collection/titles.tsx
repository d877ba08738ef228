import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import { allRows } from '../../api/all-rows.ts'
import { type Collection, type Offered, offeredQuery, offerStates } from '../../api/collection-queries.ts'
import { keyTable } from '../../keys/key-table.ts'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import type { CollectionSearch } from './collection-search.ts'
import { titleColumns } from './title-columns.tsx'

const words = text.collection.titles
const all = 'all'

/** Milliseconds without a key after which what was typed is searched for. */
const pause = 250

/** The titles of a collection, searched within, some of them chosen. */
export function Titles(props: {
  readonly collection: Collection
  /** Of which it is said what is activated. */
  readonly zone: string
  readonly search: CollectionSearch
  readonly onSearch: (search: CollectionSearch) => void
  /** By the numbers of their portfolios; nothing where they cannot be activated here. */
  readonly chosen: ReadonlyMap<string, Offered> | null
  readonly onChosen: (chosen: ReadonlyMap<string, Offered>) => void
}) {
  const { collection, zone, search, onSearch, chosen, onChosen } = props
  const navigate = useNavigate()
  const filterInput = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.q ?? '')
  const { q, state } = search
  const filter = useMemo(
    () => ({ ...(q === undefined ? {} : { q }), ...(state === undefined ? {} : { state }) }),
    [q, state],
  )
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPending } =
    useInfiniteQuery(offeredQuery(zone, collection.collectionId, filter))
  const narrow = (part: 'q' | 'state', value: string) => {
    const { [part]: _, ...others } = search
    onSearch(value === '' ? others : { ...others, [part]: value })
  }
  const latest = useRef(narrow)
  useEffect(() => {
    latest.current = narrow
  })
  useEffect(() => {
    if (typed.trim() === (q ?? '')) return undefined
    const timer = setTimeout(() => latest.current('q', typed.trim()), pause)
    return () => clearTimeout(timer)
  }, [typed, q])
  const toggle = (row: Offered) => {
    if (chosen === null) return
    const next = new Map(chosen)
    if (!next.delete(row.portfolioId)) next.set(row.portfolioId, row)
    onChosen(next)
  }
  useCommands([{ name: 'filter', label: text.commands.filter, run: () => filterInput.current?.focus() }])
  const rows = allRows(data)
  const isFiltered = q !== undefined || state !== undefined
  return (
    <div className="stack">
      <div className="filters">
        <SearchField className="filter" value={typed} onChange={setTyped}>
          <Label>{words.search}</Label>
          <Input ref={filterInput} placeholder={words.searchHelp} />
        </SearchField>
        <Choice
          label={words.state}
          value={state ?? all}
          onChange={(value) => narrow('state', value === all ? '' : value)}
          options={[all, ...offerStates].map((id) => ({
            id,
            label: words.states[id as keyof typeof words.states],
          }))}
        />
        <p className="filter-count" role="status">
          {chosen !== null && chosen.size > 0 ? words.chosen(chosen.size) : ''}
        </p>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {!isPending && (
        <Grid
          label={words.list(collection.name)}
          columns={titleColumns({ collection, zone, chosen, onToggle: toggle })}
          rows={rows}
          keyOf={({ portfolioId }) => portfolioId}
          total={hasNextPage ? null : rows.length}
          onOpen={({ mmsId, activatedMmsId }) =>
            void navigate({
              to: '/zones/$zone/bibs/$mmsId',
              params:
                activatedMmsId === null ? { zone: collection.zone, mmsId } : { zone, mmsId: activatedMmsId },
            })
          }
          onKey={(chord, row) => {
            if (chord !== keyTable.chooseTitle.keys[0] || chosen === null) return false
            toggle(row)
            return true
          }}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
          }}
          rowRem={2}
          narrowRowRem={6}
          empty={
            isFiltered ? (
              <>
                <h2>{words.none}</h2>
                <Button
                  className="button"
                  onPress={() => {
                    setTyped('')
                    onSearch({})
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
    </div>
  )
}
