import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installParts } from './gate/debian-packages.ts'
import { runTests, type Skip } from './gate/run-tests.ts'

/*
 * The gate of the project: every check and every test, in this order, all of them even after one failed.
 *
 *   node scripts/gate.ts [--quick]
 *
 * --quick leaves out what takes long: format, generated files, unused code, database and browser tests.
 * With CI=true a skipped test is a failure, since there nothing may be missing. The last line is
 * `N passed, N failed`, with `, N skipped` where there are any: tests, and under `failed` the failed
 * checks too. Exit 1 on any failure.
 */

type Result = {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly Skip[]
  /** Beside the time, on the step's line. */
  readonly note: string
  /** Shown whole, under the step's line. */
  readonly output: string
}

type Step = { readonly name: string; readonly quick: boolean; readonly run: () => Result | Promise<Result> }

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const isCi = process.env['CI'] === 'true'

const steps: readonly Step[] = [
  { name: 'types', quick: true, run: check('tsc') },
  { name: 'lint', quick: true, run: check('oxlint', '--type-aware') },
  { name: 'format', quick: false, run: check('biome', 'format', '--max-diagnostics=none', '.') },
  { name: 'generated files', quick: false, run: check('node', 'scripts/generate.ts', '--check') },
  { name: 'unused code', quick: false, run: check('knip', '--no-progress') },
  { name: 'unit tests', quick: true, run: tests('src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts') },
  { name: 'database and browser tests', quick: false, run: systemTests },
]

/** A program of node_modules/.bin, on the pinned Node: its exit code is the result. */
function check(program: string, ...args: readonly string[]): () => Result {
  return () => {
    const PATH = `${root}node_modules/.bin:${process.env['PATH'] ?? ''}`
    const done = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: { ...process.env, PATH } })
    const isSound = done.status === 0
    const output = isSound ? '' : `${done.stdout}${done.stderr}${done.error?.message ?? ''}`
    return { passed: 0, failed: isSound ? 0 : 1, skipped: [], note: '', output }
  }
}

function tests(...patterns: readonly string[]): () => Promise<Result> {
  return async () => {
    const { files, passed, failures, skipped } = await runTests(root, patterns)
    const output = failures.map(({ name, file, text }) => `${file}: ${name}\n${text}\n`).join('\n')
    return { passed, failed: failures.length, skipped, note: `${passed} passed in ${files} files`, output }
  }
}

async function systemTests(): Promise<Result> {
  const { installed, missing } = installParts()
  for (const part of installed) process.stdout.write(`  installed ${part}\n`)
  for (const part of missing) process.stdout.write(`  not here, and could not be installed: ${part}\n`)
  return tests('test/**/*.test.ts')()
}

let passed = 0
let failed = 0
const skipped: Skip[] = []
const failedSteps: string[] = []

for (const step of steps) {
  if (values.quick && !step.quick) continue
  const start = performance.now()
  const result = await step.run()
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`
  const mark = result.failed === 0 ? 'ok  ' : 'FAIL'
  process.stdout.write(
    `${mark} ${[step.name.padEnd(28), seconds.padStart(7), result.note].join('  ').trimEnd()}\n`,
  )
  if (result.output !== '') process.stdout.write(`\n${result.output.trimEnd()}\n\n`)
  passed += result.passed
  failed += result.failed
  skipped.push(...result.skipped)
  if (result.failed > 0) failedSteps.push(step.name)
}

for (const { name, file, reason } of skipped) process.stdout.write(`skipped: ${file}: ${name} (${reason})\n`)
if (isCi && skipped.length > 0) {
  process.stdout.write('Nothing may be skipped in CI: each skipped test counts as failed.\n')
  failed += skipped.length
  failedSteps.push('skipped tests')
}
process.stdout.write(
  failedSteps.length === 0 ? 'The gate is open.\n' : `Failed: ${failedSteps.join(', ')}.\n`,
)
const skips = !isCi && skipped.length > 0 ? `, ${skipped.length} skipped` : ''
process.stdout.write(`${passed} passed, ${failed} failed${skips}\n`)
process.exitCode = failed === 0 ? 0 : 1
