import { checkRule } from '../../../rules/check-rule.ts'
import type { RuleTask, TaskResult } from './rule-task.ts'
import { tryRule } from './try-rule.ts'

/* Rules are read and tried in a thread of their own, so that neither a long file nor a hostile one stops the typing. */

function resultOf(task: RuleTask): TaskResult {
  return task.do === 'check'
    ? { did: 'check', checked: checkRule(task.kind, task.text) }
    : { did: 'try', tried: tryRule(task.kind, task.text, task.record, task.other) }
}

addEventListener('message', ({ data }: MessageEvent<RuleTask>) => postMessage(resultOf(data)))
