import type { Field, MarcRecord } from '../../marc/record.ts'
import { isIdentityTag, sameLeader } from '../content.ts'
import { formatField } from '../field-text.ts'
import { formatMergeAction } from '../language/format-action.ts'
import type { MergeAction } from '../language/rule.ts'
import type { Budget } from '../normalize/budget.ts'
import type { MergeNotes } from './merge-work.ts'
import { merge } from './merge.ts'
import type { MergeDecision } from './merge-decision.ts'
import { type MergeRule, lineOf } from './merge-rule.ts'
import { type ProtectSettings, type Protection, localProtection, protectionOf } from './protect.ts'

/**
 * What the lines of a rule did, as a stored trace has it: `14 add 650×3`, `9 remove 500×1`,
 * `3 replace LDR×1`, `20 protect 500×1`, and `protected 590×1` for what the zone's list kept. A
 * number is a line of the rule file; of a shipped rule, that of the action.
 */
export function mergeTrace(
  decisions: readonly MergeDecision[],
  rule: MergeRule,
  existing: MarcRecord,
  incoming: MarcRecord,
): string[] {
  const counts = new Map<string, Counted>()
  const count = (at: number, verb: string, tag: string) => {
    const key = `${at} ${verb} ${tag}`
    const counted = counts.get(key)
    if (counted) counted.times++
    else counts.set(key, { at, text: `${verb} ${tag}`, times: 1 })
  }
  const tagOf = ({ fields }: MarcRecord, place: number | null) =>
    place === null ? 'LDR' : (fields[place] as Field).tag
  for (const decided of decisions) {
    const { decision, action, removal } = decided
    if (decision === 'kept') {
      if (decided.protected)
        count(
          action ?? Infinity,
          action === null ? 'protected' : 'protect',
          tagOf(existing, decided.existing),
        )
    } else if (action === null) continue
    else if (decision === 'removed') count(action, 'remove', tagOf(existing, decided.existing))
    else {
      const isExchanged = decision === 'replaced' && removal === undefined
      count(action, isExchanged ? 'replace' : 'add', tagOf(incoming, decided.incoming))
      if (removal !== undefined) count(removal, 'remove', tagOf(existing, decided.existing))
    }
  }
  return [...counts.values()]
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map(({ at, text, times }) => `${at === Infinity ? '' : `${lineOf(rule, at)} `}${text}×${times}`)
}

type Counted = { readonly at: number; readonly text: string; times: number }

/** Why a field became what it did, in a sentence. */
export const mergeWhys = {
  brought: 'The line brings it from the incoming record.',
  taken: 'The line removes it.',
  'own-number': 'The bib keeps its own number and dates; no rule reaches 001, 003 and 005.',
  'kept-by-line': 'The line protects it from all others.',
  protected: "It is protected by the zone's or the profile's list.",
  same: 'Both records have it.',
  'none-to-exchange': 'The line would exchange it, and the incoming record has none.',
  'not-meant': 'No line of the rule means it.',
  local: "It is local to somebody by the zone's or the profile's list, and does not come from outside.",
  'one-is-there': 'The line adds it only where the existing record has none.',
  'taken-again': 'A line brought it, and this later one removes it.',
} as const

export type MergeWhy = keyof typeof mergeWhys

/** One field of a merge: what it was, what came, what it is. Texts are those of `formatField`; the leader is `LDR`. */
export type MergeStep = {
  /** `left`: an incoming field that did not come. */
  readonly decision: MergeDecision['decision'] | 'left'
  readonly before: string | null
  readonly incoming: string | null
  readonly after: string | null
  readonly why: MergeWhy
  /** What protects it: `59X`, `$5 OWN`, `035 of another system`. */
  readonly protection: string | null
  /** The line that decided, and the one that took the former field where it was another. */
  readonly line: MergeLine | null
  readonly removal: MergeLine | null
}

/** A line of a rule file; of a shipped rule, the number of the action. */
export type MergeLine = { readonly line: number; readonly text: string }

/** A merge field by field: the leader, then the fields of the result in order, among them by tag what went and what did not come. */
export function mergeSteps(
  existing: MarcRecord,
  incoming: MarcRecord,
  rule: MergeRule,
  protect: ProtectSettings,
  budget?: Budget,
): MergeStep[] {
  const notes: MergeNotes = { unmatched: new Map(), local: new Map(), present: new Map(), removed: new Map() }
  const { record, decisions } = merge(existing, incoming, rule, protect, {
    ...(budget ? { budget } : {}),
    notes,
  })
  const line = (at: number | null | undefined): MergeLine | null =>
    at === null || at === undefined
      ? null
      : { line: lineOf(rule, at), text: formatMergeAction(rule.actions[at] as MergeAction) }
  const stepOf = (decided: MergeDecision): Placed => {
    const before = decided.existing === null ? null : (existing.fields[decided.existing] as Field)
    const came = decided.incoming === null ? null : (incoming.fields[decided.incoming] as Field)
    const { why, at } = whyOf(decided, before, notes)
    const step = {
      decision: decided.decision,
      before: before && formatField(before),
      incoming: came && formatField(came),
      after: decided.result === null ? null : formatField(record.fields[decided.result] as Field),
      why,
      protection: why === 'protected' && before ? formatProtection(protectionOf(before, protect)) : null,
      line: line(at),
      removal: line(decided.removal),
    }
    return { tag: (before ?? (came as Field)).tag, step }
  }
  const leftStep = (field: Field, place: number): Placed => {
    const { why, at } = whyLeft(field, place, notes)
    const protection = why === 'local' ? formatProtection(localProtection(field, protect)) : null
    const text = { before: null, incoming: formatField(field), after: null }
    return {
      tag: field.tag,
      step: { decision: 'left', ...text, why, protection, line: line(at), removal: null },
    }
  }
  const ofFields = decisions.filter((decided) => decided.existing !== null || decided.incoming !== null)
  const came = new Set(ofFields.map((decided) => decided.incoming))
  const kept = ofFields.filter(({ result }) => result !== null).map(stepOf)
  const gone = ofFields.filter(({ result }) => result === null).map(stepOf)
  const left = incoming.fields.flatMap((field, place) => (came.has(place) ? [] : [leftStep(field, place)]))
  const ofLeader = decisions.find((decided) => decided.existing === null && decided.incoming === null)
  return [
    leaderStep(existing.leader, incoming.leader, ofLeader, line),
    ...amongByTag(kept, [...gone, ...withoutTwins(kept, left)]).map(({ step }) => step),
  ]
}

type Placed = { readonly tag: string; step: MergeStep }

/** Of a field that stayed and one that did not come, where they are the same, one step is made. */
function withoutTwins(kept: readonly Placed[], left: readonly Placed[]): Placed[] {
  const alone = Map.groupBy(
    kept.filter(({ step }) => step.decision === 'kept' && step.incoming === null),
    ({ step }) => step.before,
  )
  return left.filter(({ step: { incoming } }) => {
    const twin = alone.get(incoming)?.shift()
    if (!twin) return true
    const why = twin.step.why === 'not-meant' ? 'same' : twin.step.why
    twin.step = { ...twin.step, incoming, why }
    return false
  })
}

/** The others among the fields of a result: each before the first of a greater tag. */
function amongByTag(result: readonly Placed[], others: readonly Placed[]): Placed[] {
  const sorted = others.toSorted((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0))
  let next = 0
  const placed = result.flatMap((field) => {
    const from = next
    while (next < sorted.length && (sorted[next] as Placed).tag < field.tag) next++
    return [...sorted.slice(from, next), field]
  })
  return [...placed, ...sorted.slice(next)]
}

function leaderStep(
  before: string,
  incoming: string,
  decided: MergeDecision | undefined,
  line: (at: number | null) => MergeLine | null,
): MergeStep {
  const isReplaced = decided?.decision === 'replaced'
  return {
    decision: isReplaced ? 'replaced' : 'kept',
    before: `LDR ${before}`,
    incoming: `LDR ${incoming}`,
    after: `LDR ${isReplaced ? incoming : before}`,
    why: isReplaced
      ? 'brought'
      : decided
        ? 'kept-by-line'
        : sameLeader(before, incoming)
          ? 'same'
          : 'not-meant',
    protection: null,
    line: line(decided?.action ?? null),
    removal: null,
  }
}

type Why = { readonly why: MergeWhy; readonly at: number | null }

function whyOf(decided: MergeDecision, field: Field | null, notes: MergeNotes): Why {
  const { decision, action, existing } = decided
  if (decision === 'removed') return { why: 'taken', at: action }
  if (decision !== 'kept' || !field || existing === null) return { why: 'brought', at: action }
  if (isIdentityTag(field.tag)) return { why: 'own-number', at: null }
  if (decided.protected) return { why: action === null ? 'protected' : 'kept-by-line', at: action }
  if (decided.incoming !== null) return { why: 'same', at: null }
  const at = notes.unmatched.get(existing)
  return at === undefined ? { why: 'not-meant', at: null } : { why: 'none-to-exchange', at }
}

function whyLeft(field: Field, place: number, { removed, local, present }: MergeNotes): Why {
  if (isIdentityTag(field.tag)) return { why: 'own-number', at: null }
  for (const [why, noted] of [
    ['taken-again', removed],
    ['local', local],
    ['one-is-there', present],
  ] as const) {
    const at = noted.get(place)
    if (at !== undefined) return { why, at }
  }
  return { why: 'not-meant', at: null }
}

function formatProtection(protection: Protection | null): string | null {
  if (protection === null) return null
  if (protection.by === 'tag') return protection.pattern
  return protection.by === 'subfield' ? `$${protection.code} ${protection.value}` : '035 of another system'
}
