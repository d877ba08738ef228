import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import type { SavedSet } from '../../../server/api/set.ts'
import { setsQuery } from '../../api/set-queries.ts'
import { formatCount } from '../../format.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { saysAll } from '../../shell/palette-words.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Given } from '../../ui/given.tsx'
import { type Column, Grid } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { NewSetFromFile } from './new-set-from-file.tsx'

const words = text.sets
const route = getRouteApi('/sets')

/** The sets of a zone: saved searches, and lists with members of their own. */
export function SetsScreen() {
  useTitle(words.title)
  const search = route.useSearch()
  const navigate = useNavigate()
  const { zones, zone: working } = useZone()
  const zone = zones.find(({ code }) => code === search.zone) ?? working
  const code = zone?.code ?? ''
  const { data, error, refetch } = useQuery(setsQuery(code))
  const [typed, setTyped] = useState('')
  const [isAdding, setIsAdding] = useState(false)
  const filterInput = useRef<HTMLInputElement>(null)
  const mayNot = useMayNot('set.edit', zone?.code ?? null)
  const sets = data?.rows
  const shown = useMemo(
    () => sets?.filter((set) => typed.trim() === '' || saysAll(wordsOf(set), typed)) ?? [],
    [sets, typed],
  )
  const columns = useMemo(() => columnsOf(code), [code])
  const add = () => setIsAdding(true)
  useCommands([
    { name: 'filter', label: text.commands.filter, run: () => filterInput.current?.focus() },
    { name: 'new set from file', label: words.fromFile, whyNot: mayNot, run: add },
  ])
  return (
    <div className="screen fills">
      <div className="screen-head">
        <h1>{words.title}</h1>
        <ActionButton
          command="new set from file"
          label={words.fromFile}
          whyNot={mayNot}
          onPress={add}
          isPrimary
        />
      </div>
      <div className="filters">
        <SearchField className="filter" value={typed} onChange={setTyped}>
          <Label>{words.filter}</Label>
          <Input ref={filterInput} />
        </SearchField>
        <Choice
          label={words.zone}
          value={code}
          onChange={(next) => void navigate({ to: '/sets', search: { zone: next } })}
          options={zones.map((one) => ({
            id: one.code,
            label: `${text.zoneKinds[one.kind]} · ${one.name}`,
            kind: one.kind,
          }))}
          kind={zone?.kind}
        />
        <p className="filter-count" role="status">
          {sets !== undefined &&
            (typed.trim() === '' ? words.count(sets.length) : words.some(shown.length, sets.length))}
        </p>
      </div>
      {error !== null ? (
        <Fault error={error} onAgain={() => void refetch()} />
      ) : (
        <Grid
          label={words.list}
          columns={columns}
          rows={shown}
          keyOf={({ id }) => String(id)}
          total={shown.length}
          onOpen={({ id }) =>
            void navigate({ to: '/zones/$zone/sets/$set', params: { zone: code, set: id } })
          }
          rowRem={2.25}
          narrowRowRem={9}
          empty={
            sets === undefined ? (
              <p className="screen-loading">{text.shell.loading}</p>
            ) : sets.length === 0 ? (
              <>
                <h2>{words.none.title(code)}</h2>
                <p>{words.none.teach}</p>
                <Link className="button" to="/search" search={{ zone: code }}>
                  {words.none.search}
                </Link>
              </>
            ) : (
              <>
                <h2>{words.none.noneFit}</h2>
                <Button className="button" onPress={() => setTyped('')}>
                  {words.none.clear}
                </Button>
              </>
            )
          }
        />
      )}
      {isAdding && <NewSetFromFile zone={code} onClose={() => setIsAdding(false)} />}
    </div>
  )
}

const wordsOf = ({ name, note, query, kind, entity, madeBy }: SavedSet): string =>
  [name, note, query, words.kinds[kind], text.search.entities[entity], madeBy].join(' ')

const columnsOf = (zone: string): readonly Column<SavedSet>[] => [
  {
    name: 'title',
    heading: words.columns.name,
    width: 'minmax(14rem, 1.2fr)',
    cell: ({ id, name }, tabIndex) => (
      <Link to="/zones/$zone/sets/$set" params={{ zone, set: id }} tabIndex={tabIndex}>
        <Given words={name} />
      </Link>
    ),
  },
  { name: 'kind', heading: words.columns.kind, width: '6rem', cell: ({ kind }) => words.kinds[kind] },
  {
    name: 'entity',
    heading: words.columns.entity,
    width: '10.5rem',
    cell: ({ entity }) => text.search.entities[entity],
  },
  {
    name: 'members',
    heading: words.columns.members,
    width: '6rem',
    numeric: true,
    cell: ({ members }) => (members === null ? '' : formatCount(members)),
  },
  {
    name: 'what',
    heading: words.columns.query,
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ note, query }) =>
      note === null ? (
        <code title={query ?? undefined}>{query}</code>
      ) : (
        <span title={note}>
          <Given words={note} />
        </span>
      ),
  },
  { name: 'made', heading: words.columns.made, width: '10rem', cell: ({ madeAt }) => <Time at={madeAt} /> },
  {
    name: 'by',
    heading: words.columns.by,
    width: '9rem',
    cell: ({ madeBy }) => madeBy !== null && <Given words={madeBy} />,
  },
]
