import { type CheckedRule, checkRule as check } from '../rules/check-rule.ts'
import type { RuleKind } from '../rules/language/rule.ts'
import { ImportRefusal } from './refusal.ts'
import { readThread, serveThread } from './thread.ts'

/*
 * Rule files of anybody's, read and tried in a thread of their own: whatever is in them holds up nobody
 * else, and ends after a while.
 */

export type RuleTask = { readonly do: 'check'; readonly kind: RuleKind; readonly text: string }

/** Milliseconds that a task may take. */
const patience = 5000

/** Threads at a time, and tasks that wait for one. */
const mostThreads = 2
const mostWaiting = 20

const threadName = 'rules'

let running = 0
const waiting: (() => void)[] = []

/** What is wrong with a rule file, and how it looks in one form. @throws {ImportRefusal} as `inThread` does */
export const checkRule = (rule: { readonly kind: RuleKind; readonly text: string }): Promise<CheckedRule> =>
  inThread({ do: 'check', ...rule })

/** @throws {ImportRefusal} RULE_TOO_SLOW where it takes too long, RULES_BUSY where too many wait */
async function inThread<Result>(task: RuleTask): Promise<Result> {
  await seat()
  try {
    const ending = AbortSignal.timeout(patience)
    const results = readThread<RuleTask, Result>(new URL(import.meta.url), threadName, task, {
      megabytes: 256,
      signal: ending,
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

await serveThread<RuleTask, CheckedRule>(threadName, async (task, send) => send(check(task.kind, task.text)))
