import type { Field } from '../../marc/record.ts'
import { isIdentityTag } from '../content.ts'
import { effectiveTag } from '../effective-tag.ts'
import { isOutright, someValue, tagMatches, tagWithin } from '../field-pattern.ts'
import type { FieldTarget, MergeAction } from '../language/rule.ts'
import { type Budget, spend } from '../normalize/budget.ts'
import { type CompiledPattern, compilePattern } from '../pattern.ts'
import type { MergeRule } from './merge-rule.ts'
import type { Protection } from './protect.ts'

/** A merge rule made ready: asked for the fields of a tag, it tells which of its actions can reach them. */
export type CompiledRule = {
  readonly actions: readonly MergeAction[]
  /** Conditions of the actions, and what their fields may not have, by the place of the action. */
  readonly asks: readonly (Asks | null)[]
  readonly without: readonly (readonly Asks[])[]
  /** Places of the actions that speak of the leader. */
  readonly leader: readonly number[]
  readonly hasProtect: boolean
  /** Places of the actions that ask for another field of the existing record, which those before may have changed. */
  readonly dependent: ReadonlySet<number>
  readonly ofTag: Map<string, readonly Reach[]>
  /** How much is kept of what tags can be reached by; they are whatever records have. */
  kept: number
}

/** A condition on values: `when MARC."035"."a" contains "x"`. Without a tag it is about the field itself. */
export type Asks = {
  readonly tag: string | null
  readonly subfield: string
  readonly contains: CompiledPattern
}

/** Whether a value of a field has somewhere in it what a condition asks for; a `*` at either end of that changes nothing. */
function meets(field: Field, { subfield, contains }: Asks, budget: Budget): boolean {
  return someValue(field, subfield, (value) => contains.occurs(value, budget))
}

/** Whether one of the fields meets a condition on another tag. */
export const hasSome = (fields: readonly Field[], asks: Asks, budget: Budget): boolean =>
  fields.some(
    (field) => speaksOf(asks.tag ?? 'XXX', effectiveTag(field), field) && meets(field, asks, budget),
  )

/** One action, with the parts of it that matter to one tag. */
export type Reach = {
  readonly at: number
  readonly action: MergeAction
  readonly tag: string
  readonly targets: readonly FieldTarget[]
  readonly excluding: readonly FieldTarget[]
  readonly without: readonly Asks[]
  /** The condition that a field itself must meet, or one that another field of its record must. */
  readonly ofField: Asks | null
  readonly ofRecord: Asks | null
  /** Every field of the tag is meant. */
  readonly isAll: boolean
}

const compiled = new WeakMap<MergeRule, CompiledRule>()

/** Beyond this much the actions are looked through for a tag each time. */
const mostKept = 100_000

/** Steps for each action that is looked through. */
const stepsToLook = 20

export function compileMergeRule(rule: MergeRule): CompiledRule {
  const known = compiled.get(rule)
  if (known) return known
  const { actions } = rule
  const without = actions.map((action) =>
    (action.without ?? []).map(({ code, value }) => ({
      tag: null,
      subfield: code,
      contains: compilePattern(value),
    })),
  )
  const asks = actions.map(({ when }) =>
    when ? { tag: when.tag ?? null, subfield: when.subfield, contains: compilePattern(when.contains) } : null,
  )
  const made: CompiledRule = {
    actions,
    asks,
    without,
    leader: [...actions.keys()].filter((at) =>
      (actions[at] as MergeAction).targets.some(({ tag }) => tag === 'LDR'),
    ),
    hasProtect: actions.some(({ verb }) => verb === 'protect'),
    dependent: new Set([...actions.keys()].filter((at) => isDependent(actions[at] as MergeAction))),
    ofTag: new Map(),
    kept: 0,
  }
  compiled.set(rule, made)
  return made
}

const isDependent = ({ verb, targets, when }: MergeAction): boolean => {
  const tag = when?.tag
  return (
    tag !== undefined &&
    (verb === 'remove' || verb === 'replace') &&
    targets.some((target) => target.tag !== 'LDR' && !tagWithin(target.tag, tag))
  )
}

/** The actions that can reach fields of a tag (of an 880 its partner's), in their order. */
export function reachesOf(rule: CompiledRule, tag: string, budget: Budget): readonly Reach[] {
  const known = rule.ofTag.get(tag)
  if (known) return known
  spend(budget, rule.actions.length * stepsToLook)
  const reaches = isIdentityTag(tag)
    ? []
    : rule.actions.flatMap((action, at) => reachOf(action, at, tag, rule) ?? [])
  rule.kept += 1 + reaches.length
  if (rule.kept <= mostKept) rule.ofTag.set(tag, reaches)
  return reaches
}

function reachOf(action: MergeAction, at: number, tag: string, rule: CompiledRule): Reach | null {
  const asks = rule.asks[at] ?? null
  const without = rule.without[at] ?? []
  const ofTag = (target: FieldTarget) => tagMatches(target.tag, tag) || namesAlternates(target.tag)
  const targets = action.targets.filter(ofTag)
  const excluding = (action.excluding ?? []).filter(ofTag)
  if (targets.length === 0 || excluding.some((target) => isWhole(target, tag))) return null
  const isOfField = asks !== null && (asks.tag === null || isAskedOfField(asks.tag, tag, targets))
  return {
    at,
    action,
    tag,
    targets,
    excluding,
    without,
    ofField: isOfField ? asks : null,
    ofRecord: isOfField ? null : asks,
    isAll:
      isWhole(targets[0] as FieldTarget, tag) &&
      excluding.length === 0 &&
      without.length === 0 &&
      !action.subfield &&
      !isOfField,
  }
}

/** Where a line reaches a tag by its 880s alone, what it asks of 880 is about those. */
const isAskedOfField = (asked: string, tag: string, targets: readonly FieldTarget[]): boolean =>
  tagMatches(asked, tag) ||
  (namesAlternates(asked) && targets.every((target) => !tagMatches(target.tag, tag)))

const isWhole = (target: FieldTarget, tag: string): boolean =>
  target.ind1 === undefined && target.ind2 === undefined && tagMatches(target.tag, tag)

/** `880` and `88X` name the fields in the other script by what they are, besides the tags that these count as. */
const namesAlternates = (pattern: string): boolean => tagWithin('880', pattern) && pattern.startsWith('88')

/** `tag` is the one that the field counts as. */
const speaksOf = (pattern: string, tag: string, field: Field): boolean =>
  tagMatches(pattern, tag) || (field.tag === '880' && namesAlternates(pattern))

/**
 * Which target of an action a field is: its place among those of the reach, -1 where the action does
 * not mean the field. Protection aside, and a condition on other fields of the record.
 */
export function targetOf(reach: Reach, field: Field, budget: Budget): number {
  if (reach.isAll) return 0
  const { targets, excluding, without, ofField, tag } = reach
  const { subfield } = reach.action
  let found = -1
  for (let at = 0; at < targets.length && found === -1; at++)
    if (isTarget(targets[at] as FieldTarget, tag, field)) found = at
  if (found === -1) return -1
  for (const target of excluding) if (isTarget(target, tag, field)) return -1
  for (const asks of without) if (meets(field, asks, budget)) return -1
  if (subfield) {
    const isPresent = 'subfields' in field && field.subfields.some(({ code }) => code === subfield.code)
    if (isPresent !== (subfield.is === 'present')) return -1
  }
  return ofField === null || meets(field, ofField, budget) ? found : -1
}

function isTarget(target: FieldTarget, tag: string, field: Field): boolean {
  if (!speaksOf(target.tag, tag, field)) return false
  if (target.ind1 === undefined && target.ind2 === undefined) return true
  return (
    'subfields' in field &&
    (target.ind1 ?? field.ind1) === field.ind1 &&
    (target.ind2 ?? field.ind2) === field.ind2
  )
}

/**
 * Whether protection keeps an existing field from an action that means to remove it. Naming a tag
 * outright reaches what its tag alone protects; a field marked as someone's own stays, and so does
 * another system's number.
 */
export const isKeptFrom = (reach: Reach, field: Field, protection: Protection): boolean =>
  protection.by !== 'tag' ||
  !reach.targets.some(
    (target) => isOutright(target.tag) && target.tag === reach.tag && isTarget(target, reach.tag, field),
  )

/**
 * Whether protection keeps an incoming field out. To bring one takes nothing from the bib, so an
 * action may: by a tag that is no wider than the pattern of the list (`69X` where 69X is protected),
 * and a marked field where it asks for the subfield of the mark.
 */
export function isKeptOut(reach: Reach, field: Field, protection: Protection): boolean {
  if (protection.by === 'tag') {
    const { pattern } = protection
    return !reach.targets.some(
      (target) => tagWithin(target.tag, pattern) && isTarget(target, reach.tag, field),
    )
  }
  if (protection.by !== 'subfield') return false
  const { subfield } = reach.action
  const isAskedFor =
    reach.ofField?.subfield === protection.code ||
    (subfield?.is === 'present' && subfield.code === protection.code)
  return !isAskedFor
}
