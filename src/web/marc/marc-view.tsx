import type { MarcRecord } from '../../marc/record.ts'
import { text } from '../text.ts'
import { FieldContent, indicators } from './field-content.tsx'

/** A record as cataloguers read it: a line a field. */
export function MarcView({ record, label }: { readonly record: MarcRecord; readonly label: string }) {
  return (
    <table className="marc" aria-label={label}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{text.diff.tag}</th>
          <th scope="col">{text.diff.indicators}</th>
          <th scope="col">{text.diff.content}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">LDR</th>
          <td className="marc-indicators">{'\u00a0'}</td>
          <td className="marc-control">{record.leader.replaceAll(' ', '\u00a0')}</td>
        </tr>
        {record.fields.map((field, place) => (
          <tr key={`${place} ${field.tag}`} data-linked={field.tag === '880' ? '' : undefined}>
            <th scope="row">{field.tag}</th>
            <td className="marc-indicators">{indicators(field)}</td>
            <td>
              <FieldContent field={field} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
