import { useQueries, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import type { Profile } from '../../../server/api/profile.ts'
import { profilesQuery } from '../../api/queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { saysAll } from '../../shell/palette-words.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { type Column, Grid } from '../../ui/grid.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { NewProfile } from './new-profile.tsx'

const words = text.profiles
const all = 'all'
const route = getRouteApi('/profiles')

/** The import profiles of all zones, each with what it does in a sentence. */
export function ProfilesScreen() {
  useTitle(words.title)
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { zones } = useZone()
  const [typed, setTyped] = useState('')
  const [isAdding, setIsAdding] = useState(false)
  const filterInput = useRef<HTMLInputElement>(null)
  const own = zones.filter(({ kind }) => kind !== 'community')
  const lists = useQueries({ queries: own.map(({ code }) => profilesQuery(code)), combine: combined })
  const shown = useMemo(
    () =>
      lists.rows.filter(
        (profile) =>
          (search.zone === undefined || profile.zone === search.zone) &&
          (typed.trim() === '' || saysAll(wordsOf(profile), typed)),
      ),
    [lists.rows, search.zone, typed],
  )
  const isFiltered = typed.trim() !== '' || search.zone !== undefined
  useCommands([
    { name: 'filter', label: text.commands.filter, run: () => filterInput.current?.focus() },
    { name: 'new profile', label: words.add, run: () => setIsAdding(true) },
  ])
  return (
    <div className="screen fills">
      <div className="screen-head">
        <h1>{words.title}</h1>
        <Button className="button primary" onPress={() => setIsAdding(true)}>
          {words.add}
        </Button>
      </div>
      <div className="filters">
        <SearchField className="filter" value={typed} onChange={setTyped}>
          <Label>{words.filter}</Label>
          <Input ref={filterInput} />
        </SearchField>
        <Choice
          label={text.rules.zone}
          value={search.zone ?? all}
          onChange={(zone) => void navigate({ to: '/profiles', search: zone === all ? {} : { zone } })}
          options={[
            { id: all, label: text.rules.allZones },
            ...own.map(({ code }) => ({ id: code, label: text.rules.onlyZone(code) })),
          ]}
        />
        <p className="filter-count" role="status">
          {isFiltered ? words.count(shown.length, lists.rows.length) : words.shown(lists.rows.length)}
        </p>
      </div>
      {lists.error !== null && (
        <Fault error={lists.error} onAgain={() => void client.refetchQueries({ queryKey: ['profiles'] })} />
      )}
      <Grid
        label={words.list}
        columns={columns}
        rows={shown}
        keyOf={({ zone, code }) => `${zone} ${code}`}
        total={shown.length}
        onOpen={({ zone, code }) =>
          void navigate({ to: '/zones/$zone/profiles/$code', params: { zone, code } })
        }
        rowRem={2.25}
        narrowRowRem={7}
        empty={
          lists.isPending ? (
            <p className="screen-loading">{text.shell.loading}</p>
          ) : (
            <>
              <h2>{words.noneFit}</h2>
              <Button
                className="button"
                onPress={() => {
                  setTyped('')
                  void navigate({ to: '/profiles', search: {} })
                }}
              >
                {text.rules.clear}
              </Button>
            </>
          )
        }
      />
      {isAdding && <NewProfile profiles={lists.rows} zone={search.zone} onClose={() => setIsAdding(false)} />}
    </div>
  )
}

const wordsOf = ({ code, name, zone, summary, originatingSystem }: Profile): string =>
  [code, name, zone, summary, originatingSystem].join(' ')

const columns: readonly Column<Profile>[] = [
  {
    name: 'title',
    heading: words.columns.name,
    width: 'minmax(17rem, 1fr)',
    cell: ({ zone, code, name }, tabIndex) => (
      <Link to="/zones/$zone/profiles/$code" params={{ zone, code }} tabIndex={tabIndex}>
        <bdi>{name}</bdi>
      </Link>
    ),
  },
  { name: 'zone', heading: words.columns.zone, width: '8rem', cell: ({ zone }) => <ZonePill code={zone} /> },
  { name: 'profile', heading: words.columns.code, width: '10rem', cell: ({ code }) => code },
  {
    name: 'state',
    heading: words.columns.state,
    width: '6rem',
    cell: ({ active }) => (
      <span className={active ? 'good' : 'none'}>
        <span aria-hidden="true">{active ? '● ' : '○ '}</span>
        {active ? text.rules.states.on : text.rules.states.off}
      </span>
    ),
  },
  {
    name: 'version',
    heading: words.columns.version,
    width: '5rem',
    numeric: true,
    cell: ({ version }) => version,
  },
  {
    name: 'what',
    heading: words.columns.what,
    width: 'minmax(25.5rem, 1.5fr)',
    cell: ({ summary }) => <span title={summary}>{summary}</span>,
  },
]

function combined(
  lists: readonly {
    readonly data: readonly Profile[] | undefined
    readonly error: Error | null
    readonly isPending: boolean
  }[],
) {
  return {
    rows: lists.flatMap(({ data }) => data ?? []),
    error: lists.find(({ error }) => error !== null)?.error ?? null,
    isPending: lists.some(({ isPending }) => isPending),
  }
}
