import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate, useRouter } from '@tanstack/react-router'
import type { DeletedBib } from '../../../server/api/bib.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { useCopy } from '../../ui/use-copy.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { type BibSearch, bibViews, lastView, rememberView } from './bib-search.ts'
import { ChangedBy } from './changed-by.tsx'
import { Comparison } from './comparison.tsx'
import { RecordViews } from './record-views.tsx'
import { Timeline } from './timeline.tsx'
import { useRestore } from './use-restore.ts'
import { useVersions } from './use-versions.ts'

const words = text.bib.deleted
const route = getRouteApi('/zones/$zone/bibs/$mmsId')

/** A bib that is no more: when and by whom it was deleted, where what it had went, what it was; and its way back. */
export function DeletedBibScreen({ bib }: { readonly bib: DeletedBib }) {
  const { zone, mmsId, lastVersion, title } = bib
  const search = route.useSearch()
  const navigate = useNavigate()
  const router = useRouter()
  const client = useQueryClient()
  const copy = useCopy()
  const { version: shown = lastVersion, with: against } = search
  const history = useVersions(zone, mmsId, Math.min(shown, against ?? shown))
  const view = search.view ?? lastView()
  const name = title === '' ? text.report.untitled : title
  useTitle(words.titleOf(name))
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
  const restoring = useRestore(zone, mmsId, () => {
    // What was known of it was that it is not there.
    client.removeQueries({ queryKey: ['bib', zone, mmsId] })
    go({ view })
    void router.invalidate()
  })
  const mayNot = useMayNot('bib.edit', zone)
  const newer = history.versions.find(({ version }) => version === shown)
  const older = history.versions.find(({ version }) => version === against)
  const record = shown === lastVersion ? bib.record : (newer?.record ?? null)
  const whyNot =
    bib.linkedMmsId === null ? (record === null ? words.isDeletion : mayNot) : words.byLink(bib.linkedMmsId)
  const restore = () => restoring.mutate(shown)
  useCommands([
    {
      name: 'copyMmsId',
      label: text.commands.copyMmsId,
      run: () => copy(text.bib.mmsId, mmsId),
    },
    {
      name: 'nextView',
      label: text.commands.nextView,
      run: () => lookAt(bibViews[(bibViews.indexOf(view) + 1) % bibViews.length] ?? 'reading'),
    },
    { name: 'restoreVersion', label: text.commands.restoreVersion, whyNot, run: restore },
  ])
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <div className="head-actions">
          <ActionButton
            command="restoreVersion"
            label={words.restore(shown)}
            whyNot={whyNot}
            isPending={restoring.isPending}
            onPress={restore}
          />
        </div>
      </div>
      <div className="head-line">
        <ZonePill code={zone} />
        <span className="badge" data-says="deleted">
          {words.badge}
        </span>
        <span className="mms-id">{mmsId}</span>
      </div>
      <Ending bib={bib} />
      {restoring.error !== null && <Fault error={restoring.error} />}
      <div className="bib-columns">
        <section className="panel">
          {older !== undefined && newer !== undefined ? (
            <Comparison
              versions={history.versions}
              older={older}
              newer={newer}
              onChoose={(from, to) => go({ ...search, version: to, with: from })}
              onStop={() => go({ view, version: shown })}
            />
          ) : record === null ? (
            <p className="notice">{text.bib.gone}</p>
          ) : (
            <>
              <h2>{words.shown(shown)}</h2>
              <RecordViews record={record} view={view} onView={lookAt} />
            </>
          )}
        </section>
        <div className="stack bib-side">
          <Timeline zone={zone} mmsId={mmsId} shown={shown} search={search} history={history} />
        </div>
      </div>
    </div>
  )
}

/** How it came to its end, and where what it had is now. */
function Ending({ bib }: { readonly bib: DeletedBib }) {
  const { zone, deletedAt, deletedBy, job, file, position, successor, linkedMmsId } = bib
  const { zones } = useZone()
  const upstream = zones.find(({ suffix }) => linkedMmsId?.endsWith(suffix) === true)
  return (
    <div className="notice" role="status">
      <p>
        {words.was(deletedAt.slice(0, 10))} <Time at={deletedAt} /> <ChangedBy by={deletedBy} job={job} />
        {job !== null && file !== null && position !== null && (
          <>
            {', '}
            <Link to="/jobs/$job/records/$file/$position" params={{ job, file, position }}>
              {text.bib.ofRecord(position)}
            </Link>
          </>
        )}
        .
      </p>
      {successor === null ? (
        <p>{words.noInventory}</p>
      ) : (
        <p>
          {words.combined}{' '}
          <Link to="/zones/$zone/bibs/$mmsId" params={{ zone, mmsId: successor.into }}>
            {successor.into}
          </Link>
          . {words.inventory(successor.inventory)} {words.number}
        </p>
      )}
      {linkedMmsId !== null && upstream !== undefined && (
        <p>
          {words.byLink(linkedMmsId)}{' '}
          <Link to="/zones/$zone/bibs/$mmsId" params={{ zone: upstream.code, mmsId: linkedMmsId }}>
            {words.to(linkedMmsId)}
          </Link>
        </p>
      )}
    </div>
  )
}
