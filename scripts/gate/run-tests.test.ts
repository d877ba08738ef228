import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import type { TestRun } from './run-tests.ts'

const folder = mkdtempSync(join(tmpdir(), 'accession-run-tests-'))
after(() => rmSync(folder, { recursive: true }))

/** The runner does not run inside a test: it gets a process of its own. */
function runFile(text: string): TestRun {
  writeFileSync(join(folder, 'a.test.mjs'), `import { test, suite } from 'node:test'\n${text}`)
  const module = new URL('run-tests.ts', import.meta.url).href
  const script = join(folder, 'run.mjs')
  writeFileSync(
    script,
    `import { runTests } from ${JSON.stringify(module)}
     console.log(JSON.stringify(await runTests(${JSON.stringify(`${folder}/`)}, ['*.test.mjs'])))`,
  )
  const env = { ...process.env }
  delete env['NODE_TEST_CONTEXT']
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', env })
  return JSON.parse(stdout) as TestRun
}

test('each test that passes counts, a suite does not', () => {
  const { passed, failures } = runFile(
    `suite('s', () => { test('a', () => {}); test('b', () => {}) })\ntest('c', () => {})`,
  )
  assert.deepEqual([passed, failures.length], [3, 0])
})

test('a failure counts once, not again for what it stands in', () => {
  const { failures } = runFile(`suite('s', () => { test('a', () => { throw new Error('wrong title') }) })`)
  assert.deepEqual(
    failures.map(({ name }) => name),
    ['a'],
  )
  assert.match(failures[0]?.text ?? '', /wrong title/)
})

test('a file that fails outside of its tests is a failure', () => {
  assert.equal(runFile(`throw new Error('no server')`).failures.length, 1)
  assert.equal(
    runFile(`test('a', () => {})\nprocess.on('exit', () => { process.exitCode = 3 })`).failures.length,
    1,
  )
})

test('a skipped test keeps its reason and has not passed', () => {
  const { passed, skipped } = runFile(
    `test('a', { skip: 'no Chromium' }, () => {})\ntest('b', (t) => t.skip('no yaz'))`,
  )
  assert.equal(passed, 0)
  assert.deepEqual(
    skipped.map(({ reason }) => reason),
    ['no Chromium', 'no yaz'],
  )
})
