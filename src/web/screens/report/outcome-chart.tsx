import { Bar, BarChart, type BarShapeProps, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Outcome } from '../../../rules/outcome.ts'
import type { OutcomeCounts } from '../../../server/api/job.ts'
import { text } from '../../text.ts'
import { OutcomePatterns, patternOf } from '../../ui/outcome-patterns.tsx'
import { occurring } from '../../ui/outcome-order.ts'

/**
 * The outcomes as one stacked bar; a segment filters the records below. The table beneath has the same
 * numbers and the same filters as buttons, so the picture itself is out of the way of keys and readers.
 */
export function OutcomeChart(props: {
  readonly counts: OutcomeCounts
  readonly chosen: string | undefined
  readonly onChoose: (outcome: Outcome) => void
}) {
  const shares = occurring(props.counts)
  const bar = Object.fromEntries(shares.map(({ outcome, count }) => [outcome, count]))
  return (
    <div className="outcome-chart" aria-hidden="true">
      <OutcomePatterns />
      <ResponsiveContainer width="100%" height={40}>
        <BarChart
          data={[{ name: text.report.outcomes, ...bar }]}
          layout="vertical"
          margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[0, 'dataMax']} />
          <YAxis type="category" dataKey="name" hide />
          {shares.map(({ outcome }) => (
            <Bar
              key={outcome}
              dataKey={outcome}
              stackId="outcomes"
              minPointSize={4}
              isAnimationActive={false}
              onClick={() => props.onChoose(outcome)}
              shape={(shape: BarShapeProps) => (
                <Segment
                  shape={shape}
                  outcome={outcome}
                  isDimmed={props.chosen !== undefined && props.chosen !== outcome}
                />
              )}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  )
}

function Segment(props: {
  readonly shape: BarShapeProps
  readonly outcome: Outcome
  readonly isDimmed: boolean
}) {
  const { x, y, width, height, value } = props.shape
  const count = Array.isArray(value) ? value[1] - value[0] : Number(value)
  return (
    <g className="chart-segment" data-outcome={props.outcome} data-dimmed={props.isDimmed ? '' : undefined}>
      <title>{`${count} ${text.outcomes[props.outcome]}`}</title>
      <rect className="chart-colour" x={x} y={y} width={width} height={height} />
      <rect fill={`url(#${patternOf(props.outcome)})`} x={x} y={y} width={width} height={height} />
    </g>
  )
}
