import type { JobReport } from '../../../server/api/job.ts'
import type { RecordFilter } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { CodeTable } from './code-table.tsx'
import { Facts } from './facts.tsx'
import { OutcomeTable } from './outcome-table.tsx'
import { repairSentence, sentenceOf } from './sentences.ts'

const words = text.report

/** Kinds of repairs beyond which they fill a column of their own. */
const fewRepairs = 4

/** All counts of a report, in three columns of about the same height; those of records are filters on the list. */
export function Counts(props: {
  readonly report: JobReport
  readonly filter: RecordFilter
  readonly choose: (part: keyof RecordFilter) => (value: string | undefined) => void
}) {
  const { report, filter, choose } = props
  const outcomes = (
    <section>
      <h2>{words.outcomes}</h2>
      <OutcomeTable report={report} chosen={filter.outcome} onChoose={choose('outcome')} />
    </section>
  )
  const reasons = (
    <section>
      <h2>{words.reasons}</h2>
      <CodeTable
        label={words.reasons}
        heading={words.reason}
        countHeading={words.count}
        counts={report.codes}
        sentenceOf={sentenceOf}
        empty={words.noReasons}
        chosen={filter.code}
        onChoose={choose('code')}
      />
    </section>
  )
  const repairs = (
    <section>
      <h2>{words.repairs}</h2>
      <CodeTable
        label={words.repairs}
        heading={words.repair}
        countHeading={words.count}
        counts={report.repairs}
        sentenceOf={repairSentence}
        empty={words.noRepairs}
        chosen={filter.repair}
        onChoose={choose('repair')}
      />
    </section>
  )
  const hasFew = Object.keys(report.repairs).length <= fewRepairs
  return (
    <>
      <div className="stack">
        {outcomes}
        {!hasFew && reasons}
      </div>
      <section>
        <h2>{words.facts}</h2>
        <Facts report={report} />
      </section>
      <div className="stack">
        {hasFew && reasons}
        {repairs}
      </div>
    </>
  )
}
