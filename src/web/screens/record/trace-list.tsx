import type { Trace } from '../../../server/api/job-record.ts'
import { traceWords } from './trace-words.ts'

/** How an outcome came about, step by step. */
export function TraceList({ trace }: { readonly trace: Trace }) {
  return (
    <dl className="trace">
      {traceWords(trace).map(({ name, said }) => (
        <div key={name}>
          <dt>{name}</dt>
          {said.map((line) => (
            <dd key={line}>
              <bdi>{line}</bdi>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
