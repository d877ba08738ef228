import { Button } from 'react-aria-components'
import type { RuleProblem } from '../../../rules/language/rule.ts'
import { text } from '../../text.ts'

const words = text.rule

/** Beyond this many nobody reads on: mending the first ones mends most. */
const mostShown = 50

/** What is wrong with a text; each goes to its place. */
export function ProblemList(props: {
  readonly problems: readonly RuleProblem[]
  readonly onGo: (problem: RuleProblem) => void
}) {
  const { problems, onGo } = props
  if (problems.length === 0) return null
  return (
    <>
      <ol className="problem-list" aria-label={words.problems}>
        {problems.slice(0, mostShown).map((problem) => (
          <li key={`${problem.line}:${problem.column} ${problem.message}`}>
            <Button className="problem" data-severity={problem.severity} onPress={() => onGo(problem)}>
              <span className="problem-sign" aria-hidden="true">
                {problem.severity === 'error' ? '✕' : '⚠'}
              </span>
              <span className="problem-place">{words.place(problem.line, problem.column)}</span>
              <span className="visually-hidden">{words.severities[problem.severity]}:</span>
              <bdi>{problem.message}</bdi>
            </Button>
          </li>
        ))}
      </ol>
      {problems.length > mostShown && (
        <p className="hint">{words.moreProblems(problems.length - mostShown)}</p>
      )}
    </>
  )
}
