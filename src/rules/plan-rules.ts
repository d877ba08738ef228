import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState } from './bib-state.ts'
import { compiledProfile } from './compiled-profile.ts'
import type { RunProfile } from './import-profile.ts'
import { type Budget, recordBudget } from './normalize/budget.ts'

/**
 * What the rules of one plan may do. Plans are made one after the other in a transaction that others wait
 * for, so it is a fifth of what a record has before: a tenth of a second or so.
 */
export const planBudget = (): Budget => recordBudget({ steps: 10_000_000 })

const unpacked = new WeakMap<BibState, MarcRecord>()

/** The record of a bib, unpacked once for all who look at it. */
export function recordOf(bib: BibState): MarcRecord {
  let record = unpacked.get(bib)
  if (record === undefined) unpacked.set(bib, (record = unpack(bib.record)))
  return record
}

/** D21: the level of a record by the rule that the profile brings along; of a stored one, whatever rule it was saved by. */
export const levelOf = (record: MarcRecord, profile: RunProfile): number =>
  compiledProfile(profile).briefLevels(record, planBudget()).level
