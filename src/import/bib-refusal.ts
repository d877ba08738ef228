import type { Problem } from '../rules/validation/problem.ts'
import { ImportRefusal } from './refusal.ts'

/** What a bib is now, for whoever has read an older version. */
export type CurrentVersion = {
  readonly version: number
  readonly changedAt: string
  readonly changedBy: string | null
}

/** A bib that matches a record, and the keys that they have in common, as `kind:value/origin`. */
export type MatchingBib = { readonly mmsId: string; readonly title: string; readonly by: readonly string[] }

export type BibRefusalDetails = {
  readonly problems?: readonly Problem[]
  readonly current?: CurrentVersion
  readonly matches?: readonly MatchingBib[]
}

/** A change of a bib that is not made, with what the person needs for going on. */
export class BibRefusal extends ImportRefusal {
  readonly details: BibRefusalDetails

  constructor(
    kind: ImportRefusal['kind'],
    code: string,
    message: string,
    remedy: string,
    details: BibRefusalDetails = {},
  ) {
    super(kind, code, message, remedy)
    this.details = details
  }
}
