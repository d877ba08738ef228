import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generators } from './gate/generators.ts'

/*
 * Makes every file that is made by a script; with --check it writes nothing and exits 1 where one
 * differs from what its script would make.
 *
 *   node scripts/generate.ts [--check]
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')

for (const { makes, script, source } of generators) {
  if (source !== undefined && !existsSync(new URL(source, new URL('..', import.meta.url)))) {
    process.stderr.write(`skipped: ${makes}, since ${source} is not here\n`)
    continue
  }
  const made = spawnSync(process.execPath, [script, ...(check ? ['--check'] : [])], {
    cwd: root,
    stdio: 'inherit',
  })
  if (made.status === 0) continue
  process.stderr.write(check ? `${makes} differs from what ${script} makes.\n` : `${script} failed.\n`)
  process.exitCode = 1
}
