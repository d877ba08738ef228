import type { Queryable } from '../../db/database.ts'

/** Rows that a condition looks at beside `f`, the bib's row of facets; see `Leaf`. */
export type Joined = 's' | 'nf' | 'ns'

/** What is collected while one statement is written. */
export type Statement = {
  /** Runs what was written, with those of the values that stand in it. */
  readonly run: <Row extends object>(db: Queryable, text: string) => Promise<Row[]>
  /** The `$n` of a value; the same one where it is there already. Its type is said where it stands. */
  readonly of: (value: unknown) => string
  readonly joined: ReadonlySet<Joined>
  readonly join: (...rows: readonly Joined[]) => void
}

export function createStatement(): Statement {
  const values: unknown[] = []
  const joined = new Set<Joined>()
  return {
    run: (db, text) => {
      const used: number[] = []
      const renumbered = text.replace(/\$(\d+)/g, (_, number: string) => {
        const at = Number(number) - 1
        if (!used.includes(at)) used.push(at)
        return `$${used.indexOf(at) + 1}`
      })
      return db.query(
        renumbered,
        used.map((at) => values[at]),
      )
    },
    of: (value) => {
      const known = values.indexOf(value)
      return `$${known === -1 ? values.push(value) : known + 1}`
    },
    joined,
    join: (...rows) => {
      for (const row of rows) joined.add(row)
    },
  }
}
