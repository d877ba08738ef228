import { Refusal } from './refusal.ts'

type Kinds = readonly ('text' | 'number')[]
type Values<K extends Kinds> = { readonly [at in keyof K]: K[at] extends 'text' ? string : number }

/** Where a page ends, as an opaque word for addresses: what the next page's rows come after. */
export const writeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** @throws {Refusal} 400 where it is none of ours */
export function readCursor<const K extends Kinds>(cursor: string, kinds: K): Values<K> {
  const values = parse(cursor)
  if (Array.isArray(values) && isOf(values, kinds)) return values
  return noSuchCursor()
}

/** @throws {Refusal} 400 always */
export function noSuchCursor(): never {
  throw new Refusal(
    400,
    'INVALID_CURSOR',
    'The place to go on from is none that a list of this kind and order ended with.',
    {
      remedy: 'Start the list again, without it.',
    },
  )
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}

function isOf<const K extends Kinds>(values: readonly unknown[], kinds: K): values is Values<K> {
  return (
    values.length === kinds.length &&
    kinds.every((kind, at) => (kind === 'text' ? isText(values[at]) : Number.isSafeInteger(values[at])))
  )
}

/** U+0000 is no text to PostgreSQL. */
const isText = (value: unknown) => typeof value === 'string' && !value.includes('\0')

/** A page of at most `limit` rows, of which one more was asked for to know whether others follow. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly (string | number)[],
): { rows: readonly Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null }
}
