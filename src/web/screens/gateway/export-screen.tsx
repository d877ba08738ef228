import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { WholeGatewayExport } from '../../../server/api/gateway.ts'
import { allRows } from '../../api/all-rows.ts'
import { exportQuery, exportsQuery } from '../../api/queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { MarcView } from '../../marc/marc-view.tsx'
import { paths } from '../../paths.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import { OutcomePatterns } from '../../ui/outcome-patterns.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { RepairTable } from '../record/repair-table.tsx'
import { TraceList } from '../record/trace-list.tsx'
import { ExportOutcome } from './export-outcome.tsx'
import { SentBytes } from './sent-bytes.tsx'

const words = text.exported
const route = getRouteApi('/gateway/exports/$id')

/** One export: what the cataloguer was told, how it came about, the record, and every byte that was sent. */
export function ExportScreen() {
  const { id } = route.useParams()
  const filter = route.useSearch()
  const navigate = useNavigate()
  const { data: exported } = useSuspenseQuery(exportQuery(id))
  const { data: list } = useInfiniteQuery(exportsQuery(filter))
  useTitle(words.title(id))
  const rows = allRows(list)
  const here = rows.findIndex((row) => row.id === id)
  const newer = here > 0 ? rows[here - 1] : undefined
  const older = here === -1 ? undefined : rows[here + 1]
  const open = (to: typeof older) => {
    if (to !== undefined) void navigate({ to: '/gateway/exports/$id', params: { id: to.id }, search: filter })
  }
  useCommands([
    { name: 'previousExport', label: text.commands.previousExport, run: () => open(newer) },
    { name: 'nextExport', label: text.commands.nextExport, run: () => open(older) },
    {
      name: 'backToExports',
      label: text.commands.backToExports,
      run: () => void navigate({ to: '/gateway', search: filter }),
    },
  ])

  return (
    <div className="screen">
      <OutcomePatterns />
      <div className="back record-nav">
        <Link to="/gateway" search={filter}>
          {words.back}
        </Link>
        <span className="neighbours">
          {newer !== undefined && (
            <Link to="/gateway/exports/$id" params={{ id: newer.id }} search={filter}>
              {words.newer} <Keys keys={keyTable.previousExport.keys[0]} />
            </Link>
          )}
          {older !== undefined && (
            <Link to="/gateway/exports/$id" params={{ id: older.id }} search={filter}>
              {words.older} <Keys keys={keyTable.nextExport.keys[0]} />
            </Link>
          )}
        </span>
      </div>
      <ExportHead exported={exported} />
      <div className="record-columns">
        <section>
          <h2>{words.reply}</h2>
          <pre className="reply">
            <bdi>{exported.reply}</bdi>
          </pre>
        </section>
        <section>
          <h2>{text.record.why}</h2>
          {exported.trace === null ? <p>{text.record.noTrace}</p> : <TraceList trace={exported.trace} />}
        </section>
      </div>
      {exported.repairs.length > 0 && (
        <section className="panel">
          <h2>{text.record.repairs}</h2>
          <RepairTable repairs={exported.repairs} />
        </section>
      )}
      <section>
        <h2>{words.incoming}</h2>
        {exported.incoming === null ? (
          <p>{words.unreadable}</p>
        ) : (
          <MarcView record={exported.incoming} label={words.incoming} />
        )}
      </section>
      <SentBytes key={id} exported={exported} />
    </div>
  )
}

function ExportHead({ exported }: { readonly exported: WholeGatewayExport }) {
  const { id, zone, bibZone, outcome, code, sentence, remedy, mmsId, linkedMmsId, issue, replayOf } = exported
  const title = exported.title === '' ? text.report.untitled : exported.title
  return (
    <header className="report-head">
      <h1>
        {words.title(id)} <bdi className="head-label">{title}</bdi>
      </h1>
      <div className="head-line">
        <ExportOutcome outcome={outcome} isBig />
        {mmsId !== null && (
          <span>
            {text.record.bib} <BibLink zone={bibZone} mmsId={mmsId} />
            {exported.versionAfter !== null &&
              `, ${text.record.version(exported.versionBefore, exported.versionAfter)}`}{' '}
            {exported.tags !== null && <TagBadges of={exported.tags} />}
          </span>
        )}
        {linkedMmsId !== null && (
          <span>
            {words.linked(zone)} <BibLink zone={zone} mmsId={linkedMmsId} />
          </span>
        )}
        <ZonePill code={zone} />
        <span>
          <bdi>{words.by(exported.sentBy, exported.address)}</bdi>
        </span>
        {exported.oclcUser !== '' && exported.oclcUser !== exported.sentBy && (
          <span>
            <bdi>{words.user(exported.oclcUser)}</bdi>
          </span>
        )}
        <Time at={exported.receivedAt} />
      </div>
      <p>
        {sentence ?? (outcome !== null && text.outcomeMeanings[outcome])}{' '}
        {code !== null && <code>{code}</code>}
      </p>
      {replayOf !== null && (
        <p className="notice settled">
          <Link to="/gateway/exports/$id" params={{ id: replayOf }}>
            {text.gateway.replay(replayOf)}
          </Link>
        </p>
      )}
      {issue !== null && (
        <p className={issue.resolution === null ? 'notice' : 'notice settled'}>
          {issue.resolution === null ? text.record.issueOpen : text.record.issueSettled(issue.resolution)}{' '}
          <Link to="/issues/$id" params={{ id: issue.id }}>
            {text.issue.title(issue.id)}
          </Link>
        </p>
      )}
      {remedy !== null && issue?.resolution == null && (
        <p>
          <strong>{text.record.remedy}:</strong> {remedy}
        </p>
      )}
      <p>
        <a href={paths.exported(id)} download="">
          {text.record.download}
        </a>
      </p>
    </header>
  )
}

const BibLink = ({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) => (
  <Link className="mms-id" to="/zones/$zone/bibs/$mmsId" params={{ zone, mmsId }}>
    {mmsId}
  </Link>
)
