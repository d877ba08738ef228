import { globSync } from 'node:fs'
import { run } from 'node:test'
import { inspect } from 'node:util'

export type TestRun = {
  readonly files: number
  readonly passed: number
  readonly failures: readonly Failure[]
  readonly skipped: readonly Skip[]
}

export type Failure = { readonly name: string; readonly file: string; readonly text: string }

export type Skip = { readonly name: string; readonly file: string; readonly reason: string }

/** Two files at a time: what the smallest machine that we develop on has cores for. */
const concurrency = 2

/** For a whole file: one that hangs must not hold up the gate for ever. In milliseconds. */
const timeout = 10 * 60 * 1000

/**
 * Runs test files, each in a process of its own, and counts what node's runner says of each test. A
 * suite or a test with tests inside is counted too only where it fails by itself.
 */
export async function runTests(root: string, patterns: readonly string[]): Promise<TestRun> {
  const files = globSync([...patterns], { cwd: root })
    .map((file) => `${root}${file}`)
    .toSorted()
  let passed = 0
  const failures: Failure[] = []
  const skipped: Skip[] = []
  const said = new Map<string, string>()
  if (files.length === 0) return { files: 0, passed, failures, skipped }

  const nameOf = (file: string | undefined) => (file ?? '').replace(root, '')
  for await (const { type, data } of run({ files, concurrency, timeout, cwd: root })) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      said.set(nameOf(data.file), (said.get(nameOf(data.file)) ?? '') + data.message)
    } else if (type === 'test:pass') {
      if (data.skip !== undefined) {
        const reason = typeof data.skip === 'string' && data.skip !== '' ? data.skip : 'no reason given'
        skipped.push({ name: data.name, file: nameOf(data.file), reason })
      } else if (data.details.type !== 'suite') {
        passed += 1
      }
    } else if (type === 'test:fail' && data.todo === undefined) {
      const { error } = data.details
      // A parent fails with its children, which have been counted.
      if (/^\d+ subtests? failed$/.test(error.message)) continue
      failures.push({ name: data.name, file: nameOf(data.file), text: inspect(error.cause ?? error) })
    }
  }
  return { files: files.length, passed, failures: failures.map(withOutput), skipped }

  /** What a file printed is shown with its first failure alone. */
  function withOutput(failure: Failure): Failure {
    const output = said.get(failure.file) ?? ''
    said.delete(failure.file)
    return output === '' ? failure : { ...failure, text: `${failure.text}\n${output.trimEnd()}` }
  }
}
