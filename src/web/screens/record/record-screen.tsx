import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { jobQuery, jobRecordQuery } from '../../api/queries.ts'
import { MarcView } from '../../marc/marc-view.tsx'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { paths } from '../../paths.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import { OutcomePatterns, OutcomeSwatch } from '../../ui/outcome-patterns.tsx'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { useTitle } from '../../ui/title.ts'
import { isDry } from '../report/is-dry.ts'
import { Neighbours } from './neighbours.tsx'
import { RepairTable } from './repair-table.tsx'
import { TraceList } from './trace-list.tsx'
import { WholeExplanation } from './whole-explanation.tsx'

const words = text.record
const route = getRouteApi('/jobs/$job/records/$file/$position')

/** One record of a job: what became of it, why, what was mended, and what it changes. */
export function RecordScreen() {
  const { job, file, position } = route.useParams()
  const filter = route.useSearch()
  const { data: report } = useSuspenseQuery(jobQuery(job))
  const { data: record } = useSuspenseQuery(jobRecordQuery(job, file, position))
  useTitle(`${words.title(position)} ${words.of(job)}`)
  const fileName = report.fileList.find((one) => one.file === file)?.name ?? String(file)

  return (
    <div className="screen">
      <OutcomePatterns />
      <div className="back record-nav">
        <Link to="/jobs/$job" params={{ job }} search={filter}>
          {words.back(job)}
        </Link>
        <Neighbours job={job} file={file} position={position} filter={filter} />
      </div>
      <header className="report-head">
        <h1>
          {words.title(position)}{' '}
          <bdi className="head-label">{record.title === '' ? text.report.untitled : record.title}</bdi>
        </h1>
        <div className="head-line">
          <span className="outcome-word big">
            <OutcomeSwatch outcome={record.outcome} /> {text.outcomes[record.outcome]}
          </span>
          {record.mmsId !== null && (
            <span>
              {words.bib}{' '}
              <Link
                className="mms-id"
                to="/zones/$zone/bibs/$mmsId"
                params={{ zone: report.bibZone, mmsId: record.mmsId }}
              >
                {record.mmsId}
              </Link>
              {record.versionAfter !== null &&
                `, ${words.version(record.versionBefore, record.versionAfter)}`}{' '}
              {record.tags !== null && <TagBadges of={record.tags} />}
            </span>
          )}
          {record.ours !== null && (
            <span>
              {text.linkJob.ours}{' '}
              <Link
                className="mms-id"
                to="/zones/$zone/bibs/$mmsId"
                params={{ zone: report.zone, mmsId: record.ours }}
              >
                {record.ours}
              </Link>{' '}
              {record.oursTags !== null && <TagBadges of={record.oursTags} />}
            </span>
          )}
          <span>
            <Given words={fileName} />, {words.place(record.offset, record.length)}
          </span>
          <a href={paths.original(job, file, position)} download="">
            {words.download}
          </a>
          {record.incoming !== null && report.profile !== null && (
            <Link to="/simulate" search={{ zone: report.zone, profile: report.profile, job, file, position }}>
              {text.simulate.record}
            </Link>
          )}
          {record.duplicateInFile && <span className="tag-word">{text.report.duplicate}</span>}
        </div>
        <p>
          {record.sentence ?? text.outcomeMeanings[record.outcome]}{' '}
          {record.code !== null && <code>{record.code}</code>}
        </p>
        {record.issue !== null && (
          <p className={record.issue.resolution === null ? 'notice' : 'notice settled'}>
            {record.issue.resolution === null ? words.issueOpen : words.issueSettled(record.issue.resolution)}{' '}
            <Link to="/issues/$id" params={{ id: record.issue.id }}>
              {text.issue.title(record.issue.id)}
            </Link>
          </p>
        )}
        {record.remedy !== null && record.issue?.resolution == null && (
          <p>
            <strong>{words.remedy}:</strong> {record.remedy}
          </p>
        )}
      </header>
      <div className="record-columns">
        <section>
          <h2>{words.why}</h2>
          {record.trace === null ? <p>{words.noTrace}</p> : <TraceList trace={record.trace} />}
        </section>
        {record.repairs.length > 0 && (
          <section>
            <h2>{words.repairs}</h2>
            <RepairTable repairs={record.repairs} />
          </section>
        )}
      </div>
      {report.kind !== 'undo' && (
        <WholeExplanation
          key={`${file}.${position}`}
          job={job}
          file={file}
          position={position}
          bibZone={report.bibZone}
        />
      )}
      <section>
        <h2>{isDry(report.kind) ? words.change : words.changed}</h2>
        {record.before === null && record.after === null && (
          <p>{record.incoming === null ? words.unreadable : words.notWritten}</p>
        )}
        {record.before === null && record.after !== null && (
          <>
            <p>{words.newBib}</p>
            <MarcView record={record.after} label={words.result} />
          </>
        )}
        {record.before !== null && record.after !== null && (
          <FoldedDiff
            key={`${file}.${position}`}
            diff={record.diff}
            label={words.change}
            beforeName={words.existing}
            afterName={words.result}
          />
        )}
      </section>
      {record.incoming !== null && (record.before !== null || record.after === null) && (
        <details open={record.after === null}>
          <summary>
            <h2>{words.incoming}</h2>
          </summary>
          <MarcView record={record.incoming} label={words.incoming} />
        </details>
      )}
    </div>
  )
}
