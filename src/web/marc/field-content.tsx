import { type Field, isDataField } from '../../marc/record.ts'
import type { Span } from '../../rules/diff.ts'
import type { SubfieldSpans } from './subfield-spans.ts'

/** As the rules and traces write it: a blank is `#`. */
export const indicators = (field: Field): string =>
  isDataField(field) ? `${field.ind1}${field.ind2}`.replaceAll(' ', '#') : ''

/** What stands in a field. Each subfield is isolated, so that one in Arabic leaves its neighbours in place. */
export function FieldContent({ field }: { readonly field: Field }) {
  if (!isDataField(field))
    return <span className="marc-control">{field.value.replaceAll(' ', '\u00a0')}</span>
  return field.subfields.map(({ code, value }, place) => (
    // The place is what tells two subfields of a code apart.
    <span key={`${code}${place}`} className="marc-subfield">
      <span className="marc-code">‡{code}</span> <bdi dir="auto">{value}</bdi>{' '}
    </span>
  ))
}

/** A fixed field with the positions that are on this side alone marked. */
export function SpannedControl({
  spans,
  side,
}: {
  readonly spans: readonly Span[]
  readonly side: 'before' | 'after'
}) {
  const Mark = side === 'before' ? 'del' : 'ins'
  return (
    <span className="marc-control">
      {spans.map(({ text, same }, part) => {
        const shown = text.replaceAll(' ', '\u00a0')
        return same ? shown : <Mark key={`${part}${text}`}>{shown}</Mark>
      })}
    </span>
  )
}

/** The same of a data field. */
export function SpannedContent({
  subfields,
  side,
}: {
  readonly subfields: readonly SubfieldSpans[]
  readonly side: 'before' | 'after'
}) {
  const Mark = side === 'before' ? 'del' : 'ins'
  return subfields.map(({ code, isOnlyHere, spans }, place) => (
    <span key={`${code}${place}`} className="marc-subfield">
      {isOnlyHere ? <Mark className="marc-code">‡{code}</Mark> : <span className="marc-code">‡{code}</span>}{' '}
      <bdi dir="auto">
        {spans.map(({ text, same }, part) =>
          same || text.trim() === '' ? text : <Mark key={`${part}${text}`}>{text}</Mark>,
        )}
      </bdi>{' '}
    </span>
  ))
}
