import { isDataField } from '../../marc/record.ts'
import type { FieldDiff } from '../../server/api/marc.ts'
import { text } from '../text.ts'
import { FieldContent, indicators, SpannedContent } from './field-content.tsx'
import { subfieldSpans } from './subfield-spans.ts'

type Field = NonNullable<FieldDiff['before']>

/** Two versions of a record side by side; what differs is said by sign and by word, not by colour alone. */
export function MarcDiff(props: {
  readonly diff: readonly FieldDiff[]
  readonly label: string
  readonly beforeName: string
  readonly afterName: string
  readonly showSame: boolean
}) {
  const rows = props.showSame ? props.diff : props.diff.filter(({ change }) => change !== 'same')
  return (
    <table className="marc marc-diff" aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{text.diff.change}</span>
          </th>
          <th scope="col">{text.diff.tag}</th>
          <th scope="col">{props.beforeName}</th>
          <th scope="col">{props.afterName}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          <DiffRow key={`${place} ${row.before?.tag ?? row.after?.tag}`} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function DiffRow({ row: { change, before, after } }: { readonly row: FieldDiff }) {
  return (
    <tr data-change={change}>
      <td className="diff-sign">
        <span aria-hidden="true">{text.diff.signs[change]}</span>{' '}
        <span className="diff-word">{text.diff.words[change]}</span>
      </td>
      <th scope="row">{after?.tag ?? before?.tag}</th>
      <td className="diff-before">
        {before !== null && <Side field={before} other={after} change={change} side="before" />}
      </td>
      <td className="diff-after">
        {after !== null && <Side field={after} other={before} change={change} side="after" />}
      </td>
    </tr>
  )
}

function Side(props: {
  readonly field: Field
  readonly other: Field | null
  readonly change: FieldDiff['change']
  readonly side: 'before' | 'after'
}) {
  const { field, other, change, side } = props
  if (change !== 'changed' || other === null || !isDataField(field) || !isDataField(other)) {
    const Whole = change === 'same' ? 'span' : side === 'before' ? 'del' : 'ins'
    return (
      <Whole>
        <Indicators field={field} />
        <FieldContent field={field} />
      </Whole>
    )
  }
  const spans =
    side === 'before'
      ? subfieldSpans(field.subfields, other.subfields)
      : subfieldSpans(other.subfields, field.subfields)
  const Mark = indicators(field) === indicators(other) ? 'span' : side === 'before' ? 'del' : 'ins'
  return (
    <>
      <Mark>
        <Indicators field={field} />
      </Mark>
      <SpannedContent subfields={spans[side]} side={side} />
    </>
  )
}

function Indicators({ field }: { readonly field: Field }) {
  if (!isDataField(field)) return null
  return <span className="marc-indicators">{indicators(field)} </span>
}
