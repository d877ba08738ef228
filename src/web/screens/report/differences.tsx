import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { JobReport } from '../../../server/api/job.ts'
import type { ReplayedRecordPage } from '../../../server/api/replay.ts'
import { allRows } from '../../api/all-rows.ts'
import { differencesQuery } from '../../api/queries.ts'
import { formatCount } from '../../format.ts'
import { MarcDiff } from '../../marc/marc-diff.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { OutcomeSwatch } from '../../ui/outcome-patterns.tsx'
import { sentenceOf } from './sentences.ts'

const words = text.replay

/** What a replay made otherwise than its job: in how many records, in what, and each of them then and now. */
export function Differences({ report }: { readonly report: JobReport }) {
  const { job, ofJob, replay } = report
  const { data, error, refetch, hasNextPage, fetchNextPage, isPending } = useInfiniteQuery(
    differencesQuery(job),
  )
  const rows = allRows(data)
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (isPending) return <p className="screen-loading">{text.shell.loading}</p>
  return (
    <div className="stack">
      {replay !== null && (
        <>
          <p className="balance">
            <strong>{words.different(replay.different)}</strong>, {words.same(replay.same)}
            {replay.notReached > 0 && `, ${words.notReached(replay.notReached)}`}
          </p>
          {replay.turns.length > 0 && (
            <ul className="turns" aria-label={words.turns}>
              {replay.turns.map(({ was, now, count }) => (
                <li key={`${was.outcome} ${was.code} ${now.outcome} ${now.code}`}>
                  <strong className="numeric">{formatCount(count)}</strong> <Came came={was} /> →{' '}
                  <Came came={now} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {rows.length === 0 ? (
        <p className="empty">{words.none}</p>
      ) : (
        <ol className="differences" aria-label={words.list}>
          {rows.map((row) => (
            <li key={`${row.file}.${row.position}`} className="panel stack">
              <Difference row={row} job={job} ofJob={ofJob} />
            </li>
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button className="button" onPress={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </div>
  )
}

type Row = ReplayedRecordPage['rows'][number]

function Difference(props: { readonly row: Row; readonly job: number; readonly ofJob: number | null }) {
  const { file, position, title, differs, was, now, diff } = props.row
  const changes = diff.filter(({ change }) => change !== 'same')
  return (
    <>
      <p>
        <strong>
          <bdi>{title === '' ? text.report.untitled : title}</bdi>
        </strong>{' '}
        <span className="hint">{words.differsIn(differs.map((part) => words.parts[part]).join(', '))}</span>
      </p>
      <dl className="then-now">
        <div>
          <dt>{words.once}</dt>
          <dd>
            <Came came={was} /> <Target target={was.target} />{' '}
            {props.ofJob !== null && (
              <Link to="/jobs/$job/records/$file/$position" params={{ job: props.ofJob, file, position }}>
                {words.recordOf(formatCount(position), props.ofJob)}
              </Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{words.now}</dt>
          <dd>
            <Came came={now} /> <Target target={now.target} />{' '}
            <Link to="/jobs/$job/records/$file/$position" params={{ job: props.job, file, position }}>
              {words.recordOf(formatCount(position), props.job)}
            </Link>
          </dd>
        </div>
      </dl>
      {changes.length > 0 && (
        <MarcDiff
          diff={changes}
          label={words.fieldsOf(formatCount(position))}
          beforeName={words.once}
          afterName={words.now}
          says="change"
          showSame={false}
        />
      )}
    </>
  )
}

function Came({ came: { outcome, code } }: { readonly came: Pick<Row['was'], 'outcome' | 'code'> }) {
  return (
    <span className="outcome-word">
      <OutcomeSwatch outcome={outcome} /> {text.outcomes[outcome]}
      {code !== null && <span className="hint">{sentenceOf(code)}</span>}
    </span>
  )
}

/** A bib that the run itself made has no number that says anything. */
function Target({ target }: { readonly target: string | null }) {
  if (target === null || target.startsWith('new:')) return null
  return <span className="mms-id">{target}</span>
}
