import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { SavedSet, WholeSet } from '../../../server/api/set.ts'
import { post } from '../../api/request.ts'
import { membersQuery, pathOfSets } from '../../api/set-queries.ts'
import { formatCount } from '../../format.ts'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useToast } from '../../ui/toast.tsx'
import { AddToSet } from '../search/add-to-set.tsx'
import { Pager } from '../search/pager.tsx'
import { ResultList } from '../search/result-list.tsx'
import { SelectionBar } from '../search/selection-bar.tsx'
import { useSelection } from '../search/use-selection.ts'

const words = text.sets.set

/** What is in a set, a page at a time; of an itemised one, members are selected and taken out. */
export function SetMembers(props: {
  readonly zone: string
  readonly set: WholeSet
  readonly mayNot: string | null
}) {
  const { zone, set, mayNot } = props
  const navigate = useNavigate()
  /** Where the pages up to this one began; the first one with nothing. */
  const [pages, setPages] = useState<readonly (string | null)[]>([null])
  const { data, error, refetch } = useQuery(membersQuery(zone, set.id, pages.at(-1) ?? null))
  const [activeAt, setActiveAt] = useState(0)
  const selection = useSelection(`${zone} ${set.id}`)
  const from = useRouterState({ select: ({ location }) => location.href })
  const rows = data?.rows ?? []
  const active = Math.min(activeAt, Math.max(rows.length - 1, 0))
  const row = rows[active]
  const [isAdding, setIsAdding] = useState(false)
  const whyNotAdd = row === undefined ? text.sets.add.noRow : mayNot
  const next = data?.next ?? null
  const toNext = next === null ? null : () => setPages([...pages, next])
  const toPrevious = pages.length === 1 ? null : () => setPages(pages.slice(0, -1))
  const changing = useChangedMembers(zone, set)
  const whyNotTakeOut =
    set.kind === 'logical' ? words.isLogical : selection.ids.size === 0 ? words.nothingSelected : mayNot
  const takeOut = () =>
    changing.mutate(
      { body: { remove: [...selection.ids] }, says: words.tookOut(selection.ids.size) },
      { onSuccess: selection.clear },
    )
  useCommands([
    { name: 'removeFromSet', label: text.commands.removeFromSet, whyNot: whyNotTakeOut, run: takeOut },
    { name: 'addToSet', label: text.commands.addToSet, whyNot: whyNotAdd, run: () => setIsAdding(true) },
    {
      name: 'nextPage',
      label: text.commands.nextPage,
      whyNot: toNext === null ? text.search.pages.noNext : null,
      run: () => toNext?.(),
    },
    {
      name: 'previousPage',
      label: text.commands.previousPage,
      whyNot: toPrevious === null ? text.search.pages.noPrevious : null,
      run: () => toPrevious?.(),
    },
  ])
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  const gone = set.gone ?? 0
  return (
    <section className="stack" aria-label={words.members}>
      <p className="results-count" role="status">
        {data === undefined
          ? text.shell.loading
          : data.totalIsExact
            ? text.sets.members(data.total)
            : words.atLeast(formatCount(data.total))}
      </p>
      {gone > 0 && (
        <div className="notice old-version">
          {words.gone(gone)}
          {mayNot === null && (
            <Button
              className="button"
              isPending={changing.isPending}
              onPress={() => changing.mutate({ body: { removeGone: true }, says: words.tookOutGone })}
            >
              {words.takeOutGone(gone)}
            </Button>
          )}
        </div>
      )}
      {changing.error !== null && <Fault error={changing.error} />}
      {data?.rows.length === 0 ? (
        <p className="empty">{set.kind === 'logical' ? words.nobodyLogical : words.nobody}</p>
      ) : (
        <>
          <SelectionBar rows={rows} active={row} selection={selection}>
            <ActionButton
              command="addToSet"
              label={text.sets.add.open}
              whyNot={whyNotAdd}
              onPress={() => setIsAdding(true)}
            />
            {set.kind === 'itemised' && (
              <ActionButton
                command="removeFromSet"
                label={words.takeOut}
                whyNot={whyNotTakeOut}
                isPending={changing.isPending}
                onPress={takeOut}
              />
            )}
          </SelectionBar>
          <ResultList
            zone={zone}
            rows={rows}
            active={active}
            selection={selection}
            onActive={setActiveAt}
            onOpen={({ mmsId }) =>
              void navigate({
                to: '/zones/$zone/bibs/$mmsId',
                params: { zone, mmsId },
                state: { resultsAt: from },
              })
            }
          />
          <Pager page={pages.length} onPrevious={toPrevious} onNext={toNext} />
        </>
      )}
      {isAdding && row !== undefined && data !== undefined && (
        <AddToSet
          zone={zone}
          entity={set.entity}
          selected={selection.ids}
          row={row}
          query={set.query}
          found={data}
          onClose={() => setIsAdding(false)}
        />
      )}
    </section>
  )
}

function useChangedMembers(zone: string, set: WholeSet) {
  const client = useQueryClient()
  const say = useToast()
  return useMutation({
    mutationFn: ({ body }: { readonly body: object; readonly says: string }) =>
      post<SavedSet>(`${pathOfSets(zone)}/${set.id}/members`, body),
    onSuccess: async (_, { says }) => {
      await client.invalidateQueries({ queryKey: ['sets', zone] })
      say(says)
    },
  })
}
