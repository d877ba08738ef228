import type { Code, Outcome } from '../rules/outcome.ts'
import { takesEffect } from '../rules/inventory/plan-inventory.ts'
import type { BatchResult, PreparedRecord } from './batch.ts'
import { isCombined } from './combined-bibs.ts'

/**
 * Counts of a part's ledger rows, by key: an outcome, with `:CODE` where there is one; `#matched`,
 * `#headings`, `#duplicates`; `#combined`, bibs that became part of another; `#undoable`, what an undo would look at; `#holdings`, `#items`, `#portfolios` that it
 * made, `#inventory-changed` and `#inventory-removed` of what was there, and `#inventory-problems`, records with any; `#repair:CODE`. Kept in the transactions that write the rows, so that a
 * report of a million records is read from a few rows; `accession verify` counts the ledger itself.
 */
export type Tally = Readonly<Record<string, number>>

const inventoryKeys = [
  ['holdings', '#holdings'],
  ['item', '#items'],
  ['portfolio', '#portfolios'],
] as const

const changesBib = new Set<Outcome>(['created', 'merged', 'overlaid', 'deleted'])

export function tallyOf(
  results: readonly BatchResult[],
  repairs: ReadonlyMap<number, PreparedRecord['repairs']>,
): Tally {
  const tally: Record<string, number> = {}
  const count = (key: string, by = 1) => {
    if (by > 0) tally[key] = (tally[key] ?? 0) + by
  }
  for (const {
    position,
    outcome,
    code,
    matched,
    headings,
    duplicateInFile,
    linkedMmsId,
    combined,
    inventory,
  } of results) {
    count(tallyKey({ outcome, code }))
    if (matched > 0) count('#matched')
    count('#headings', headings)
    if (duplicateInFile) count('#duplicates')
    count('#combined', combined.filter(isCombined).length)
    for (const [kind, key] of inventoryKeys)
      count(key, inventory.filter((step) => step.kind === kind && step.result === 'added').length)
    if (inventory.some((step) => step.code !== null)) count('#inventory-problems')
    count('#inventory-changed', inventory.filter(({ result }) => result === 'changed').length)
    count('#inventory-removed', inventory.filter(({ result }) => result === 'removed').length)
    if (changesBib.has(outcome) || linkedMmsId !== null || inventory.some(takesEffect)) count('#undoable')
    for (const repair of new Set((repairs.get(position) ?? []).map((one) => one.code)))
      count(`#repair:${repair}`)
  }
  return tally
}

/** An outcome with its code, as tallies have it. */
export const tallyKey = ({ outcome, code }: Pick<BatchResult, 'outcome' | 'code'>): string =>
  code === null ? outcome : `${outcome}:${code}`

export function readTallyKey(key: string): Pick<BatchResult, 'outcome' | 'code'> {
  const [outcome, code = null] = key.split(':') as [Outcome, Code?]
  return { outcome, code }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum: Record<string, number> = {}
  for (const tally of tallies)
    for (const [key, count] of Object.entries(tally)) sum[key] = (sum[key] ?? 0) + count
  return sum
}
