import { isDataField } from '../../marc/record.ts'
import type { FieldDiff } from '../../server/api/marc.ts'
import { text } from '../text.ts'
import { FieldContent, indicators, SpannedContent, SpannedControl } from './field-content.tsx'
import { positionSpans } from './position-spans.ts'
import { subfieldSpans } from './subfield-spans.ts'

type Field = NonNullable<FieldDiff['before']>

/** Whether the second record came out of the first, or the two stand side by side. */
export type DiffSays = 'change' | 'difference'

/** Two versions of a record side by side; what differs is said by sign and by word, not by colour alone. */
export function MarcDiff(props: {
  readonly diff: readonly FieldDiff[]
  readonly label: string
  readonly beforeName: string
  readonly afterName: string
  readonly says: DiffSays
  readonly showSame: boolean
}) {
  const rows = props.showSame ? props.diff : props.diff.filter(({ change }) => change !== 'same')
  return (
    <table className="marc marc-diff" aria-label={props.label} data-says={props.says}>
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
          <DiffRow key={`${place} ${row.before?.tag ?? row.after?.tag}`} row={row} says={props.says} />
        ))}
      </tbody>
    </table>
  )
}

function DiffRow({
  row: { change, before, after },
  says,
}: {
  readonly row: FieldDiff
  readonly says: DiffSays
}) {
  return (
    <tr data-change={change}>
      <td className="diff-sign">
        <span aria-hidden="true">{text.diff.signs[says][change]}</span>{' '}
        <span className="diff-word">{text.diff.words[says][change]}</span>
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
  if (change === 'changed' && other !== null && !isDataField(field) && !isDataField(other)) {
    const spans =
      side === 'before'
        ? positionSpans(field.tag, field.value, other.value)
        : positionSpans(field.tag, other.value, field.value)
    return <SpannedControl spans={spans[side]} side={side} />
  }
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
