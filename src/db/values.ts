import pg from 'pg'

/*
 * How values of the database appear in the program:
 *
 *   int2, int4, oid, float   number
 *   int8                     number while it is a safe integer, else the decimal digits as a string
 *   numeric                  decimal digits as a string: money is never a float
 *   timestamptz              ISO 8601 in UTC with the microseconds kept, '2026-11-24T08:30:00.123456Z'
 *   date                     'YYYY-MM-DD'
 *   json, jsonb              parsed
 *   bytea                    Buffer
 *   text[], int8[]           arrays of the above
 *   anything else            PostgreSQL's text form
 *
 * Sessions run in UTC with ISO dates (see database.ts), which the forms above rely on.
 */
const { builtins } = pg.types

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInt8],
  [1016, parseInt8Array],
  [builtins.TIMESTAMPTZ, parseTimestamp],
  [builtins.DATE, String],
  [builtins.TIMESTAMP, String],
  [builtins.INTERVAL, String],
])

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    return parsers.get(oid) ?? pg.types.getTypeParser(oid, 'text')
  },
}

function parseInt8(text: string): number | string {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : text
}

function parseInt8Array(text: string): (number | string | null)[] {
  const body = text.slice(1, -1)
  if (body === '') return []
  return body.split(',').map((part) => (part === 'NULL' ? null : parseInt8(part)))
}

/** '2026-11-24 08:30:00.5+00' and the infinities, as PostgreSQL writes them in UTC. */
function parseTimestamp(text: string): string {
  if (!text.endsWith('+00')) return text
  return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
}
