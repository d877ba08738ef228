#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pinnedNode, setUpOrExit } from '../scripts/setup.js'

/*
 * The command line, from any folder and through any link: sets the checkout up where it is not, then
 * hands over to src/cli/main.ts on the pinned Node. Plain JavaScript, for the machine's own Node.
 */

const args = process.argv.slice(2)
setUpOrExit({ web: args[0] === 'start' })

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
// As `importerFlags` of src/server/importer-process.ts.
const flags = ['--max-semi-space-size=32']
// The channel tells the command when this process dies, however it dies.
const command = spawn(pinnedNode, [...flags, main, ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})

// Ctrl-C reaches every process of a terminal: only without one does it have to be passed on.
const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !hasTerminal) command.kill(signal)
  })
}

command.on('error', (error) => {
  process.stderr.write(
    `accession: ${pinnedNode} does not run (${error.message}). Remove node_modules and try again.\n`,
  )
  process.exitCode = 1
})

command.on('exit', (code, signal) => {
  if (signal === null) {
    process.exitCode = code ?? 1
    return
  }
  // Whoever started us sees the same death.
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})
