import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Bib, BibVersion } from '../../../server/api/bib.ts'
import { bibQuery } from '../../api/queries.ts'
import { formatTime } from '../../format.ts'
import { type Command, useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Keys } from '../../ui/keys.tsx'
import { useTitle } from '../../ui/title.ts'
import { useCopy } from '../../ui/use-copy.ts'
import { useMayNotEdit } from '../editor/use-may-not-edit.ts'
import { BibFacts } from './bib-facts.tsx'
import { BibHead, type CopyableNumber } from './bib-head.tsx'
import { type BibSearch, bibViews, lastView, rememberView } from './bib-search.ts'
import { Comparison } from './comparison.tsx'
import { InventoryPanel } from './inventory/inventory-panel.tsx'
import { recordIdentifiers } from './record-identifiers.ts'
import { localFieldsOf, RecordViews } from './record-views.tsx'
import { BibSharing } from './sharing/bib-sharing.tsx'
import { OwnBibsPanel } from './sharing/own-bibs-panel.tsx'
import { WhoHasIt } from './sharing/who-has-it.tsx'
import { TagsDialog } from './tags-dialog.tsx'
import { Timeline } from './timeline.tsx'
import { useRestore } from './use-restore.ts'
import { useVersions } from './use-versions.ts'

const words = text.bib
const route = getRouteApi('/zones/$zone/bibs/$mmsId')

/** A bib: what it says, where it is, what it has been, and whether somebody has it open. */
export function BibScreen() {
  const { zone, mmsId } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: bib } = useSuspenseQuery(bibQuery(zone, mmsId))
  const { version: shown = bib.version, with: against } = search
  const oldestWanted = Math.min(shown, against ?? shown)
  const history = useVersions(zone, mmsId, oldestWanted === bib.version ? null : oldestWanted)
  const { versions } = history
  const view = search.view ?? lastView()
  useTitle(bib.title === '' ? `${words.title} ${mmsId}` : bib.title)

  const go = (next: BibSearch) =>
    void navigate({
      to: '/zones/$zone/bibs/$mmsId',
      params: { zone, mmsId },
      search: next,
      replace: true,
      resetScroll: false,
      state: true,
    })
  const lookAt = (next: (typeof bibViews)[number]) => {
    rememberView(next)
    go({ ...search, view: next })
  }
  const compare = (older: number, newer: number) => go({ ...search, version: newer, with: older })
  const stopComparing = () => {
    const { with: _, ...others } = search
    go(others)
  }
  const mayNotRestore = useMayNot('bib.edit', zone)
  const restoring = useRestore(zone, mmsId, () => go({ view }))
  const whyNotEdit = useMayNotEdit(zone)
  const edit = () => void navigate({ to: '/zones/$zone/bibs/$mmsId/edit', params: { zone, mmsId } })
  const [isTagging, setIsTagging] = useState(false)
  const numbers = useNumbers(bib)
  const { history: browserHistory } = useRouter()
  const resultsAt = useRouterState({ select: ({ location }) => location.state.resultsAt })
  const toResults = () => browserHistory.back()
  useCommands([
    ...(resultsAt === undefined
      ? []
      : [{ name: 'backToResults', label: text.commands.backToResults, run: toResults }]),
    { name: 'editBib', label: text.commands.editBib, whyNot: whyNotEdit, run: edit },
    { name: 'setTags', label: text.commands.setTags, whyNot: whyNotEdit, run: () => setIsTagging(true) },
    {
      name: 'duplicate bib',
      label: text.editor.duplicate,
      whyNot: whyNotEdit,
      run: () => void navigate({ to: '/zones/$zone/new-bib', params: { zone }, search: { from: mmsId } }),
    },
    ...numbers.map(({ command, copy }) => ({ name: command, label: text.commands[command], run: copy })),
    {
      name: 'restoreVersion',
      label: text.commands.restoreVersion,
      whyNot: shown === bib.version ? words.isCurrent : mayNotRestore,
      run: () => restoring.mutate(shown),
    },
    {
      name: 'nextView',
      label: text.commands.nextView,
      run: () => lookAt(bibViews[(bibViews.indexOf(view) + 1) % bibViews.length] ?? 'reading'),
    },
    ...versionCommands({ versions, shown, against, compare, stopComparing, go, search }),
  ])

  const older = versions.find(({ version }) => version === against)
  const newer = versions.find(({ version }) => version === shown)
  return (
    <div className="screen">
      {resultsAt !== undefined && (
        <p className="back">
          <Button className="button quiet small" onPress={toResults}>
            {text.search.back} <Keys keys={keyTable.backToResults.keys[0]} />
          </Button>
        </p>
      )}
      <BibHead
        bib={bib}
        numbers={numbers}
        sharing={<BibSharing key={`${zone} ${mmsId}`} bib={bib} versions={versions} />}
      >
        <ActionButton
          command="editBib"
          label={text.editor.edit}
          whyNot={whyNotEdit}
          isPrimary
          onPress={edit}
        />
        <ActionButton
          command="setTags"
          label={text.editor.tags}
          whyNot={whyNotEdit}
          onPress={() => setIsTagging(true)}
        />
      </BibHead>
      <div className="bib-columns">
        <div className="stack">
          {shown !== bib.version && newer !== undefined && (
            <div className="notice old-version" role="status">
              {words.isOld(shown, formatTime(newer.changedAt))}{' '}
              <span className="actions">
                <ActionButton
                  command="restoreVersion"
                  label={words.restore}
                  whyNot={mayNotRestore}
                  isPending={restoring.isPending}
                  onPress={() => restoring.mutate(shown)}
                />
                <Button className="button" onPress={() => go({ view })}>
                  {words.toCurrent}
                </Button>
              </span>
            </div>
          )}
          {restoring.error !== null && <Fault error={restoring.error} />}
          {bib.linkedMmsId !== null && (against !== undefined || shown !== bib.version) && (
            <p className="hint">{words.localOnly}</p>
          )}
          <section className="panel">
            {older !== undefined && newer !== undefined ? (
              <Comparison
                versions={versions}
                older={older}
                newer={newer}
                onChoose={compare}
                onStop={stopComparing}
              />
            ) : (
              <ShownRecord bib={bib} shown={shown} version={newer} isLoading={history.isLoading}>
                {(record) => (
                  <RecordViews
                    record={record}
                    local={shown === bib.version ? localFieldsOf(bib) : null}
                    view={view}
                    onView={lookAt}
                  />
                )}
              </ShownRecord>
            )}
          </section>
          <InventoryPanel bib={bib} />
        </div>
        <div className="stack bib-side">
          <BibFacts bib={bib} versions={versions} />
          <OwnBibsPanel zone={zone} mmsId={mmsId} />
          <WhoHasIt zone={zone} mmsId={mmsId} />
          <Timeline zone={zone} mmsId={mmsId} shown={shown} search={search} history={history} />
        </div>
      </div>
      {isTagging && <TagsDialog bib={bib} onClose={() => setIsTagging(false)} />}
    </div>
  )
}

/** The record of the version that is looked at, or why there is none to see. */
function ShownRecord(props: {
  readonly bib: Bib
  readonly shown: number
  readonly version: BibVersion | undefined
  readonly isLoading: boolean
  readonly children: (record: Bib['record']) => React.ReactNode
}) {
  const { bib, shown, version, isLoading, children } = props
  if (shown === bib.version) return children(bib.record)
  if (version === undefined) {
    return isLoading ? (
      <p role="status">{text.shell.loading}</p>
    ) : (
      <p className="notice">{words.noVersion(shown)}</p>
    )
  }
  return version.record === null ? <p className="notice">{words.gone}</p> : children(version.record)
}

/** The numbers of a bib, each to be copied by a key. */
function useNumbers(bib: Bib): readonly CopyableNumber[] {
  const copy = useCopy()
  const { oclc, isbn } = recordIdentifiers(bib.record)
  return (
    [
      { command: 'copyMmsId', name: words.mmsId, values: [bib.mmsId] },
      { command: 'copyOclc', name: words.oclc, values: oclc },
      { command: 'copyIsbn', name: words.isbn, values: isbn },
    ] as const
  ).flatMap(({ command, name, values }) => {
    const [value] = values
    return value === undefined
      ? []
      : [{ command, name, value, more: values.length - 1, copy: () => copy(name, value) }]
  })
}

function versionCommands(at: {
  readonly versions: readonly BibVersion[]
  readonly shown: number
  readonly against: number | undefined
  readonly search: BibSearch
  readonly go: (search: BibSearch) => void
  readonly compare: (older: number, newer: number) => void
  readonly stopComparing: () => void
}): readonly Command[] {
  const { versions, shown, against, search, go, compare, stopComparing } = at
  const place = versions.findIndex(({ version }) => version === shown)
  const newer = place > 0 ? versions[place - 1] : undefined
  const older = place === -1 ? undefined : versions[place + 1]
  /** While versions are compared, each is held against the one before it. */
  const step = (to: BibVersion | undefined) => {
    if (to === undefined) return
    const before = versions[versions.indexOf(to) + 1]?.version
    const { version: _, with: __, ...view } = search
    if (against !== undefined && before !== undefined) compare(before, to.version)
    else go(to.current ? view : { ...view, version: to.version })
  }
  return [
    {
      name: 'olderVersion',
      label: text.commands.olderVersion,
      whyNot: older === undefined ? words.noOlder : null,
      run: () => step(older),
    },
    {
      name: 'newerVersion',
      label: text.commands.newerVersion,
      whyNot: newer === undefined ? words.noNewer : null,
      run: () => step(newer),
    },
    {
      name: 'compareVersions',
      label: text.commands.compareVersions,
      whyNot: against === undefined && older === undefined ? words.noOlder : null,
      run: () => {
        if (against !== undefined) stopComparing()
        else if (older !== undefined) compare(older.version, shown)
      },
    },
  ]
}
