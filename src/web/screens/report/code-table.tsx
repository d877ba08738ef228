import { ToggleButton } from 'react-aria-components'
import { formatCount } from '../../format.ts'

/** Codes with their sentences and counts, the most frequent first; each filters the records. */
export function CodeTable(props: {
  readonly label: string
  readonly heading: string
  readonly countHeading: string
  readonly counts: Readonly<Record<string, number>>
  readonly sentenceOf: (code: string) => string
  readonly empty: string
  readonly chosen: string | undefined
  readonly onChoose: (code: string | undefined) => void
}) {
  const rows = Object.entries(props.counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)
  if (rows.length === 0) return <p className="hint">{props.empty}</p>
  const most = rows[0]?.[1] ?? 1
  return (
    <table className="counts" aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{props.heading}</th>
          <th scope="col" className="numeric">
            {props.countHeading}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([code, count]) => (
          <tr key={code}>
            <th scope="row">
              <CodeFilter
                code={code}
                sentence={props.sentenceOf(code)}
                isChosen={props.chosen === code}
                onChoose={props.onChoose}
              />
              <span className="pareto" aria-hidden="true">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
            </th>
            <td className="numeric">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function CodeFilter(props: {
  readonly code: string
  readonly sentence: string
  readonly isChosen: boolean
  readonly onChoose: (code: string | undefined) => void
}) {
  const { code, sentence, isChosen, onChoose } = props
  return (
    <ToggleButton
      className="count-filter"
      isSelected={isChosen}
      onChange={(isOn) => onChoose(isOn ? code : undefined)}
    >
      <span>
        {sentence} <code>{code}</code>
      </span>
    </ToggleButton>
  )
}
