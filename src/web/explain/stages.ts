import type { Explanation } from '../../server/api/explanation.ts'
import { text } from '../text.ts'

const words = text.explain

const stageNames = [
  'decode',
  'filter',
  'normalize',
  'validate',
  'keys',
  'match',
  'guards',
  'merge',
  'result',
] as const

export type StageName = (typeof stageNames)[number]

/** `stopped`: here the record came to its end, or was left to a person. `none`: it did not come so far, or there was nothing to do. */
export type StageState = 'done' | 'warned' | 'stopped' | 'none'

/** A step of an import as one line: how it went, and in words. */
export type Stage = { readonly name: StageName; readonly state: StageState; readonly said: string }

/** All steps, in the order in which a record goes through them. */
export function stagesOf(explanation: Explanation): readonly Stage[] {
  const stages: Record<StageName, readonly [StageState, string]> = {
    decode: decodeStage(explanation),
    filter: filterStage(explanation),
    normalize: normalizeStage(explanation),
    validate: validateStage(explanation),
    keys: keysStage(explanation),
    match: matchStage(explanation),
    guards: guardsStage(explanation),
    merge: mergeStage(explanation),
    result: [
      isLeftOpen(explanation) ? 'stopped' : explanation.result.after === null ? 'none' : 'done',
      text.outcomes[explanation.outcome],
    ],
  }
  return stageNames.map((name) => ({ name, state: stages[name][0], said: stages[name][1] }))
}

const isLeftOpen = ({ outcome }: Explanation): boolean => outcome === 'unresolved' || outcome === 'rejected'

function decodeStage({ decode }: Explanation): readonly [StageState, string] {
  if (decode.record === null) return ['stopped', words.unreadable]
  const { length } = decode.repairs
  return [length > 0 ? 'warned' : 'done', words.decoded(words.formats[decode.format], length)]
}

function filterStage({ filter }: Explanation): readonly [StageState, string] {
  if (filter === null) return ['none', words.noFilter]
  return filter.isMet ? ['stopped', words.leftOut] : ['done', words.letIn]
}

function normalizeStage({ normalize, failed }: Explanation): readonly [StageState, string] {
  if (failed !== null) return ['stopped', words.ruleFailed]
  if (normalize.length === 0) return ['none', words.noSteps]
  const changed = normalize.filter(({ diff }) => diff.length > 0).length
  return ['done', words.stepsChanged(changed, normalize.length)]
}

function validateStage({ validate }: Explanation): readonly [StageState, string] {
  if (validate === null) return ['none', words.notReached]
  const errors = validate.problems.filter(({ severity }) => severity === 'error').length
  const warnings = validate.problems.length - errors
  return [errors > 0 ? 'stopped' : warnings > 0 ? 'warned' : 'done', text.rule.found({ errors, warnings })]
}

function keysStage({ prepared }: Explanation): readonly [StageState, string] {
  return prepared === null ? ['none', words.notReached] : ['done', words.keys(prepared.keys.length)]
}

function matchStage({ match, code }: Explanation): readonly [StageState, string] {
  if (match === null) return ['none', words.notReached]
  if (code === 'MATCH_UNSURE') return ['stopped', words.unsure]
  const matches = match.steps.flatMap((step) => step.matches)
  return [matches.length > 1 ? 'stopped' : 'done', words.matches(matches.length)]
}

function guardsStage({ guards }: Explanation): readonly [StageState, string] {
  const asked = guards.filter(({ said }) => said !== 'off')
  if (asked.length === 0) return ['none', words.noGuard]
  const held = asked.filter(({ said }) => said === 'refused' || said === 'review').length
  if (held > 0) return ['stopped', words.heldBack]
  const warned = asked.filter(({ said }) => said === 'warned').length
  return warned > 0 ? ['warned', words.guardsWarn(warned)] : ['done', words.guardsPass(asked.length)]
}

function mergeStage({ merge }: Explanation): readonly [StageState, string] {
  if (merge === null) return ['none', words.noMerge]
  const changed = merge.fields.filter(({ decision }) => decision !== 'kept' && decision !== 'left').length
  return ['done', words.merged(changed)]
}
