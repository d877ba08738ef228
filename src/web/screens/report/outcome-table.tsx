import { ToggleButton } from 'react-aria-components'
import type { Outcome } from '../../../rules/outcome.ts'
import type { JobReport } from '../../../server/api/job.ts'
import { formatCount, formatShare } from '../../format.ts'
import { text } from '../../text.ts'
import { outcomeOrder } from '../../ui/outcome-order.ts'
import { OutcomeSwatch } from '../../ui/outcome-patterns.tsx'
import { isDry } from './is-dry.ts'

const words = text.report

/** The numbers of the chart: what happened at import, which never changes, and how it stands now (D5). */
export function OutcomeTable(props: {
  readonly report: JobReport
  readonly chosen: string | undefined
  readonly onChoose: (outcome: Outcome | undefined) => void
}) {
  const { atImport, now, kind, done } = props.report
  const shown = outcomeOrder.filter((outcome) => atImport[outcome] > 0 || now[outcome] > 0)
  const hasNow = !isDry(kind)
  return (
    <table className="counts" aria-label={words.outcomes}>
      <thead>
        <tr>
          <th scope="col">{words.outcome}</th>
          <th scope="col" className="numeric">
            {hasNow ? words.atImport : kind === 'replay' ? words.inReplay : words.inPreview}
          </th>
          <th scope="col" className="numeric">
            {words.share}
          </th>
          {hasNow && (
            <th scope="col" className="numeric" title={words.nowMeaning}>
              {words.now}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {shown.map((outcome) => (
          <tr key={outcome}>
            <th scope="row">
              <ToggleButton
                className="count-filter"
                isSelected={props.chosen === outcome}
                onChange={(isOn) => props.onChoose(isOn ? outcome : undefined)}
              >
                <OutcomeSwatch outcome={outcome} />
                {text.outcomes[outcome]}
              </ToggleButton>
            </th>
            <td className="numeric">{formatCount(atImport[outcome])}</td>
            <td className="numeric">{formatShare(atImport[outcome], done)}</td>
            {hasNow && <td className="numeric">{formatCount(now[outcome])}</td>}
          </tr>
        ))}
        {hasNow && now.resolved > 0 && (
          <tr>
            <th scope="row" colSpan={3}>
              {words.resolved}
            </th>
            <td className="numeric">{formatCount(now.resolved)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
