import { Fragment } from 'react'
import type { JobReport } from '../../../server/api/job.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { balanceOf } from './balance.ts'

const words = text.report.balance

/** `312 in = 201 created + 80 merged + … ✓` */
export function BalanceLine({ report }: { readonly report: JobReport }) {
  const { whole, shares, state, missing } = balanceOf(report)
  const isWhole = state === 'holds' || state === 'broken'
  return (
    <p className="balance" data-state={state}>
      <span className="balance-sum">
        <strong>{isWhole ? words.in(whole) : words.soFar(whole)}</strong>
        {shares.map(({ outcome, count }, place) => (
          <Fragment key={outcome}>
            {place === 0 ? ' = ' : ' + '}
            <span className="balance-part">
              {formatCount(count)} {text.outcomes[outcome]}
            </span>
          </Fragment>
        ))}
      </span>{' '}
      {state === 'holds' && (
        <span className="good" title={words.holds}>
          ✓ <span className="visually-hidden">{words.holds}</span>
        </span>
      )}
      {state === 'runs' && <span className="hint">{words.runs}</span>}
      {state === 'stopped' && missing > 0 && <span className="hint">{words.stopped(missing)}</span>}
      {state === 'broken' && (
        <span className="bad">
          ✕ {words.broken(missing)}. {words.brokenRemedy}
        </span>
      )}
    </p>
  )
}
