import { Link } from '@tanstack/react-router'
import type { Explanation } from '../../server/api/explanation.ts'
import { text } from '../text.ts'

type RuleLine = NonNullable<NonNullable<Explanation['filter']>['by']>

/** A line of a rule file, with the way to it where the file is kept. */
export function RuleLineName({ line }: { readonly line: RuleLine }) {
  const { kind, rule, zone, version, line: number, text: written } = line
  const name = text.explain.ruleLine(rule, number)
  return (
    <span className="rule-line">
      {version === 0 || zone === '' ? (
        name
      ) : (
        <Link to="/zones/$zone/rules/$kind/$code" params={{ zone, kind, code: rule }}>
          {name}
        </Link>
      )}{' '}
      <code>{written}</code>
    </span>
  )
}
