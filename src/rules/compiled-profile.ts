import { type BriefLevels, shippedBriefLevels } from './brief-level.ts'
import { hash64 } from './hash.ts'
import type { RunProfile } from './import-profile.ts'
import type { RuleKind, RuleText } from './language/rule.ts'
import { type MergeRule, mergeRule } from './merge/merge-rule.ts'
import type { NormalizeRules } from './normalize/compile-rules.ts'
import { compileFilter, type FilterTest } from './profile-filter.ts'
import { readyBriefLevels, readyIndication, readyMerge, readyNormalization } from './ready-rule.ts'
import { isShippedRule } from './shipped-rules.ts'

/** A profile with its rules made ready. */
export type CompiledProfile = {
  /** What leaves a record out; nothing where the profile has no filter. */
  readonly filter: FilterTest | null
  /** Its rule files of normalisation, by their codes. */
  readonly normalizeRules: ReadonlyMap<string, NormalizeRules>
  /** @throws {RangeError} for one that the profile does not name */
  readonly mergeRuleOf: (code: string) => MergeRule
  /** A rule as traces name it: of a rule file `code@version`. */
  readonly tracedRule: (code: string) => string
  /** D21: those of the zone that the bibs are in. */
  readonly briefLevels: BriefLevels
  /** What tells what becomes of a match from what would become of it by another profile or another text of its rule. */
  readonly onMatch: string
}

const known = new WeakMap<RunProfile, CompiledProfile>()

/**
 * A profile made ready, once for each object.
 *
 * @throws {RangeError} where it names a rule that it does not bring along: such a profile is refused before it runs
 * @throws {UnusableRule} where a text that it brings along cannot be read
 */
export function compiledProfile(profile: RunProfile): CompiledProfile {
  let compiled = known.get(profile)
  if (compiled === undefined) {
    compiled = compile(profile)
    known.set(profile, compiled)
  }
  return compiled
}

/** The brief levels of a zone, by its own rule, or the shipped one where it has none. @throws {UnusableRule} */
export const zoneBriefLevels = (rule: RuleText | null): BriefLevels =>
  rule === null ? shippedBriefLevels : readyBriefLevels(rule)

function compile(profile: RunProfile): CompiledProfile {
  const { filter, normalize, onMatch, briefRule = null } = profile
  const normalizeRules = new Map<string, NormalizeRules>()
  for (const step of normalize)
    if (step.do === 'rule')
      normalizeRules.set(step.rule, readyNormalization(textOf(profile, 'normalize', step.rule)))
  const mergeText = (code: string) => (isShippedRule('merge', code) ? null : textOf(profile, 'merge', code))
  const text = mergeText(onMatch.mergeRule)
  return {
    filter: filter && compileFilter(filter, (code) => readyIndication(textOf(profile, 'indication', code))),
    normalizeRules,
    mergeRuleOf(code) {
      const own = mergeText(code)
      return own === null ? mergeRule(code) : readyMerge(own)
    },
    tracedRule(code) {
      const own = mergeText(code)
      return own === null ? code : `${code}@${own.version}`
    },
    briefLevels: zoneBriefLevels(briefRule === null ? null : textOf(profile, 'brief-level', briefRule)),
    onMatch: `${onMatch.action} ${onMatch.mergeRule}${text === null ? '' : `@${hash64(text.text)}`}`,
  }
}

function textOf({ code: profile, rules = [] }: RunProfile, kind: RuleKind, code: string): RuleText {
  const rule = rules.find((each) => each.kind === kind && each.code === code)
  if (!rule) throw new RangeError(`the profile ${profile} does not bring along the rule ${code} (${kind})`)
  return rule
}
