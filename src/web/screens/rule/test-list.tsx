import { Button } from 'react-aria-components'
import type { RuleTestResult } from '../../../rules/language/run-rule-tests.ts'
import { text } from '../../text.ts'
import { TextDiff } from '../../ui/text-diff.tsx'

const words = text.rule

/** The tests that a rule file carries, as they came out with the text as it is now. */
export function TestList(props: {
  /** Nothing while the text has errors. */
  readonly tests: readonly RuleTestResult[] | null
  readonly onGo: (line: number) => void
}) {
  const { tests, onGo } = props
  if (tests === null) return <p className="none">{words.testsNeedText}</p>
  if (tests.length === 0) return <p className="none">{words.noTests}</p>
  return (
    <ol className="rule-tests" aria-label={words.tests}>
      {tests.map(({ name, line, passed, expected, got }) => (
        <li key={`${line} ${name}`}>
          <p>
            <span className={passed ? 'good' : 'bad'}>
              <span aria-hidden="true">{passed ? '✓ ' : '✕ '}</span>
              {passed ? words.passed : words.failed}
            </span>{' '}
            <bdi>{name}</bdi>{' '}
            <Button className="button small" onPress={() => onGo(line)}>
              {words.line(line)}
              <span className="visually-hidden">, {name}</span>
            </Button>
          </p>
          {!passed && (
            <>
              <p className="hint">{words.expectedAgainstGot}</p>
              <TextDiff label={words.diffOf(name)} before={expected.join('\n')} after={got.join('\n')} />
            </>
          )}
        </li>
      ))}
    </ol>
  )
}
