import type { JobReport } from '../../../server/api/job.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { type UndoCounts, undoBalanceOf, undoOrder } from './undo-balance.ts'

const words = text.undo

/** What an undo did with each record that there was to take back. */
export function UndoResults({ report, undo }: { readonly report: JobReport; readonly undo: UndoCounts }) {
  const { whole, missing } = undoBalanceOf(undo, report)
  const shown = undoOrder.filter((result) => undo[result] > 0)
  return (
    <>
      <p className="balance">
        <strong>{words.dealtWith(whole)}</strong>
        {shown.map((result, place) => (
          <span key={result}>
            {place === 0 ? ' = ' : ' + '}
            {formatCount(undo[result])} {words.results[result]}
          </span>
        ))}{' '}
        {missing === 0 ? (
          <span className="good">
            ✓ <span className="visually-hidden">{words.holds}</span>
          </span>
        ) : (
          <span className="bad">
            ✕ {text.report.balance.broken(missing)}. {text.report.balance.brokenRemedy}
          </span>
        )}
      </p>
      <div className="undo-counts">
        <section className="panel">
          <h2>{words.whatItDid}</h2>
          <dl className="facts">
            {shown.map((result) => (
              <div key={result}>
                <dt>
                  {words.results[result]}
                  <small>{words.meanings[result]}</small>
                </dt>
                <dd>{formatCount(undo[result])}</dd>
              </div>
            ))}
          </dl>
          {shown.length === 0 && <p className="hint">{words.noneYet}</p>}
        </section>
      </div>
    </>
  )
}
