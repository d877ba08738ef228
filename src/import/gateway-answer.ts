import { findBibPages } from '../catalog/bib-page.ts'
import { findLock } from '../catalog/lock.ts'
import { getZone, type Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { fileLimits } from '../marc/frame.ts'
import type {
  AnswerBib,
  AnswerZone,
  Decision,
  GatewayFailure,
  Imported,
  LockHolder,
  NotImported,
} from '../protocols/gateway/answer.ts'
import { displayTitle } from '../rules/display-title.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { Code } from '../rules/outcome.ts'
import type { Trace } from '../rules/trace.ts'
import { severityOf } from '../rules/validation/exceptions.ts'
import { exceptionLinesOf } from '../rules/validation/profile-exceptions.ts'
import { readTracedProblem } from '../rules/validation/traced-problems.ts'
import { validationRules } from '../rules/validation/validation-rules.ts'
import type { BatchResult } from './batch.ts'
import type { Received, Success } from './gateway-ledger.ts'

/** What a success is answered with: read from the catalogue in the transaction that made it so. */
export async function answerSuccess(
  tx: Queryable,
  { zone, bibZone, title, oclcNumber }: Received,
  success: Omit<Success, 'id'>,
  replayed: boolean,
): Promise<Imported> {
  const [bib] = await findBibPages(tx, bibZone, [success.mmsId])
  const marks: Imported['marks'][number][] = []
  if (bib?.suppressed) marks.push('suppressed')
  if (bib?.publishToOclc === 'do-not-publish') marks.push('not-published')
  return {
    kind: 'imported',
    outcome: success.outcome,
    zone: answerZone(bibZone),
    mmsId: success.mmsId,
    linked: success.linkedMmsId === null ? null : { zone: answerZone(zone), mmsId: success.linkedMmsId },
    title: bib ? displayTitle(bib.record) : title,
    oclcNumber,
    decision: decisionOf(success.trace),
    marks,
    replayed,
  }
}

/** What a failure is answered with: its reason, and what a cataloguer needs to do something about it. */
export async function answerFailure(
  tx: Queryable,
  received: Received,
  profile: RunProfile,
  result: BatchResult,
  issue: number | null,
): Promise<GatewayFailure> {
  const { code, trace } = result
  if (code === null) throw new Error(`a record that was ${result.outcome} has no code to say why`)
  const bibs = await findBibs(tx, received.bibZone, result)
  const common: NotImported & { readonly kind: 'failed' } = {
    kind: 'failed',
    zone: answerZone(received.bibZone),
    title: received.title,
    oclcNumber: received.oclcNumber,
    issue,
    decision: decisionOf(trace),
  }
  const existing = bibs[0] ?? null
  const guard = trace?.guard
  if (code === 'MULTI_MATCH') {
    const keys = new Map(trace?.candidates?.map(({ mmsId, by }) => [mmsId, by]))
    const matches = bibs.map((bib) => ({ ...bib, keys: keys.get(bib.mmsId) ?? [] }))
    return { ...common, code, matches, capped: trace?.capped === true }
  }
  if (existing && guard?.guard === 'brief' && code === 'NOT_ADDED_BRIEF')
    return { ...common, code, existing, existingLevel: guard.existing, incomingLevel: guard.incoming }
  if (existing && guard?.guard === 'older' && code === 'NOT_ADDED_OLD')
    return {
      ...common,
      code,
      existing,
      existing005: guard.existing ?? '',
      incoming005: guard.incoming ?? '',
    }
  if (existing && guard?.guard === 'locked' && code === 'NOT_ADDED_LOCKED') {
    const lock = await findLock(tx, received.bibZone.zoneId, existing.mmsId)
    // One that lapsed while the record was planned has just ended.
    const until = new Date(lock?.until ?? Date.now())
    const own = guard.holder === received.sentBy
    const zone = guard.zone === null ? null : answerZone(await getZone(tx, guard.zone))
    const holder: LockHolder = { holder: guard.holder, zone, since: new Date(guard.since), until, own }
    return { ...common, code, existing, lock: holder }
  }
  if (existing && code === 'NOT_ADDED_CZ') return { ...common, code, existing }
  if (existing && guard?.guard === 'linked' && code === 'NOT_ADDED_LINKED')
    return { ...common, code, existing, linkedTo: guard.linkedTo }
  if (code === 'TOO_LARGE') return { kind: 'failed', code, limit: fileLimits.record }
  if (isOther(code)) {
    const never = code === 'DELETE_NOT_ALLOWED' ? ['The gateway never deletes; a profile for files may.'] : []
    return { ...common, code, existing, details: [...never, ...detailsOf(trace, profile)] }
  }
  throw new Error(`a record was refused by ${code}, and nothing says by which bib`)
}

type OtherCode = Exclude<
  Code,
  | 'MULTI_MATCH'
  | 'NOT_ADDED_BRIEF'
  | 'NOT_ADDED_OLD'
  | 'NOT_ADDED_LOCKED'
  | 'NOT_ADDED_CZ'
  | 'NOT_ADDED_LINKED'
  | 'TOO_LARGE'
>

const isOther = (code: Code): code is OtherCode => !code.startsWith('NOT_ADDED') && code !== 'MULTI_MATCH'

export const answerZone = ({ code, name }: Zone): AnswerZone => ({ code, name })

/** The bibs that a record met, in the order of their match. */
async function findBibs(
  tx: Queryable,
  zone: Zone,
  { mmsId, candidates }: BatchResult,
): Promise<readonly AnswerBib[]> {
  const mmsIds = mmsId === null ? candidates : [mmsId]
  const pages = mmsIds.length === 0 ? [] : await findBibPages(tx, zone, mmsIds)
  return pages.map((page) => ({ mmsId: page.mmsId, title: displayTitle(page.record) }))
}

const decisionOf = (trace: Trace | null): Decision => ({
  method: trace?.method ?? null,
  step: trace?.step ?? null,
  keys: trace?.looked ?? [],
  rule: trace?.rule ?? null,
})

/** Particulars of a failure, a line each; findings that the profile takes as warnings are none. */
function detailsOf(trace: Trace | null, profile: RunProfile): string[] {
  const problems = (trace?.problems ?? []).flatMap((problem) => problemWords(problem, profile))
  return [
    ...problems,
    ...guardDetails(trace?.guard),
    ...(trace?.filtered ? [`Rule ${trace.filtered.rule}, line ${trace.filtered.line}.`] : []),
    ...(trace?.failed ? [failedWords(trace.failed)] : []),
    ...(trace?.refused === undefined ? [] : [trace.refused]),
  ]
}

const failedWords = ({ rule, line, why }: NonNullable<Trace['failed']>): string =>
  `Rule ${rule}${line === null ? '' : `, line ${line}`}: ${why}.`

function guardDetails(guard: Trace['guard']): readonly string[] {
  if (guard?.guard === 'delete') return guard.hangs
  if (guard?.guard === 'combine') return [`Bib ${guard.mmsId}: ${guard.why}.`]
  if (guard?.guard !== 'oclc') return []
  const where = guard.mmsId === undefined ? '' : `, bib ${guard.mmsId}`
  return [`OCLC ${guard.numbers.length === 1 ? 'number' : 'numbers'} ${guard.numbers.join(', ')}${where}.`]
}

/** A finding of validation, `TITLE_MISSING` or `ISBN_INVALID 020 $a`, in words; other text is words already. */
function problemWords(line: string, profile: RunProfile): string[] {
  const problem = readTracedProblem(line)
  if (problem === null) return [line]
  const { code, field } = problem
  if (severityOf(code, field, exceptionLinesOf(profile), profile.validate) !== 'error') return []
  const { message, remedy } = validationRules[code]
  return [`${field === null ? '' : `${field}: `}${message} ${remedy}`]
}
