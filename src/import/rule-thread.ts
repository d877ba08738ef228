import { type CheckedRule, checkRule as check } from '../rules/check-rule.ts'
import type { RuleKind, RuleProblem } from '../rules/language/rule.ts'
import { openTrial, type TriedRule } from '../rules/try-rule.ts'
import { recordOfText } from './record-of-text.ts'
import { ImportRefusal } from './refusal.ts'
import { readThread, serveThread } from './thread.ts'

/*
 * Rule files of anybody's, read and tried in a thread of their own: whatever is in them holds up nobody
 * else, and ends after a while.
 */

export type RuleToTry = {
  readonly kind: RuleKind
  readonly text: string
  /** As `recordOfText` takes it; of a merge the incoming one. */
  readonly record: string
  readonly existing: string | null
}

/** Nothing was tried where the text has an error. */
export type RuleTry = { readonly problems: readonly RuleProblem[]; readonly tried: TriedRule | null }

type Task =
  | { readonly do: 'check'; readonly kind: RuleKind; readonly text: string }
  | (RuleToTry & { readonly do: 'try' })

/** Milliseconds that a task may take. */
const patience = 5000

/** Threads at a time, and tasks that wait for one. */
const mostThreads = 2
const mostWaiting = 20

const threadName = 'rules'

let running = 0
const waiting: (() => void)[] = []

/** What is wrong with a rule file, and what its tests come to. @throws {ImportRefusal} as `inThread` */
export const checkRule = ({ kind, text }: { readonly kind: RuleKind; readonly text: string }) =>
  inThread<CheckedRule>({ do: 'check', kind, text })

/** What a rule file makes of a record. @throws {ImportRefusal} as `inThread`, NOT_A_RECORD, NO_EXISTING */
export const tryRule = (rule: RuleToTry) => inThread<RuleTry>({ do: 'try', ...rule })

/** @throws {ImportRefusal} RULE_TOO_SLOW where it takes too long, RULES_BUSY where too many wait */
async function inThread<Result>(task: Task): Promise<Result> {
  await seat()
  try {
    const results = readThread<Task, Result>(new URL(import.meta.url), threadName, task, {
      megabytes: 256,
      signal: AbortSignal.timeout(patience),
    })
    for await (const result of results) return result
    throw new ImportRefusal(
      'invalid',
      'RULE_TOO_SLOW',
      `The rules were not done after ${patience / 1000} seconds.`,
      'Write fewer or simpler ones, or try them on a smaller record.',
    )
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** Waits for a thread to be free, in turn; whoever is done hands its own over. */
async function seat(): Promise<void> {
  if (running < mostThreads) {
    running++
    return
  }
  if (waiting.length >= mostWaiting)
    throw new ImportRefusal(
      'conflict',
      'RULES_BUSY',
      'Too many rule files are being tried at once.',
      'Try again in a moment.',
    )
  await new Promise<void>((resolve) => waiting.push(resolve))
}

async function carryOut(task: Task): Promise<CheckedRule | RuleTry> {
  if (task.do === 'check') return check(task.kind, task.text)
  const trial = openTrial(task.kind, task.text)
  const { problems } = trial
  if (!trial.ok) return { problems, tried: null }
  if (task.kind === 'merge' && task.existing === null)
    throw new ImportRefusal(
      'invalid',
      'NO_EXISTING',
      'A merge is tried with two records, and the existing one is not there.',
      'Give the existing record too; the other one is the incoming.',
    )
  const record = await recordOfText(task.record)
  const existing = task.existing === null ? null : await recordOfText(task.existing)
  return { problems, tried: trial.try({ record, existing }) }
}

await serveThread<Task, CheckedRule | RuleTry>(threadName, async (task, send) => send(await carryOut(task)))
