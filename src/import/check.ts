/** What one check found. */
export type Check = {
  /** For programs; never renamed. */
  readonly id: string
  /** The rule, as a sentence that is true of a sound catalogue. */
  readonly title: string
  /** Rows, files or bibs that were looked at. */
  readonly checked: number
  readonly breaches: number
  /** The first offenders, in words. */
  readonly examples: readonly string[]
}

/** What is looked at: zones and a job by number; nothing where all are. */
export type Scope = { readonly zones: readonly number[] | null; readonly job: number | null }

/** A rule in SQL: how many rows it is about, and one row with an `example` for each that breaks it. */
export type SqlCheck = {
  readonly id: string
  readonly title: string
  readonly checked: string
  readonly breaches: string
}

/** Offenders that are named. */
export const exampleCount = 5
