import type { Trace, TracedCandidate, TracedGuard } from '../rules/trace.ts'

/** How an outcome came about, in sentences; the same facts as on the screen. */
export function traceLines(trace: Trace): string[] {
  const { method, step, looked, candidates, capped, guard, rule, normalized, problems, reviewed, refused } =
    trace
  const { ours, superseded, warned, merge, combined, filtered, failed } = trace
  return [
    ...(ours ? [`bib ${ours.mmsId} of the institution, version ${ours.version}`] : []),
    ...(normalized ? [`corrected first: ${normalized.join('; ')}`] : []),
    ...(problems ? [`validation: ${problems.join('; ')}`] : []),
    ...(method === undefined
      ? []
      : [`matched by method ${method}: ${step === undefined ? 'no step found a bib' : `step “${step}”`}`]),
    ...(looked ? [`looked up: ${looked.join(', ')}`] : []),
    ...(candidates ?? []).map(candidateLine),
    ...(superseded ?? []).map(({ mmsId, by }) => `the record supersedes ${mmsId}, by ${by.join(', ')}`),
    ...(capped === true ? ['more bibs carry these keys than are looked at'] : []),
    ...(guard ? [`held back: ${guardWords(guard)}`] : []),
    ...(warned ?? []).map((passed) => `warning: ${guardWords(passed)}`),
    ...(rule === undefined ? [] : [`merge rule: ${rule}`]),
    ...(merge ? [`its lines: ${merge.join('; ')}`] : []),
    ...(combined ?? []).map(({ mmsId, became }) => `combined with ${mmsId}, which is ${became}`),
    ...(filtered ? [`left out by rule ${filtered.rule}, line ${filtered.line}`] : []),
    ...(failed
      ? [`rule ${failed.rule}${failed.line === null ? '' : `, line ${failed.line}`}, failed: ${failed.why}`]
      : []),
    ...(reviewed
      ? [
          `in the dry run: ${reviewed.outcome}${reviewed.code === null ? '' : ` ${reviewed.code}`}${reviewed.mmsId === null ? '' : `, bib ${reviewed.mmsId}`}`,
          ...inventoryReviewed(reviewed.inventory),
        ]
      : []),
    ...(refused === undefined ? [] : [`the database said: ${refused}`]),
  ]
}

/** Why a candidate was set aside. */
export const droppedWords: Readonly<Record<NonNullable<TracedCandidate['dropped']>, string>> = {
  community: 'set aside: a community zone bib',
  'cancelled-number': 'set aside: by a cancelled number only',
  'other-carrier': 'set aside: print against electronic',
  'other-year': 'set aside: another year',
  'other-type': 'set aside: another type of record',
  'other-author': 'set aside: another author',
  'low-score': 'set aside: too little agrees',
  veto: 'set aside: a difference that rules it out',
  'added-earlier': 'set aside: another that matches was added later',
}

const candidateLine = ({ mmsId, by, score, evidence, dropped }: TracedCandidate): string =>
  `found ${mmsId} by ${by.join(', ')}${score === undefined ? '' : `; score ${score}`}${evidence ? ` (${evidence.join(', ')})` : ''}${dropped === undefined ? '' : `; ${droppedWords[dropped]}`}`

/** What a guard compared, and found. */
export function guardWords(guard: TracedGuard): string {
  switch (guard.guard) {
    case 'linked':
      return `the match is linked to network bib ${guard.linkedTo}`
    case 'locked':
      return `${guard.holder}${guard.zone === null ? '' : ` of ${guard.zone}`} has had the bib open since ${guard.since}`
    case 'brief':
      return `brief level ${guard.incoming} of the incoming record is below ${guard.existing} of the bib (1 is briefest, 10 fullest)`
    case 'older':
      return `005 of the bib ${guard.existing ?? 'none'}, incoming ${guard.incoming ?? 'none'}: ${guard.why}`
    case 'delete':
      return `on the bib hang ${guard.hangs.join(', ')}`
    case 'oclc':
      return `${oclcWords[guard.code]}: ${guard.numbers.join(', ')}${guard.mmsId === undefined ? '' : ` (bib ${guard.mmsId})`}${guard.superseded === true ? ' (OCLC has merged its records)' : ''}`
    case 'combine':
      return `bib ${guard.mmsId} cannot be combined: ${guard.why}`
  }
}

const oclcWords: Readonly<Record<Extract<TracedGuard, { guard: 'oclc' }>['code'], string>> = {
  OCLC_TWO_CURRENT: 'two current OCLC numbers',
  OCLC_NUMBER_CHANGE: 'the OCLC number changes',
  OCLC_CANCELLED_ELSEWHERE: 'another bib has the OCLC number as cancelled',
}

const inventoryReviewed = (inventory: readonly string[] | undefined): string[] =>
  inventory === undefined
    ? []
    : [`its inventory in the dry run: ${inventory.length === 0 ? 'none' : inventory.join('; ')}`]
