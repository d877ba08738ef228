import { Button } from 'react-aria-components'
import type { MergeStep } from '../../../rules/merge/merge-explain.ts'
import { mergeWhys } from '../../../rules/merge/merge-explain.ts'
import { validationRules } from '../../../rules/validation/validation-rules.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { MarcDiff } from '../../marc/marc-diff.tsx'
import { MergeTable } from '../../marc/merge-table.tsx'
import { text } from '../../text.ts'
import type { Tried, TriedRule } from './try-rule.ts'

const words = text.rule

/** What a rule file does to a record, line by line. */
export function TriedView(props: {
  readonly tried: Tried
  /** The text that was tried, in lines. */
  readonly lines: readonly string[]
  readonly onGo: (line: number) => void
}) {
  const { tried, lines, onGo } = props
  switch (tried.is) {
    case 'unreadable':
      return <p className="none">{words.testsNeedText}</p>
    case 'failed':
      return (
        <p className="notice">
          {tried.line !== null && <GoToLine line={tried.line} onGo={onGo} />}{' '}
          {words.cannotBeCarriedOut(tried.why)}
        </p>
      )
    case 'normalize':
      return (
        <>
          <ol className="tried-rules">
            {tried.rules.map((rule) => (
              <RuleAsTried key={rule.line} rule={rule} lines={lines} onGo={onGo} />
            ))}
          </ol>
          <h3>{words.altogether}</h3>
          <FoldedDiff
            diff={tried.diff}
            label={words.altogether}
            beforeName={words.before}
            afterName={words.after}
          />
        </>
      )
    case 'merge':
      return (
        <>
          <MergeTable
            label={words.mergedFieldByField}
            steps={tried.steps.map((step: MergeStep) => ({ ...step, sentence: mergeWhys[step.why] }))}
            onGo={onGo}
          />
          <h3>{words.altogether}</h3>
          <FoldedDiff
            diff={tried.diff}
            label={words.altogether}
            beforeName={words.existing}
            afterName={words.after}
          />
        </>
      )
    case 'indication':
      return (
        <p>
          <strong>{words.indication(tried.value)}</strong>{' '}
          <ByLine line={tried.line} lines={lines} onGo={onGo} />
        </p>
      )
    case 'brief-level':
      return (
        <p>
          <strong>{words.briefLevel(tried.level)}</strong>{' '}
          <ByLine line={tried.line} lines={lines} onGo={onGo} />
        </p>
      )
    case 'exceptions':
      return tried.problems.length === 0 ? (
        <p className="good">{words.nothingFound}</p>
      ) : (
        <ul className="found-wrong">
          {tried.problems.map(({ code, severity, field, value }) => (
            <li key={`${code} ${field} ${value}`}>
              <span className="level" data-level={severity}>
                {words.severities[severity]}
              </span>{' '}
              {field !== null && <strong>{field}</strong>} {validationRules[code].message} <code>{code}</code>
            </li>
          ))}
        </ul>
      )
  }
}

function RuleAsTried(props: {
  readonly rule: TriedRule
  readonly lines: readonly string[]
  readonly onGo: (line: number) => void
}) {
  const { rule, lines, onGo } = props
  return (
    <li>
      <p>
        <GoToLine line={rule.line} onGo={onGo} /> <bdi>{rule.name}</bdi>{' '}
        <span className={rule.isMet ? 'good' : 'none'}>{rule.isMet ? words.met : words.notMet}</span>
      </p>
      {rule.isMet && (
        <ol>
          {rule.lines.map(({ line, diff }, place) => (
            // A line may act more than once.
            <li key={`${place} ${line}`}>
              <p>
                <GoToLine line={line} onGo={onGo} /> <code>{lines[line - 1]?.trim()}</code>{' '}
                {diff.length === 0 && <span className="none">{words.changedNothing}</span>}
              </p>
              {diff.length > 0 && (
                <MarcDiff
                  diff={diff}
                  label={words.changesOfLine(line)}
                  beforeName={words.before}
                  afterName={words.after}
                  says="change"
                  showSame={false}
                />
              )}
            </li>
          ))}
        </ol>
      )}
    </li>
  )
}

function ByLine(props: {
  readonly line: number | null
  readonly lines: readonly string[]
  readonly onGo: (line: number) => void
}) {
  const { line, lines, onGo } = props
  if (line === null) return <span className="none">{words.noRuleMet}</span>
  return (
    <>
      <GoToLine line={line} onGo={onGo} /> <code>{lines[line - 1]?.trim()}</code>
    </>
  )
}

function GoToLine({ line, onGo }: { readonly line: number; readonly onGo: (line: number) => void }) {
  return (
    <Button className="button small" onPress={() => onGo(line)}>
      {words.line(line)}
    </Button>
  )
}
