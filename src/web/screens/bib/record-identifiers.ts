import type { MarcRecord } from '../../../marc/record.ts'
import { matchKeys } from '../../../rules/match/match-key.ts'

/** The valid OCLC numbers and ISBNs of a record, in their one form, each once. */
export function recordIdentifiers(record: MarcRecord): {
  readonly oclc: readonly string[]
  readonly isbn: readonly string[]
} {
  const valid = matchKeys(record).filter(({ origin }) => origin === 'a')
  const of = (kind: string) => [
    ...new Set(valid.filter((key) => key.kind === kind).map(({ value }) => value)),
  ]
  return { oclc: of('oclc'), isbn: of('isbn') }
}
