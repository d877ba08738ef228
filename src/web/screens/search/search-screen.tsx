import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouterState } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { FoundBib } from '../../../server/api/search.ts'
import type { Zone } from '../../../server/api/zone.ts'
import { foundQuery } from '../../api/search-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { Taken } from '../../sharing/taken.tsx'
import { useTake } from '../../sharing/use-take.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { parseCql } from '../../../rules/search/parse-cql.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { AddToSet } from './add-to-set.tsx'
import { useMayNotEdit } from '../editor/use-may-not-edit.ts'
import { AdvancedForm } from './advanced-form.tsx'
import { FacetList } from './facet-list.tsx'
import { LinkThese } from './link-these.tsx'
import { countOf, NothingFound } from './nothing-found.tsx'
import { Pager } from './pager.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { ResultList } from './result-list.tsx'
import { ScopeTabs } from './scope-tabs.tsx'
import { scopesOf } from './scopes.ts'
import { SavedSearches } from './saved-searches.tsx'
import { SearchBox } from './search-box.tsx'
import { SearchChips } from './search-chips.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { askedOf, changed, isAsked, type SearchState, sorts } from './search-state.ts'
import { TakeAlong } from './take-along.tsx'
import { useSelection } from './use-selection.ts'
import { wholeQueryOf } from './whole-query.ts'

const words = text.search
const route = getRouteApi('/search')

/** The search of a zone's catalogue: simple and advanced, narrowed by what the results have, a page at a time. */
export function SearchScreen() {
  const state = route.useSearch()
  const navigate = useNavigate()
  const { zones, zone: working } = useZone()
  const searched = zones.find(({ code }) => code === state.zone) ?? working
  const [isAdvanced, setIsAdvanced] = useState(state.query !== undefined)
  const input = useRef<HTMLInputElement>(null)
  useTitle(state.q === undefined ? words.title : words.titleOf(state.q))

  const go = (next: SearchState) => void navigate({ to: '/search', search: next, resetScroll: false })
  const scopes = scopesOf(zones, working, searched)
  const toScope = (zone: Zone) => go(changed(state, { zone: zone.code }))
  useCommands([
    { name: 'filter', label: text.commands.filter, run: () => input.current?.focus() },
    { name: 'advancedSearch', label: text.commands.advancedSearch, run: () => setIsAdvanced(!isAdvanced) },
    ...scopes.map(({ kind, zone }) => ({
      name: scopeCommands[kind],
      label: text.commands[scopeCommands[kind]],
      whyNot: zone === null ? words.noScope[kind] : null,
      run: () => {
        if (zone !== null) toScope(zone)
      },
    })),
  ])

  return (
    <div className="screen">
      <div className="screen-head">
        <h1>{words.title}</h1>
        {searched !== null && <ScopeTabs scopes={scopes} zone={searched} onChoose={toScope} />}
      </div>
      <div className="search-line">
        <SearchBox
          key={`box ${state.q}`}
          state={state}
          input={input}
          isAdvanced={isAdvanced}
          onAdvanced={() => setIsAdvanced(!isAdvanced)}
          onSearch={({ q, ...change }) =>
            go(changed(state, { ...change, q: q?.trim() === '' ? undefined : q?.trim() }))
          }
        />
        {searched !== null && <SavedSearches zone={searched.code} state={state} onSearch={go} />}
      </div>
      {isAdvanced && (
        <AdvancedForm
          key={`form ${state.query}`}
          query={state.query}
          onSearch={(query) => go(changed(state, { query }))}
        />
      )}
      {isAsked(state) && searched !== null ? (
        <Results state={state} zone={searched} scopes={scopes.flatMap(({ zone }) => zone ?? [])} go={go} />
      ) : (
        <Begin />
      )}
    </div>
  )
}

const scopeCommands = {
  institution: 'searchInstitution',
  network: 'searchNetwork',
  community: 'searchCommunity',
} as const

function Begin() {
  return (
    <div className="empty">
      <h2>{words.begin.title}</h2>
      <p>{words.begin.teach}</p>
      <p>{words.begin.advanced}</p>
    </div>
  )
}

function Results(props: {
  readonly state: SearchState
  readonly zone: Zone
  readonly scopes: readonly Zone[]
  readonly go: (state: SearchState) => void
}) {
  const { state, zone, scopes, go } = props
  const navigate = useNavigate()
  const { data, error, isPlaceholderData, refetch } = useQuery(foundQuery(zone.code, state))
  const [activeAt, setActiveAt] = useState(0)
  const [isPreviewed, setIsPreviewed] = useState(false)
  const [isAdding, setIsAdding] = useState(false)
  const facets = useRef<HTMLElement>(null)
  const selection = useSelection(`${zone.code} ${askedOf(changed(state, {})).toString()}`)
  const mayNotAdd = useMayNot('set.edit', zone.code)
  const pages = usePages(state, data?.next ?? null)
  const taking = useTake(zone)
  const rows = data?.rows ?? []
  const active = Math.min(activeAt, Math.max(rows.length - 1, 0))
  const row = rows[active]
  const from = useRouterState({ select: ({ location }) => location.href })
  const open = ({ mmsId }: FoundBib) =>
    void navigate({
      to: '/zones/$zone/bibs/$mmsId',
      params: { zone: zone.code, mmsId },
      state: { resultsAt: from },
    })
  const whyNotAdd = row === undefined ? text.sets.add.noRow : mayNotAdd
  const noRow = row === undefined ? text.sharing.take.noRow : null
  const whyNotTake = noRow ?? taking.whyNot
  const edit = ({ mmsId }: FoundBib) =>
    void navigate({ to: '/zones/$zone/bibs/$mmsId/edit', params: { zone: zone.code, mmsId } })
  const mayNotEdit = useMayNotEdit(zone.code)
  useCommands([
    {
      name: 'facets',
      label: text.commands.facets,
      run: () => facets.current?.querySelector<HTMLElement>('button, input')?.focus(),
    },
    {
      name: 'previewRow',
      label: text.commands.previewRow,
      whyNot: noRow,
      run: () => setIsPreviewed(!isPreviewed),
    },
    {
      name: 'editRow',
      label: text.commands.editRow,
      whyNot: noRow ?? mayNotEdit,
      run: () => row && edit(row),
    },
    {
      name: 'copyToCatalogue',
      label: text.commands.copyToCatalogue,
      whyNot: whyNotTake,
      run: () => row && taking.take('copy', row.mmsId),
    },
    {
      name: 'linkToCatalogue',
      label: text.commands.linkToCatalogue,
      whyNot: whyNotTake,
      run: () => row && taking.take('link', row.mmsId),
    },
    {
      name: 'addToSet',
      label: text.commands.addToSet,
      whyNot: whyNotAdd,
      run: () => setIsAdding(true),
    },
    {
      name: 'nextPage',
      label: text.commands.nextPage,
      whyNot: pages.next === null ? words.pages.noNext : null,
      run: () => pages.next?.(),
    },
    {
      name: 'previousPage',
      label: text.commands.previousPage,
      whyNot: pages.previous === null ? words.pages.noPrevious : null,
      run: () => pages.previous?.(),
    },
  ])

  if (error !== null || isSaidAbove(state)) {
    return (
      <>
        <SearchChips state={state} onChange={go} />
        {error !== null && !isSaidAbove(state) && <Fault error={error} onAgain={() => void refetch()} />}
      </>
    )
  }
  const isEmpty = data !== undefined && rows.length === 0
  return (
    <>
      <SearchChips state={state} onChange={go} />
      <div className="results-head">
        <p className="results-count" role="status">
          {data === undefined || isPlaceholderData
            ? words.searching
            : countOf(state.entity ?? 'all-titles', data.total, data.totalIsExact)}
        </p>
        {rows.length > 0 && (
          <div className="actions">
            {mayNotEdit === null && (
              <ActionButton
                command="editRow"
                label={text.editor.edit}
                whyNot={noRow}
                onPress={() => row && edit(row)}
              />
            )}
            {taking.isOffered && (
              <>
                <ActionButton
                  command="copyToCatalogue"
                  label={text.sharing.take.copy}
                  whyNot={whyNotTake}
                  isPending={taking.isPending}
                  onPress={() => row && taking.take('copy', row.mmsId)}
                />
                <ActionButton
                  command="linkToCatalogue"
                  label={text.sharing.take.link}
                  whyNot={whyNotTake}
                  isPending={taking.isPending}
                  onPress={() => row && taking.take('link', row.mmsId)}
                />
              </>
            )}
            <LinkThese zone={zone} state={state} />
            <TakeAlong rows={rows} />
            <Choice
              label={words.sort}
              value={state.sort ?? 'newest'}
              onChange={(next) => {
                const sort = sorts.find((one) => one === next)
                go(changed(state, { sort: sort === 'newest' ? undefined : sort }))
              }}
              options={sorts.map((sort) => ({ id: sort, label: words.sorts[sort] }))}
            />
          </div>
        )}
      </div>
      <Taken taking={taking} />
      {data !== undefined && data.hint !== null && rows.length > 0 && (
        <p className="notice">{data.hint.message}</p>
      )}
      {isEmpty ? (
        <NothingFound
          zone={zone.code}
          state={state}
          hint={data.hint}
          others={scopes.filter((other) => other !== zone)}
          onChange={go}
        />
      ) : (
        <div className="results-columns" data-previewed={isPreviewed ? '' : undefined}>
          <FacetList zone={zone.code} state={state} onChange={go} list={facets} />
          <div className="stack">
            <SelectionBar rows={rows} active={row} selection={selection}>
              <ActionButton
                command="addToSet"
                label={text.sets.add.open}
                whyNot={whyNotAdd}
                onPress={() => setIsAdding(true)}
              />
            </SelectionBar>
            <ResultList
              zone={zone.code}
              rows={rows}
              active={active}
              selection={selection}
              onActive={setActiveAt}
              onOpen={open}
            />
            <Pager page={pages.page} onPrevious={pages.previous} onNext={pages.next} />
          </div>
          {isPreviewed && row !== undefined && (
            <PreviewPane
              key={row.mmsId}
              zone={zone.code}
              mmsId={row.mmsId}
              onClose={() => setIsPreviewed(false)}
            />
          )}
        </div>
      )}
      {isAdding && row !== undefined && data !== undefined && (
        <AddToSet
          zone={zone.code}
          entity={state.entity ?? 'all-titles'}
          selected={selection.ids}
          row={row}
          query={wholeQueryOf(state)}
          found={data}
          onClose={() => setIsAdding(false)}
        />
      )}
    </>
  )
}

/** The pages before this one, each by where it began: the address says only where this one does. */
function usePages(state: SearchState, next: string | null) {
  const navigate = useNavigate()
  const earlier = useRouterState({ select: ({ location }) => location.state.earlierPages })
  const to = (after: string | undefined, before: readonly string[]) => {
    const { after: _, ...others } = state
    void navigate({
      to: '/search',
      search: after === undefined ? others : { ...others, after },
      state: { earlierPages: before },
    })
  }
  // A page that was come to by its address alone knows the first one only.
  const before = earlier ?? (state.after === undefined ? [] : [''])
  const last = before.at(-1)
  return {
    page: before.length + 1,
    next: next === null ? null : () => to(next, [...before, state.after ?? '']),
    previous: last === undefined ? null : () => to(last === '' ? undefined : last, before.slice(0, -1)),
  }
}

/** Where the query itself is malformed, the form over the results says so at its place. */
const isSaidAbove = ({ query }: { readonly query?: string | undefined }): boolean =>
  query !== undefined && parseCql(query).problem !== null
