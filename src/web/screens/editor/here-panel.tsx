import { useMemo } from 'react'
import { codesAt, type FixedPosition, fixedPositions } from '../../../rules/validation/fixed-positions.ts'
import { type FieldFormat, marc21, undefinedName } from '../../../rules/validation/format.ts'
import { type Line, readLine } from '../../editor/field-line.ts'
import { type Place, placeIn } from '../../editor/line-places.ts'
import type { CaretPlace } from '../../editor/marc-editor.tsx'
import { text } from '../../text.ts'

const words = text.editor

/** What MARC 21 says of the field that the caret is in, and of the part of it. */
export function HerePanel({ written, caret }: { readonly written: string; readonly caret: CaretPlace }) {
  const lines = useMemo(() => written.split('\n'), [written])
  const row = lines[caret.line - 1] ?? ''
  const line = readLine(row)
  const place = placeIn(line, caret.at)
  const tag = row.slice(0, 3)
  const leader = lines[0]?.startsWith('LDR ') === true ? lines[0].slice(4) : ''
  const format = marc21().fields.get(tag)
  const positions = line.is === 'control' ? fixedPositions(tag, row.slice(line.value.from), leader) : []
  return (
    <section className="panel here" aria-labelledby="here">
      <h2 id="here">{words.here}</h2>
      <p className="here-field">
        <strong className="mms-id">{tag}</strong> {nameOf(tag, format)}
        {format !== undefined && (
          <small>
            {' '}
            {format.obsolete ? words.obsolete : format.repeatable ? words.repeatable : words.once}
          </small>
        )}
      </p>
      {positions.length > 0 && line.is === 'control' ? (
        <Positions tag={tag} positions={positions} value={row.slice(line.value.from)} place={place} />
      ) : (
        line.is === 'data' &&
        format !== undefined && <Parts row={row} line={line} format={format} place={place} />
      )}
    </section>
  )
}

function nameOf(tag: string, format: FieldFormat | undefined): string {
  if (format !== undefined) return format.name
  if (tag === 'LDR') return 'Leader'
  return /9/.test(tag) ? words.hereLocal : words.hereNothing
}

function Positions(props: {
  readonly tag: string
  readonly positions: readonly FixedPosition[]
  readonly value: string
  readonly place: Place
}) {
  const { tag, positions, value, place } = props
  return (
    <table className="here-positions" aria-label={words.positionsOf(tag)}>
      <thead>
        <tr>
          <th scope="col">{words.position}</th>
          <th scope="col">{words.positionCode}</th>
          <th scope="col">{words.positionName}</th>
        </tr>
      </thead>
      <tbody>
        {positions.map((position) => {
          const { at, length } = position
          const isHere = place.in === 'position' && place.at >= at && place.at < at + length
          return (
            <tr key={at} aria-current={isHere ? 'true' : undefined}>
              <th scope="row">{length === 1 ? at : `${at}–${at + length - 1}`}</th>
              <td className="mms-id">{value.slice(at, at + length).replaceAll(' ', '␣')}</td>
              <td>
                {position.name}: {meaningOf(position, value)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What the codes of a position mean, each meaning once. */
function meaningOf(position: FixedPosition, value: string): string {
  const found = codesAt(position, value).map((code) =>
    code !== '' && /^\|+$/.test(code)
      ? words.notCoded
      : position.codes === null
        ? code.trim()
        : (position.codes.get(code)?.name ?? words.undefinedValue),
  )
  return [...new Set(found)].join('; ')
}

function Parts(props: {
  readonly row: string
  readonly line: Line & { is: 'data' }
  readonly format: FieldFormat
  readonly place: Place
}) {
  const { row, line, format, place } = props
  const code = place.in === 'subfield' ? line.subfields[place.part]?.code : undefined
  return (
    <>
      <dl className="here-indicators">
        {([1, 2] as const).map((which) => {
          const { name, values } = format.indicators[which === 1 ? 0 : 1]
          const span = which === 1 ? line.ind1 : line.ind2
          const written = row.slice(span.from, span.to)
          const meaning = values.get(written === '#' ? ' ' : written)?.name ?? words.undefinedValue
          const isHere = place.in === 'indicator' && place.which === which
          return (
            <div key={which} aria-current={isHere ? 'true' : undefined}>
              <dt>{words.indicator(which)}</dt>
              <dd>
                <span className="mms-id">{written}</span>{' '}
                {name === undefinedName ? name : `${name}: ${meaning}`}
              </dd>
            </div>
          )
        })}
      </dl>
      <h3>{words.subfields}</h3>
      <ul className="here-subfields">
        {[...format.subfields]
          .filter(([each, { obsolete }]) => !obsolete || each === code)
          .map(([each, subfield]) => (
            <li key={each} aria-current={each === code ? 'true' : undefined}>
              <span className="marc-code">‡{each}</span> {subfield.name}
              {subfield.repeatable && <small> {words.repeatable}</small>}
            </li>
          ))}
      </ul>
    </>
  )
}
