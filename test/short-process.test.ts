import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImportRefusal } from '../src/import/refusal.ts'
import { inShortProcess } from '../src/import/short-process.ts'
import type { EndlessTask } from './endless-task.ts'

const program = new URL('./endless-task.ts', import.meta.url)
const ask = (what: EndlessTask['do']) => inShortProcess<EndlessTask, string>(program, 'endless', { do: what })

const refusedAs = (code: string) => (error: unknown) => error instanceof ImportRefusal && error.code === code

test('A task that never ends is ended, and so is one that takes all memory; others are done meanwhile and after', async () => {
  const loops = ask('loop')
  assert.equal(await ask('answer'), 'answered')
  await assert.rejects(loops, refusedAs('RULE_TOO_SLOW'))
  // Where the machine is busy, its time is over before its memory is.
  await assert.rejects(
    ask('fill'),
    (error) => refusedAs('RULE_TOO_BIG')(error) || refusedAs('RULE_TOO_SLOW')(error),
  )
  assert.deepEqual(await Promise.all([ask('answer'), ask('answer'), ask('answer')]), [
    'answered',
    'answered',
    'answered',
  ])
})
