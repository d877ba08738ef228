import type { ReactNode } from 'react'
import type { JobReport } from '../../../server/api/job.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { isDry } from './is-dry.ts'

const { fact, factMeaning } = text.report

/** The counts of the guide, each with how it is made up (D6). */
export function Facts({ report }: { readonly report: JobReport }) {
  const { outcomes, imported } = report
  const { holdings, items, portfolios, changed, removed, problems } = report.inventory
  const mightExist = outcomes.created + outcomes.merged + outcomes.overlaid + outcomes.unchanged
  return (
    <dl className="facts">
      <Fact name={fact.records}>{report.records === null ? '…' : formatCount(report.records)}</Fact>
      <Fact name={fact.parts}>{formatCount(report.parts)}</Fact>
      <Fact name={fact.imported} meaning={factMeaning.imported}>
        {formatCount(imported)}
      </Fact>
      <Fact name={fact.matched} meaning={factMeaning.matched}>
        {formatCount(report.matched)}
      </Fact>
      <Fact name={fact.merged}>{formatCount(outcomes.merged + outcomes.overlaid)}</Fact>
      <Fact name={fact.discarded} meaning={factMeaning.discarded}>
        {formatCount(report.discarded)}
      </Fact>
      <Fact name={fact.headings}>{formatCount(report.headings)}</Fact>
      <Fact name={fact.duplicates}>{formatCount(report.duplicatesInFile)}</Fact>
      {holdings + items + portfolios + changed + removed + problems > 0 && (
        <>
          <Fact name={fact.holdings}>{formatCount(holdings)}</Fact>
          <Fact name={fact.items}>{formatCount(items)}</Fact>
          <Fact name={fact.portfolios}>{formatCount(portfolios)}</Fact>
          {changed > 0 && <Fact name={fact.inventoryChanged}>{formatCount(changed)}</Fact>}
          {removed > 0 && <Fact name={fact.inventoryRemoved}>{formatCount(removed)}</Fact>}
          <Fact name={fact.inventoryProblems}>{formatCount(problems)}</Fact>
        </>
      )}
      {!isDry(report.kind) && mightExist > 0 && report.stillExist !== null && (
        <Fact name={fact.stillExist}>{factMeaning.stillExist(report.stillExist, imported)}</Fact>
      )}
    </dl>
  )
}

function Fact({
  name,
  meaning,
  children,
}: {
  readonly name: string
  readonly meaning?: string
  readonly children: ReactNode
}) {
  return (
    <div>
      <dt>
        {name}
        {meaning !== undefined && <small>{meaning}</small>}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
