import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger } from 'fastify'

export type KeptProcess = {
  /** Asks it to end after the work in hand, and makes it after ten seconds. */
  stop(): Promise<void>
}

export type KeptProgram = {
  /** As logs name it: `importer`. */
  readonly name: string
  readonly program: URL
  /** Options of Node. */
  readonly flags?: readonly string[]
  /** What the process is told first, over its channel: an address may hold a password, which arguments would show. */
  readonly start: object
  /** What it says over the channel. */
  readonly heard?: (message: unknown) => void
  /** It has ended, and another will be started unless all is being stopped. */
  readonly ended?: () => void
}

const firstPause = 250
const longestPause = 15_000
/** A process that lived as long as this was sound: the next one starts without delay. */
const soundAfter = 60_000
const patience = 10_000

/**
 * Runs a program in a process of its own, so that the web stays responsive, and starts another when it
 * dies. It is in a process group of its own: Ctrl-C in a terminal reaches the server alone, which stops it
 * in its turn.
 */
export function keepProcess(
  { name, program, flags = [], start, heard, ended }: KeptProgram,
  log: FastifyBaseLogger,
): KeptProcess {
  const stopping = new AbortController()
  let child: ChildProcess | null = null
  const done = keepAlive()

  async function keepAlive(): Promise<void> {
    let pause = firstPause
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      const end = await runOnce()
      ended?.()
      if (stopping.signal.aborted) return
      if (Date.now() - startedAt > soundAfter) pause = firstPause
      log.warn({ end, pause }, `the ${name} ended and is started again`)
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      pause = Math.min(longestPause, pause * 2)
    }
  }

  /** Resolves to how it ended: its exit code or signal. */
  function runOnce(): Promise<string> {
    return new Promise((resolve) => {
      const started = fork(fileURLToPath(program), {
        detached: true,
        execArgv: [...flags],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      child = started
      if (heard) started.on('message', heard)
      started.once('error', (error) => resolve(error.message))
      started.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`))
      started.send(start, (error) => {
        if (error !== null) log.warn(`the ${name} could not be told what to do`)
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
