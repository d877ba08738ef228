import type { JobReport } from '../../../server/api/job.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'

const words = text.linkJob

/** What became of the bibs that were to be linked to the network's; outcomes speak of the network's. */
export function LinkCounts({ link }: { readonly link: NonNullable<JobReport['link']> }) {
  const rows = [
    { name: words.counts.linked, count: link.linked },
    { name: words.counts.contributed, count: link.contributed },
    { name: words.counts.multiMatched, count: link.multiMatched, meaning: words.meanings.multiMatched },
    { name: words.counts.alreadyLinked, count: link.alreadyLinked },
    { name: words.counts.refused, count: link.refused, meaning: words.meanings.refused },
  ]
  return (
    <section className="panel link-counts">
      <h2>{words.results}</h2>
      <dl>
        {rows.map(({ name, count, meaning }) => (
          <div key={name} data-none={count === 0 ? '' : undefined}>
            <dt>
              {name}
              {meaning !== undefined && count > 0 && <small>{meaning}</small>}
            </dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{link.contribute ? words.contributes : words.contributesNone}</p>
    </section>
  )
}
