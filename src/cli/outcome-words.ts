import type { Outcome } from '../rules/outcome.ts'

/** What each outcome means, as a report says it. */
export const outcomeMeanings: Readonly<Record<Outcome, string>> = {
  created: 'A new bib was made.',
  merged: 'Brought into the existing bib by the merge rule.',
  overlaid: 'Replaced the existing bib, but for its protected fields.',
  unchanged: 'Matched, and the bib would say the same as before.',
  deleted: 'The record asked for a deletion, and the bib was deleted or suppressed.',
  not_imported: 'The profile or a guard kept the record out.',
  filtered: 'The filter of the profile left the record out.',
  unresolved: 'A person must decide.',
  rejected: 'The record could not be read or may not be stored.',
}

/** As people read it: `not imported`. */
export const outcomeName = (outcome: string): string => outcome.replaceAll('_', ' ')
