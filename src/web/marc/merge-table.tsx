import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { MergeStep } from '../../rules/merge/merge-explain.ts'
import { text } from '../text.ts'

const words = text.merge

const signs: Readonly<Record<MergeStep['decision'], string>> = {
  kept: ' ',
  removed: '−',
  added: '+',
  replaced: '~',
  left: '·',
}

/** A step with the sentence that says why. */
type ExplainedMergeStep = Omit<MergeStep, 'why'> & { readonly sentence: string }

/** A merge field by field: what became of each, why, and by which line of the rule. */
export function MergeTable(props: {
  readonly label: string
  readonly steps: readonly ExplainedMergeStep[]
  readonly onGo?: (line: number) => void
}) {
  const { label, steps, onGo } = props
  const [isWhole, setIsWhole] = useState(false)
  const quiet = steps.filter(isQuiet).length
  return (
    <>
      {quiet > 0 && (
        <p>
          <Button
            className="button small"
            onPress={() => setIsWhole((shown) => !shown)}
            aria-expanded={isWhole}
          >
            {isWhole ? words.hideQuiet : words.showQuiet(quiet)}
          </Button>
        </p>
      )}
      <table className="marc merge-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{words.became}</th>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.why}</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? steps : steps.filter((step) => !isQuiet(step))).map((step, place) => (
            <tr key={`${place} ${step.before ?? step.incoming}`} data-decision={step.decision}>
              <th scope="row" className="merge-decision">
                <span aria-hidden="true">{signs[step.decision]} </span>
                {words.decisions[step.decision]}
              </th>
              <td>
                <MergedField step={step} />
              </td>
              <td className="merge-why">
                {step.sentence}
                {step.protection !== null && (
                  <>
                    {' '}
                    <span className="tag-word">{step.protection}</span>
                  </>
                )}
                {step.line !== null && <MergeLineName line={step.line} {...(onGo ? { onGo } : {})} />}
                {step.removal !== null && step.removal.line !== step.line?.line && (
                  <MergeLineName line={step.removal} {...(onGo ? { onGo } : {})} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** What is as it was, and no line or list had to keep it. */
const isQuiet = ({ decision, protection, line }: ExplainedMergeStep): boolean =>
  decision === 'kept' && protection === null && line === null

function MergedField({ step: { decision, before, incoming, after } }: { readonly step: ExplainedMergeStep }) {
  switch (decision) {
    case 'kept':
      return <bdi dir="auto">{after ?? before}</bdi>
    case 'left':
      return (
        <span className="none">
          <bdi dir="auto">{incoming}</bdi>
        </span>
      )
    case 'added':
      return (
        <ins>
          <bdi dir="auto">{after ?? incoming}</bdi>
        </ins>
      )
    case 'removed':
      return (
        <del>
          <bdi dir="auto">{before}</bdi>
        </del>
      )
    case 'replaced':
      return (
        <>
          <del>
            <bdi dir="auto">{before}</bdi>
          </del>
          <br />
          <ins>
            <bdi dir="auto">{after ?? incoming}</bdi>
          </ins>
        </>
      )
  }
}

function MergeLineName(props: {
  readonly line: NonNullable<MergeStep['line']>
  readonly onGo?: (line: number) => void
}) {
  const { line, onGo } = props
  return (
    <span className="merge-line">
      {onGo === undefined ? (
        <span className="tag-word">{text.rule.line(line.line)}</span>
      ) : (
        <Button className="button small" onPress={() => onGo(line.line)}>
          {text.rule.line(line.line)}
        </Button>
      )}{' '}
      <code>{line.text}</code>
    </span>
  )
}
