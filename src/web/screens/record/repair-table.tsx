import type { Repair } from '../../../server/api/job-record.ts'
import { text } from '../../text.ts'
import { repairSentence } from '../report/sentences.ts'

const words = text.record

/** What was mended on the way in: as it came, and as it is now. */
export function RepairTable({ repairs }: { readonly repairs: readonly Repair[] }) {
  return (
    <div className="scrolls">
      <table className="plain" aria-label={words.repairs}>
        <thead>
          <tr>
            <th scope="col">{text.report.repair}</th>
            <th scope="col">{words.repairWhere}</th>
            <th scope="col">{words.repairBefore}</th>
            <th scope="col">{words.repairAfter}</th>
          </tr>
        </thead>
        <tbody>
          {repairs.map(({ code, field, before, after }, place) => (
            <tr key={`${place} ${code} ${field}`}>
              <th scope="row">
                {repairSentence(code)} <code>{code}</code>
              </th>
              <td>{field ?? words.wholeRecord}</td>
              <td className="marc-text">
                <bdi dir="auto">{before === '' ? words.nothingThere : before}</bdi>
              </td>
              <td className="marc-text">
                <bdi dir="auto">{after === '' ? words.nothingThere : after}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
