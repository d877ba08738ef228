import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type Change, changesQuery, collectionsChanged, mostChanges } from '../../api/collection-queries.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { post } from '../../api/request.ts'
import { keyTable } from '../../keys/key-table.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { useTitle } from '../../ui/title.ts'
import { useToast } from '../../ui/toast.tsx'
import { changeColumns } from './change-columns.tsx'

const words = text.changes
const route = getRouteApi('/collections/changes')

/** What title lists have changed of what the institution has activated, until somebody says that they have seen it. */
export function ChangesScreen() {
  useTitle(words.title)
  const { all: withSeen = false } = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const say = useToast()
  const { zone } = useZone()
  const here = zone?.code ?? ''
  const mayNot = useMayNot('inventory.electronic.edit', zone?.code ?? null)
  const { data, error, refetch } = useQuery(changesQuery(here, !withSeen))
  const acknowledging = useMutation({
    mutationFn: (seen: readonly Change[]) =>
      post<{ acknowledged: number }>(inZone(here, 'activations', 'changes', 'seen'), {
        changes: seen.map(({ portfolioId, version }) => ({ portfolioId, version })),
      }),
    onSuccess: async ({ acknowledged }, seen) => {
      await collectionsChanged(client)
      say(
        acknowledged === seen.length
          ? words.acknowledged(acknowledged)
          : words.some(acknowledged, seen.length),
      )
    },
  })
  const changes = data ?? []
  const unseen = changes.filter(({ seenAt }) => seenAt === null)
  const isInstitution = zone?.kind === 'institution'
  const whyNot = !isInstitution ? words.needsInstitution : mayNot
  const whyNotAll = whyNot ?? (unseen.length === 0 ? words.nothing : null)
  const acknowledge = (seen: readonly Change[]) => {
    if (whyNot === null && seen.length > 0 && !acknowledging.isPending) acknowledging.mutate(seen)
  }
  useCommands([
    {
      name: 'acknowledgeAll',
      label: text.commands.acknowledgeAll,
      whyNot: whyNotAll,
      run: () => acknowledge(unseen),
    },
  ])
  return (
    <div className="screen fills">
      <p className="back">
        <Link to="/collections">{text.collections.title}</Link>
      </p>
      <div className="screen-head">
        <div>
          <h1>{zone === null ? words.title : words.titleIn(zone.name)}</h1>
          <p className="hint">{words.teach}</p>
        </div>
        <ActionButton
          command="acknowledgeAll"
          label={words.acknowledgeAll(unseen.length)}
          whyNot={whyNotAll}
          isPrimary
          isPending={acknowledging.isPending}
          onPress={() => acknowledge(unseen)}
        />
      </div>
      <div className="filters">
        <Choice
          label={words.which}
          value={withSeen ? 'all' : 'unseen'}
          onChange={(value) =>
            void navigate({ to: '/collections/changes', search: value === 'all' ? { all: true } : {} })
          }
          options={[
            { id: 'unseen', label: words.unseen },
            { id: 'all', label: words.all },
          ]}
        />
        <p className="filter-count" role="status">
          {data === undefined
            ? ''
            : changes.length === mostChanges
              ? words.first(mostChanges)
              : words.shown(changes.length)}
        </p>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {acknowledging.error !== null && <Fault error={acknowledging.error} />}
      {data !== undefined && (
        <Grid
          label={words.list}
          columns={changeColumns({ zone: here, whyNot, onAcknowledge: (change) => acknowledge([change]) })}
          rows={changes}
          keyOf={({ portfolioId }) => portfolioId}
          total={changes.length}
          onOpen={({ mmsId }) =>
            void navigate({ to: '/zones/$zone/bibs/$mmsId', params: { zone: here, mmsId } })
          }
          onKey={(chord, change) => {
            if (chord !== keyTable.acknowledge.keys[0] || change.seenAt !== null) return false
            acknowledge([change])
            return true
          }}
          rowRem={2.25}
          narrowRowRem={8.5}
          empty={
            <>
              <h2>{words.none}</h2>
              <p>{isInstitution ? words.noneTeach : words.needsInstitution}</p>
            </>
          }
        />
      )}
    </div>
  )
}
