import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Embedded, startEmbedded } from '../src/db/embedded.ts'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

export type Running = {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when stdout or stderr has a text in it. @throws where the command ends without it */
  until(text: string): Promise<void>
}

export type RunOptions = { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv }

/** A data directory of a test file's own, and the command line on it. */
export async function commandLine() {
  const folder = await mkdtemp(join(tmpdir(), 'accession-cli-'))
  // Open to the user of the database server, who is another than root.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  let held: Embedded | null = null
  after(async () => {
    await held?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  function start(args: readonly string[], { input, env = {} }: RunOptions = {}): Running {
    const { DATABASE_URL: _, ...own } = process.env
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { ...own, ACCESSION_DATA: dataDir, ...env },
      stdio: 'pipe',
    })
    const said = { stdout: '', stderr: '' }
    const heard = new Set<() => void>()
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text
        for (const hear of heard) hear()
      })
    }
    // A command that does not read its input ends before it is written.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    const ended = once(child, 'close').then(([code]: unknown[]): Ended => {
      for (const hear of heard) hear()
      return { code: typeof code === 'number' ? code : null, ...said }
    })
    return {
      process: child,
      ended,
      until: (text) =>
        new Promise((resolve, reject) => {
          const look = () => {
            if ((said.stdout + said.stderr).includes(text)) resolve()
            else if (child.exitCode !== null)
              reject(new Error(`it ended without “${text}”: ${said.stdout}${said.stderr}`))
          }
          heard.add(look)
          look()
        }),
    }
  }

  /** Runs a command to its end and holds it to its exit code; no output has colours, and none a stack. */
  async function run(code: number, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const ended = await start(args, options).ended
    const said = `accession ${args.join(' ')}\n${ended.stdout}${ended.stderr}`
    assert.equal(ended.code, code, said)
    assert.doesNotMatch(ended.stdout + ended.stderr, /\x1b|\n\s+at .*:\d+/, said)
    return ended
  }

  return {
    folder,
    dataDir,
    start,
    run,
    /** The value that a command prints with --json. */
    async json(args: readonly string[], code = 0): Promise<unknown> {
      return JSON.parse((await run(code, [...args, '--json'])).stdout)
    },
    /** The values of a command that prints one a line. */
    async jsonLines(args: readonly string[], code = 0): Promise<unknown[]> {
      const { stdout } = await run(code, [...args, '--json'])
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line))
    },
    /** Writes a file into the folder that commands run in. */
    write: (name: string, bytes: string | Uint8Array) => writeFile(join(folder, name), bytes),
    /** Keeps the database running from now on, so that commands need not start it; answers where it is. */
    async hold() {
      held ??= await startEmbedded(dataDir)
      return held.address
    },
  }
}
