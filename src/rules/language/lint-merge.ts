import { isIdentityTag } from '../content.ts'
import { isOutright, tagWithin } from '../field-pattern.ts'
import type { MergeAction, Rule } from './rule.ts'
import { type TokenReader, fail, warn } from './token-reader.ts'

/** What is wrong with the actions of merge rules, what has no effect, and what may do more than is meant. */
export function lintMergeRules(reader: TokenReader, rules: readonly Rule<MergeAction>[]): void {
  for (const action of rules.flatMap(({ actions }) => actions)) {
    if (action.place === null) continue
    const broken = breaks(action)
    const remark = broken === null ? (idle(action) ?? greedy(action)) : null
    if (broken !== null) fail(reader, action.place, broken)
    if (remark !== null) warn(reader, action.place, remark)
  }
}

function breaks({ verb, targets }: MergeAction): string | null {
  if (verb !== 'remove') return null
  const tag = targets.find((target) => target.tag === '001' || target.tag === 'LDR')?.tag
  if (tag === undefined) return null
  return tag === 'LDR'
    ? 'The leader cannot be removed; write replace MARC.control."LDR" to take the incoming one.'
    : '001 is the number by which all that hangs on the bib finds it, and cannot be removed.'
}

/** Why an action, or part of it, never does anything. */
function idle({ verb, targets, excluding, when, subfield, only }: MergeAction): string | null {
  const identity = targets.find(({ tag }) => isIdentityTag(tag))
  if (identity) return `This has no effect on ${identity.tag}: ${identityWhy(identity.tag)}.`
  if (targets.some(({ tag }) => tag === 'LDR') && verb === 'add')
    return 'This has no effect: a record has one leader; write replace MARC.control."LDR" to take the incoming one.'
  const control = targets.find(({ tag }) => /^00|^LDR$/.test(tag))?.tag
  if (control !== undefined && (subfield?.is === 'present' || (when !== undefined && when.tag === control)))
    return `This never does anything: ${control === 'LDR' ? 'the leader' : control} has no subfields.`
  if (only === 'if-existing-lacks' && verb !== 'add')
    return `This never does anything${verb === 'replace' ? ' that add does not' : ''}: where the existing record lacks the field there is nothing to ${verb}.`
  if (only === 'if-incoming-has' && verb === 'add')
    return 'if exists says nothing here: add brings only what the incoming record has.'
  const all = (excluding ?? []).find(
    ({ tag, ind1, ind2 }) =>
      ind1 === undefined && ind2 === undefined && targets.every((target) => tagWithin(target.tag, tag)),
  )
  return all ? `This never does anything: excluding ${all.tag} leaves nothing of it.` : null
}

function identityWhy(tag: string): string {
  if (tag === '001') return 'the bib keeps its own number'
  return tag === '005' ? 'saving sets the time' : '003 says whose number 001 is, and stays with it'
}

/** Every bib has these, so that the incoming record has something to put in their place. */
const always: readonly string[] = ['LDR', '008', '245']

function greedy({ verb, targets, only }: MergeAction): string | null {
  if (verb !== 'replace' || only !== undefined) return null
  const target = targets.find(({ tag }) => !always.includes(tag))
  if (target === undefined) return null
  const named = isOutright(target.tag) ? `a ${target.tag}` : `fields ${target.tag}`
  return `replace is remove and then add: an existing record loses ${named} even where the incoming has none. Write if exists to keep it then.`
}
