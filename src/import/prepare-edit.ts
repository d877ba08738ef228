import { createHash } from 'node:crypto'
import { pack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { isIdentityTag } from '../rules/content.ts'
import { prepareDetail } from '../rules/detail.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { codeRemedies, codeSentences } from '../rules/outcome.ts'
import { prepare } from '../rules/prepare.ts'
import type { Problem } from '../rules/validation/problem.ts'
import type { PreparedRecord } from './batch.ts'
import { BibRefusal } from './bib-refusal.ts'
import { letPass } from './prepare-frame.ts'

export type PreparedEdit = {
  readonly prepared: PreparedRecord
  /** Findings that hinder nothing. */
  readonly problems: readonly Problem[]
}

/**
 * Step 2 of the path of a record that a person has written.
 *
 * @throws {BibRefusal} INVALID and WARNINGS with the findings; other codes of outcomes where it is no bib, or
 * a rule cannot be carried out on it
 */
export function prepareEdit(
  record: MarcRecord,
  profile: RunProfile,
  { heedWarnings = false }: { readonly heedWarnings?: boolean },
): PreparedEdit {
  const detail = prepareDetail()
  const prepared = prepare(record, profile, { detail })
  const problems = detail.problems ?? []
  if (prepared.status === 'out') {
    const { code, failed } = prepared
    const errors = problems.filter(({ severity }) => severity === 'error')
    const why =
      code === 'INVALID'
        ? `The record breaks ${errors.length === 1 ? 'a rule' : `${errors.length} rules`} of the format: ${shown(errors)}.`
        : failed
          ? `${codeSentences[code]} ${failed.rule}${failed.line === null ? '' : `, line ${failed.line}`}: ${failed.why}.`
          : codeSentences[code]
    const remedy = code === 'INVALID' ? 'Correct the record, and save it again.' : codeRemedies[code]
    throw new BibRefusal('invalid', code, why, remedy, { problems })
  }
  if (heedWarnings && problems.length > 0)
    throw new BibRefusal(
      'invalid',
      'WARNINGS',
      `There ${problems.length === 1 ? 'is a warning' : `are ${problems.length} warnings`} about the record: ${shown(problems)}.`,
      'Correct the record, or save it all the same.',
      { problems },
    )
  return { prepared: preparedRecord(record, prepared), problems }
}

/** A record that is stored already, as it is. */
export function prepareStored(record: MarcRecord, profile: RunProfile): PreparedRecord {
  const content = { ...record, fields: record.fields.filter(({ tag }) => !isIdentityTag(tag)) }
  const asItIs = letPass({
    ...profile,
    normalize: [],
    rules: [],
    briefRule: null,
    match: plainMatch(profile),
  })
  return prepareEdit(content, asItIs, {}).prepared
}

/** A stored record is matched with nothing. */
const plainMatch = ({ match }: RunProfile): RunProfile['match'] => ({
  method: 'oclc',
  handling: 'automatic',
  multi: match.multi,
})

const preparedRecord = (record: MarcRecord, prepared: PreparedRecord['prepared']): PreparedRecord => {
  const bytes = Buffer.from(pack(record))
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  return { position: 1, offset: 0, length: bytes.length, hash, repairs: [], prepared }
}

/** Codes with their fields, the first few. */
const shown = (problems: readonly Problem[]): string => {
  const words = problems.map(({ code, field }) => (field === null ? code : `${code} ${field}`))
  return words.length <= 5 ? words.join(', ') : `${words.slice(0, 5).join(', ')} and ${words.length - 5} more`
}
