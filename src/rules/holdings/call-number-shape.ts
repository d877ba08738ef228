import { isObject, listOf, objectOf, oneOf, orNull, type Shape, type ShapeProblem, text } from '../shape.ts'
import { callNumberCodes, type CallNumberRow } from './call-number-mapping.ts'
import { shelvingSchemes } from './call-number-sort.ts'

/**
 * When holdings take the call number of their bib: `on-new` as they are made, `always` again whenever the bib’s
 * changes.
 */
export const callNumberUpdates = ['on-new', 'always'] as const
export type CallNumberUpdate = (typeof callNumberUpdates)[number]

/** A call number mapping table as a file has it; null is the shipped one. */
export type CallNumberTable = {
  readonly rows: readonly CallNumberRow[] | null
  readonly update: CallNumberUpdate
}

const oneCharacter = text((value) => (/^[ -~]$/.test(value) ? null : 'must be one character'))

const row = objectOf(
  {
    scheme: oneOf(shelvingSchemes),
    source: text((value) => (/^\S{1,40}$/.test(value) ? null : 'must be a code without blanks')),
    field: text((value) =>
      /^(?!00)[0-9A-Za-z]{3}$/.test(value) ? null : `${value} is no tag of a field with subfields`,
    ),
    ind1: oneCharacter,
    subfields: listOf(objectOf({ from: oneCharacter, to: oneOf(callNumberCodes) })),
  } satisfies Record<keyof CallNumberRow, Shape>,
  ['source', 'ind1'],
)

const table = objectOf({
  rows: orNull(listOf(row)),
  update: oneOf(callNumberUpdates),
} satisfies Record<keyof CallNumberTable, Shape>)

/** A table from JSON, or every fault of it with its place. */
export function parseCallNumberTable(
  json: unknown,
):
  | { readonly ok: true; readonly table: CallNumberTable }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = []
  table(json, '', problems)
  if (problems.length === 0 && isObject(json)) return { ok: true, table: json as CallNumberTable }
  return { ok: false, problems }
}
