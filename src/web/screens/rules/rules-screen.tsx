import { useQueries, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import { ruleKinds } from '../../../rules/language/rule.ts'
import type { Rule } from '../../../server/api/rule.ts'
import { rulesQuery } from '../../api/rule-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { saysAll } from '../../shell/palette-words.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { useTitle } from '../../ui/title.ts'
import { NewRule } from './new-rule.tsx'
import { ruleColumns } from './rule-columns.tsx'

const words = text.rules
const all = 'all'
const route = getRouteApi('/rules')

/** The rule files of all zones, and the rules that are built in. */
export function RulesScreen() {
  useTitle(words.title)
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { zones } = useZone()
  const [typed, setTyped] = useState('')
  const [isAdding, setIsAdding] = useState(false)
  const filterInput = useRef<HTMLInputElement>(null)
  const lists = useQueries({ queries: zones.map(({ code }) => rulesQuery(code)), combine: combined })

  const shown = useMemo(
    () =>
      lists.rows.filter(
        (rule) =>
          (search.zone === undefined || rule.zone === search.zone || rule.zone === null) &&
          (search.kind === undefined || rule.kind === search.kind) &&
          (typed.trim() === '' || saysAll(wordsOf(rule), typed)),
      ),
    [lists.rows, search.zone, search.kind, typed],
  )
  const isFiltered = typed.trim() !== '' || search.zone !== undefined || search.kind !== undefined
  const columns = useMemo(() => ruleColumns(zones[0]?.code ?? ''), [zones])

  useCommands([
    { name: 'filter', label: text.commands.filter, run: () => filterInput.current?.focus() },
    { name: 'new rule', label: words.add, run: () => setIsAdding(true) },
  ])
  const narrow = (part: 'zone' | 'kind', value: string) => {
    const { [part]: _, ...others } = search
    void navigate({ to: '/rules', search: value === all ? others : { ...others, [part]: value } })
  }
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
          label={words.zone}
          value={search.zone ?? all}
          onChange={(value) => narrow('zone', value)}
          options={[
            { id: all, label: words.allZones },
            ...zones.map(({ code }) => ({ id: code, label: words.onlyZone(code) })),
          ]}
        />
        <Choice
          label={words.kind}
          value={search.kind ?? all}
          onChange={(value) => narrow('kind', value)}
          options={[
            { id: all, label: words.anyKind },
            ...ruleKinds.map((kind) => ({ id: kind, label: words.kinds[kind] })),
          ]}
        />
        <p className="filter-count" role="status">
          {isFiltered ? words.count(shown.length, lists.rows.length) : words.shown(lists.rows.length)}
        </p>
      </div>
      {lists.error !== null && (
        <Fault error={lists.error} onAgain={() => void client.refetchQueries({ queryKey: ['rules'] })} />
      )}
      <Grid
        label={words.list}
        columns={columns}
        rows={shown}
        keyOf={keyOf}
        total={shown.length}
        onOpen={({ zone, kind, code }) => {
          const seenFrom = zone ?? zones[0]?.code ?? ''
          void navigate({ to: '/zones/$zone/rules/$kind/$code', params: { zone: seenFrom, kind, code } })
        }}
        rowRem={2.25}
        narrowRowRem={6.5}
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
                  void navigate({ to: '/rules', search: {} })
                }}
              >
                {words.clear}
              </Button>
            </>
          )
        }
      />
      {isAdding && (
        <NewRule
          rules={lists.rows}
          asked={{ zone: search.zone, kind: ruleKinds.find((kind) => kind === search.kind) }}
          onClose={() => setIsAdding(false)}
        />
      )}
    </div>
  )
}

const keyOf = ({ zone, kind, code }: Rule): string => `${zone} ${kind} ${code}`

const wordsOf = ({ code, name, description, zone, changedBy }: Rule): string =>
  [code, name, description, zone, changedBy].filter((part) => part !== null).join(' ')

type RuleLists = {
  readonly rows: readonly Rule[]
  readonly error: Error | null
  readonly isPending: boolean
}

/** A rule that several zones see is one: it is listed by the zone that has it. */
function combined(
  lists: readonly {
    readonly data: readonly Rule[] | undefined
    readonly error: Error | null
    readonly isPending: boolean
  }[],
): RuleLists {
  const found = new Map<string, Rule>()
  for (const { data } of lists) for (const rule of data ?? []) found.set(keyOf(rule), rule)
  const order = (rule: Rule) => ruleKinds.indexOf(rule.kind)
  return {
    rows: [...found.values()].toSorted(
      (a, b) =>
        Number(a.zone === null) - Number(b.zone === null) ||
        order(a) - order(b) ||
        a.code.localeCompare(b.code) ||
        (a.zone ?? '').localeCompare(b.zone ?? ''),
    ),
    error: lists.find(({ error }) => error !== null)?.error ?? null,
    isPending: lists.some(({ isPending }) => isPending),
  }
}
