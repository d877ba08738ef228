import type { Field, MarcRecord } from '../../marc/record.ts'
import { text } from '../text.ts'
import { FieldContent, indicators } from './field-content.tsx'
import { LocalMark } from './local-mark.tsx'

/** A record as cataloguers read it: a line a field. `local` are those of an institution's own in a linked bib. */
export function MarcView(props: {
  readonly record: MarcRecord
  readonly label: string
  readonly local?: ReadonlySet<Field> | undefined
}) {
  const { record, label, local } = props
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
          <tr
            key={`${place} ${field.tag}`}
            data-linked={field.tag === '880' ? '' : undefined}
            data-local={local?.has(field) === true ? '' : undefined}
          >
            <th scope="row">{field.tag}</th>
            <td className="marc-indicators">{indicators(field)}</td>
            <td>
              <FieldContent field={field} />
              {local?.has(field) === true && <LocalMark />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
