import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { MarcRecord } from '../../../marc/record.ts'
import { diffRecords } from '../../../rules/diff.ts'
import type { WholeIssue } from '../../../server/api/issue.ts'
import { allRows } from '../../api/all-rows.ts'
import { issueQuery, issuesQuery } from '../../api/queries.ts'
import { formatCount } from '../../format.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { MarcView } from '../../marc/marc-view.tsx'
import { paths } from '../../paths.ts'
import { ImpactList } from '../../sharing/impact-list.tsx'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import { Time } from '../../ui/time.tsx'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { TraceList } from '../record/trace-list.tsx'
import { Candidates } from './candidates.tsx'
import { Decisions, type Offered } from './decisions.tsx'

const words = text.issue
const route = getRouteApi('/issues/$id')

/** One issue: the record, the bibs that it may be, how they differ, and what can be done. */
export function IssueScreen() {
  const { id } = route.useParams()
  const filter = route.useSearch()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: issue } = useSuspenseQuery(issueQuery(id))
  const { data: list } = useInfiniteQuery(issuesQuery(filter))
  const [said, setSaid] = useState('')
  const [picked, setPicked] = useState<{ readonly id: number; readonly mmsId: string } | null>(null)
  useTitle(words.title(id))

  const bibs = useMemo(() => likestFirst(issue), [issue])
  const chosen = picked?.id === id ? picked.mmsId : (bibs[0]?.mmsId ?? null)
  const candidate = bibs.find(({ mmsId }) => mmsId === chosen)
  const rows = allRows(list)
  const here = rows.findIndex((row) => row.id === id)
  const previous = here > 0 ? rows[here - 1] : undefined
  const next = here === -1 ? undefined : rows[here + 1]
  const open = (to: typeof next) => {
    if (to !== undefined) void navigate({ to: '/issues/$id', params: { id: to.id }, search: filter })
  }
  const title = issue.title === '' ? text.report.untitled : issue.title
  const afterDecision = async (as: Offered) => {
    const onward = next ?? previous
    setSaid(onward === undefined ? `${words.done[as](title)} ${words.allDone}` : words.done[as](title))
    if (onward === undefined) await navigate({ to: '/issues', search: filter })
    else await navigate({ to: '/issues/$id', params: { id: onward.id }, search: filter })
    await Promise.all([
      client.invalidateQueries({ queryKey: ['issues'] }),
      client.invalidateQueries({ queryKey: ['issue', id] }),
      client.invalidateQueries({ queryKey: issue.export === null ? ['job', issue.job] : ['exports'] }),
      client.invalidateQueries({ queryKey: ['jobs'] }),
      client.invalidateQueries({ queryKey: ['bib'] }),
    ])
  }
  useCommands([
    {
      name: 'nextCandidate',
      label: text.commands.nextCandidate,
      run: () => {
        const at = bibs.findIndex(({ mmsId }) => mmsId === chosen)
        const after = bibs[(at + 1) % bibs.length]
        if (after !== undefined) setPicked({ id, mmsId: after.mmsId })
      },
    },
    { name: 'previousIssue', label: text.commands.previousIssue, run: () => open(previous) },
    { name: 'nextIssue', label: text.commands.nextIssue, run: () => open(next) },
    {
      name: 'backToIssues',
      label: text.commands.backToIssues,
      run: () => void navigate({ to: '/issues', search: filter }),
    },
  ])

  return (
    <div className="screen">
      <div className="back record-nav">
        <Link to="/issues" search={filter}>
          {words.back}
        </Link>
        <span className="neighbours">
          {previous !== undefined && (
            <Link to="/issues/$id" params={{ id: previous.id }} search={filter}>
              {text.record.previous} <Keys keys={keyTable.previousIssue.keys[0]} />
            </Link>
          )}
          {next !== undefined && (
            <Link to="/issues/$id" params={{ id: next.id }} search={filter}>
              {text.record.next} <Keys keys={keyTable.nextIssue.keys[0]} />
            </Link>
          )}
        </span>
      </div>
      <p className="said" role="status">
        {said}
      </p>
      <IssueHead issue={issue} title={title} />
      {issue.resolvedAt === null && (
        <section className="panel">
          <h2>{words.decide}</h2>
          <div className="stack">
            <Candidates
              issue={issue}
              bibs={bibs}
              bibZone={issue.bibZone}
              chosen={chosen}
              onChoose={(mmsId) => setPicked({ id, mmsId })}
            />
            <Decisions key={id} issue={issue} bib={candidate} onDecided={(as) => void afterDecision(as)} />
          </div>
        </section>
      )}
      {issue.incoming === null && <p className="notice">{words.unreadable}</p>}
      {issue.resolvedAt === null && candidate !== undefined && candidate.impact.institutions.length > 0 && (
        <section className="panel">
          <h2>{text.sharing.impact.title}</h2>
          <ImpactList impact={candidate.impact} />
        </section>
      )}
      {issue.prepared !== null && candidate !== undefined && (
        <section>
          <h2>{words.compare}</h2>
          <FoldedDiff
            key={`${id} ${candidate.mmsId}`}
            diff={contentDiff(candidate.record, issue.prepared)}
            label={words.compare}
            beforeName={words.existing(candidate.mmsId)}
            afterName={words.prepared}
            says="difference"
          />
        </section>
      )}
      {issue.incoming !== null && candidate === undefined && (
        <section>
          <h2>{words.incoming}</h2>
          <MarcView record={issue.incoming} label={words.incoming} />
        </section>
      )}
      {issue.trace !== null && (
        <section className="panel">
          <h2>{words.why}</h2>
          <TraceList trace={issue.trace} />
        </section>
      )}
    </div>
  )
}

/** The candidate that shares the most fields with the record comes first, and is the one that is offered. */
function likestFirst({ prepared, candidateBibs }: WholeIssue): WholeIssue['candidateBibs'] {
  if (prepared === null) return candidateBibs
  const shared = new Map(
    candidateBibs.map(({ mmsId, record }) => [
      mmsId,
      contentDiff(record, prepared).filter(({ change }) => change === 'same').length,
    ]),
  )
  return candidateBibs.toSorted((a, b) => (shared.get(b.mmsId) ?? 0) - (shared.get(a.mmsId) ?? 0))
}

/** Without number, source and time, in which two records always differ. */
const contentDiff = (existing: MarcRecord, prepared: MarcRecord) =>
  diffRecords(existing, prepared).filter(({ tag }) => tag !== '001' && tag !== '003' && tag !== '005')

function IssueHead({ issue, title }: { readonly issue: WholeIssue; readonly title: string }) {
  const { id, zone, bibZone, tags, sentence, code, remedy, openedAt, resolution, resolvedBy, mmsId } = issue
  return (
    <header className="report-head">
      <h1>
        {words.title(id)} <bdi className="head-label">{title}</bdi>
      </h1>
      <div className="head-line">
        <ZonePill code={zone} />
        <IssueSource issue={issue} />
        <span>
          {text.issues.columns.since} <Time at={openedAt} />
        </span>
        <a href={originalOf(issue)} download="">
          {words.download}
        </a>
      </div>
      <p>
        {sentence} <code>{code}</code>
      </p>
      {resolution === null ? (
        remedy !== null && (
          <p>
            <strong>{text.record.remedy}:</strong> {remedy}
          </p>
        )
      ) : (
        <p className="notice settled">
          {words.settled(words.settledAs[resolution], resolvedBy ?? text.report.nobody)}
          {mmsId !== null && (
            <>
              {': '}
              <Link className="mms-id" to="/zones/$zone/bibs/$mmsId" params={{ zone: bibZone, mmsId }}>
                {mmsId}
              </Link>{' '}
              {tags !== null && <TagBadges of={tags} />}
            </>
          )}
        </p>
      )}
    </header>
  )
}

/** Where the record came from: a file of a job, or an export. */
function IssueSource({ issue }: { readonly issue: WholeIssue }) {
  const { job, file, position } = issue
  if (job === null || file === null || position === null)
    return (
      <Link to="/gateway/exports/$id" params={{ id: issue.export ?? 0 }}>
        {words.ofExport(issue.export ?? 0)}
      </Link>
    )
  return (
    <Link to="/jobs/$job/records/$file/$position" params={{ job, file, position }}>
      {words.of(formatCount(position), job)}
    </Link>
  )
}

const originalOf = ({ job, file, position, export: exported }: WholeIssue): string =>
  job === null || file === null || position === null
    ? paths.exported(exported ?? 0)
    : paths.original(job, file, position)
