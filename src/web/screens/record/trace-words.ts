import { matchMethods } from '../../../rules/match/match-methods.ts'
import { mergeRules } from '../../../rules/merge/merge-rule.ts'
import { readTracedProblem } from '../../../rules/validation/traced-problems.ts'
import { validationRules } from '../../../rules/validation/validation-rules.ts'
import type { Trace } from '../../../server/api/job-record.ts'
import { formatTime } from '../../format.ts'
import { text } from '../../text.ts'

const words = text.trace

/** One step of how an outcome came about: what was done, and what came of it. */
export type TraceLine = { readonly name: string; readonly said: readonly string[] }

/** A trace in words, in the order in which things happened. */
export function traceWords(trace: Trace): readonly TraceLine[] {
  const lines: TraceLine[] = []
  const say = (name: string, said: readonly string[]) => {
    if (said.length > 0) lines.push({ name, said })
  }
  say(words.normalized, (trace.normalized ?? []).map(normalizedWords))
  say(words.problems, (trace.problems ?? []).map(problemWords))
  if (trace.method !== undefined) {
    say(words.method, [
      trace.step === undefined
        ? words.methodNone(nameOf(matchMethods, trace.method))
        : words.methodStep(nameOf(matchMethods, trace.method), trace.step),
    ])
  }
  say(words.looked, (trace.looked ?? []).map(keyWords))
  const { candidates } = trace
  if (candidates !== undefined) {
    const found = candidates.map(({ mmsId, by, score, evidence, dropped }) =>
      [
        words.candidate(mmsId, by.map(keyWords).join(', ')),
        ...(score === undefined ? [] : [words.score(score, evidence ?? [])]),
        ...(dropped === undefined ? [] : [words.dropped[dropped]]),
      ].join('; '),
    )
    say(words.candidates, [
      ...(found.length === 0 ? [words.noCandidates] : found),
      ...(trace.capped === true ? [words.capped] : []),
    ])
  }
  say(
    words.superseded,
    (trace.superseded ?? []).map(({ mmsId, by }) => words.candidate(mmsId, by.map(keyWords).join(', '))),
  )
  if (trace.guard !== undefined) say(words.guard, [guardWords(trace.guard)])
  say(words.warned, (trace.warned ?? []).map(guardWords))
  if (trace.rule !== undefined) say(words.rule, [nameOf(mergeRules, trace.rule)])
  say(words.mergeLines, trace.merge ?? [])
  say(
    words.combined,
    (trace.combined ?? []).map(({ mmsId, became }) => words.combinedWith(mmsId, became)),
  )
  if (trace.filtered !== undefined)
    say(words.filtered, [words.filteredBy(trace.filtered.rule, trace.filtered.line)])
  if (trace.failed !== undefined) {
    const { rule, line, why } = trace.failed
    say(words.failed, [words.failedRule(rule, line, why)])
  }
  if (trace.reviewed !== undefined) {
    const { outcome, mmsId, inventory } = trace.reviewed
    say(words.reviewed, [
      words.reviewedAs(outcome, mmsId),
      ...(inventory === undefined ? [] : [words.reviewedInventory(inventory.join('; '))]),
    ])
  }
  if (trace.refused !== undefined) say(words.refused, [trace.refused])
  return lines
}

/** The name of what a code stands for; a code of a newer server stands for itself. */
const nameOf = (named: readonly { readonly code: string; readonly name: string }[], code: string): string =>
  code === 'overlay' ? words.overlay : (named.find((one) => one.code === code)?.name ?? code)

/** `step: field`, with the step in words. */
function normalizedWords(change: string): string {
  const colon = change.indexOf(': ')
  const step = change.slice(0, colon)
  return Object.hasOwn(words.steps, step)
    ? `${words.steps[step as keyof typeof words.steps]}: ${change.slice(colon + 2)}`
    : change
}

/** `ISBN_INVALID 020 $a ×2`, as a sentence. */
function problemWords(line: string): string {
  const problem = readTracedProblem(line)
  if (problem === null) return line
  const { message } = validationRules[problem.code]
  return problem.field === null ? message : `${problem.field}: ${message}`
}

/** `oclc:12345/a` as `OCLC number 12345 ($a)`. */
export function keyWords(key: string): string {
  const colon = key.indexOf(':')
  if (colon === -1) return key
  const kind = key.slice(0, colon)
  const rest = key.slice(colon + 1)
  const slash = /^(.*)\/([0-9a-z]{1,3})$/s.exec(rest)
  const origin = slash?.[2] ?? null
  return words.key(
    words.keyKinds[kind] ?? kind,
    slash?.[1] ?? rest,
    origin === null ? null : originWords(origin),
  )
}

const originWords = (origin: string): string => (origin.length === 1 ? `$${origin}` : origin)

export function guardWords(guard: NonNullable<Trace['guard']>): string {
  switch (guard.guard) {
    case 'linked':
      return words.linked(guard.linkedTo)
    case 'locked':
      return words.locked(guard.holder, guard.zone, formatTime(guard.since))
    case 'brief':
      return words.brief(guard.existing, guard.incoming)
    case 'older':
      return words.older(guard.existing ?? words.noDate, guard.incoming ?? words.noDate, guard.why)
    case 'delete':
      return words.hangs(guard.hangs.join(', '))
    case 'oclc':
      return words.oclcGuard(words.oclc[guard.code], guard.numbers.join(', '), guard.mmsId ?? null)
    case 'combine':
      return words.combineGuard(guard.mmsId, guard.why)
  }
}
