import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger } from 'fastify'
import type { ServerAddress } from '../db/database.ts'

/** What the process is told first, over its channel: an address may hold a password, which arguments would show. */
export type ImporterStart = { readonly address: ServerAddress | string; readonly dataDir: string }

export type ImporterProcess = {
  /** Asks it to end after the batch in hand, and makes it after ten seconds; what is cut off is taken up again. */
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('importer-child.ts', import.meta.url))

/**
 * Half of what V8 takes by default for what is new: an import is as fast, in 100 MB less. The command line
 * (bin/accession.js) runs with the same.
 */
export const importerFlags: readonly string[] = ['--max-semi-space-size=32']

const firstPause = 250
const longestPause = 15_000
/** A process that lived as long as this was sound: the next one starts without delay. */
const soundAfter = 60_000
const patience = 10_000

/**
 * Runs jobs in a process of its own, so that the web stays responsive, and starts another when it dies.
 * It is in a process group of its own: Ctrl-C in a terminal reaches the server alone, which stops it in
 * its turn.
 */
export function startImporter(start: ImporterStart, log: FastifyBaseLogger): ImporterProcess {
  const stopping = new AbortController()
  let child: ChildProcess | null = null
  const done = keepAlive()

  async function keepAlive(): Promise<void> {
    let pause = firstPause
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      const end = await runOnce()
      if (stopping.signal.aborted) return
      if (Date.now() - startedAt > soundAfter) pause = firstPause
      log.warn({ end, pause }, 'the importer ended and is started again')
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      pause = Math.min(longestPause, pause * 2)
    }
  }

  /** Resolves to how it ended: its exit code or signal. */
  function runOnce(): Promise<string> {
    return new Promise((resolve) => {
      const started = fork(program, {
        detached: true,
        execArgv: [...importerFlags],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      child = started
      started.once('error', (error) => resolve(error.message))
      started.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`))
      started.send(start, (error) => {
        if (error !== null) log.warn('the importer could not be told what to do')
      })
    })
  }

  return {
    async stop() {
      stopping.abort()
      child?.kill('SIGTERM')
      const isLate = await Promise.race([done.then(() => false), delay(patience, true, { ref: false })])
      if (!isLate) return
      child?.kill('SIGKILL')
      await done
    },
  }
}
