import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import { ruleKinds } from '../../../rules/language/rule.ts'
import type { ListedRule } from '../../../server/api/rule.ts'
import { allRulesQuery } from '../../api/rule-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { saysAll } from '../../shell/palette-words.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
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
  const { zones } = useZone()
  const [typed, setTyped] = useState('')
  const [isAdding, setIsAdding] = useState(false)
  const filterInput = useRef<HTMLInputElement>(null)
  const { data } = useSuspenseQuery(allRulesQuery)
  const rules = useMemo(() => inOrder(data), [data])

  const shown = useMemo(
    () =>
      rules.filter(
        (rule) =>
          (search.zone === undefined || rule.zone === search.zone || rule.zone === null) &&
          (search.kind === undefined || rule.kind === search.kind) &&
          (typed.trim() === '' || saysAll(wordsOf(rule), typed)),
      ),
    [rules, search.zone, search.kind, typed],
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
          {isFiltered ? words.count(shown.length, rules.length) : words.shown(rules.length)}
        </p>
      </div>
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
        }
      />
      {isAdding && (
        <NewRule
          rules={rules}
          asked={{ zone: search.zone, kind: ruleKinds.find((kind) => kind === search.kind) }}
          onClose={() => setIsAdding(false)}
        />
      )}
    </div>
  )
}

const keyOf = ({ zone, kind, code }: ListedRule): string => `${zone} ${kind} ${code}`

const wordsOf = ({ code, name, description, zone, changedBy }: ListedRule): string =>
  [code, name, description, zone, changedBy].filter((part) => part !== null).join(' ')

/** By kind and code; what is built in stands last. */
const inOrder = (rules: readonly ListedRule[]): readonly ListedRule[] =>
  rules.toSorted(
    (a, b) =>
      Number(a.zone === null) - Number(b.zone === null) ||
      ruleKinds.indexOf(a.kind) - ruleKinds.indexOf(b.kind) ||
      a.code.localeCompare(b.code) ||
      (a.zone ?? '').localeCompare(b.zone ?? ''),
  )
