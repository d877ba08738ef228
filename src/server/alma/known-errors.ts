import { ZoneNotFound } from '../../catalog/zone.ts'
import { BibRefusal } from '../../import/bib-refusal.ts'
import { ImportRefusal } from '../../import/refusal.ts'
import { Refusal } from '../refusal.ts'
import { type AlmaCode, AlmaError } from './errors.ts'

/** Our refusals in Alma's codes; what has none of its own there is its general error, in our words. */
const codes: Readonly<Record<string, AlmaCode>> = {
  INVALID: '4022032',
  WARNINGS: '4022033',
  RULE_FAILED: '4022031',
  NO_SUCH_RULE: '4022030',
  RULE_INACTIVE: '4022030',
  INVALID_RULE: '4022030',
  STALE_VERSION: '4022034',
  MATCHES_EXIST: '60307',
  DELETE_BLOCKED: '4022020',
  COMMUNITY_ZONE: '40166454',
  SHARED_FIELDS: '40166454',
}

/** Why bytes are no record. */
const noRecord: ReadonlySet<string> = new Set([
  'NOT_A_RECORD',
  'SEVERAL_RECORDS',
  'NOT_WELL_FORMED',
  'DOCTYPE_REFUSED',
  'NO_FIELDS',
  'TOO_LARGE',
  'TOO_MANY_FIELDS',
  'FIELD_TOO_LARGE',
  'NOT_A_BIB',
])

/** An error as Alma's API says it; nothing for a fault of the server's own. */
export function almaErrorOf(error: unknown): AlmaError | null {
  if (error instanceof AlmaError) return error
  if (error instanceof Refusal) return refusalOf(error)
  if (error instanceof ZoneNotFound) return new AlmaError('INVALID_REQUEST', { more: error.message })
  if (!(error instanceof ImportRefusal)) return null
  const more = `${error.message} ${error.remedy}`
  if (error.code === 'NO_SUCH_BIB')
    return new AlmaError('402203', { about: /\b99\d+/.exec(error.message)?.[0] ?? '', more: '' })
  if (noRecord.has(error.code)) return new AlmaError('402209', { more })
  const matches = error instanceof BibRefusal ? (error.details.matches ?? []) : []
  const named = matches.map(({ mmsId, title, by }) => `${mmsId} (${title}; ${by.join(', ')})`)
  return new AlmaError(codes[error.code] ?? '401652', {
    more: named.length === 0 ? more : `${named.join('; ')}. ${error.remedy}`,
  })
}

function refusalOf({ status, message, details: { remedy = '' } }: Refusal): AlmaError {
  if (status === 401) return new AlmaError('UNAUTHORIZED')
  if (status === 403) return new AlmaError('FORBIDDEN', { more: `${message} ${remedy}`.trim(), status })
  return new AlmaError('INVALID_REQUEST', {
    more: `${message} ${remedy}`.trim(),
    status: status === 404 ? 404 : 400,
  })
}
