import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { connect, type Database, type ServerAddress } from '../src/db/database.ts'
import { giveWay } from '../src/db/give-way.ts'
import { getJob } from '../src/import/job.ts'
import { runJob } from '../src/import/run-job.ts'
import { storeFile } from '../src/import/store.ts'
import { submitJob } from '../src/import/submit.ts'
import { importerFlags } from '../src/server/importer-process.ts'

/** A job to be measured: a file into the network zone. */
export type BenchJob = {
  readonly address: ServerAddress
  readonly dataDir: string
  readonly path: string
  readonly kind: 'import' | 'preview'
  /** Code of the profile; else that of the shipped one for repositories. */
  readonly profile?: string
}

export type JobFigures = {
  readonly records: number
  readonly outcomes: Readonly<Record<string, number>>
  /** From the file on the disk to the completed job: stored, submitted, framed, imported. */
  readonly seconds: number
  /** Processor time of the thread that plans and writes, and of all others of its process; not the database's. */
  readonly writerSeconds: number
  readonly otherSeconds: number
  /** Peak resident memory of the process, MB. */
  readonly peakMb: number
}

/** Runs a job in a process of its own, as the server does. */
export async function measureJob(job: BenchJob): Promise<JobFigures> {
  const program = [...importerFlags, fileURLToPath(import.meta.url), JSON.stringify(job)]
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  if (code !== 0) throw new Error(`The process that runs the job ended with code ${code}.`)
  return JSON.parse(out) as JobFigures
}

/** Stores and submits the file of a job; the number of the job. */
export async function submit(
  db: Database,
  { dataDir, path, kind, profile = 'repository' }: BenchJob,
): Promise<number> {
  const { sha256 } = await storeFile(dataDir, path)
  const files = [{ sha256, name: 'bench.mrc' }]
  const submission = { zone: 'NZ', profile, files, kind, by: null, owner: jobOwner }
  return (await submitJob(db, dataDir, submission)).job.job
}

export const jobOwner = 'bench'

async function runHere(job: BenchJob): Promise<JobFigures> {
  giveWay()
  const db = connect(job.address, { givesWay: true })
  try {
    const start = performance.now()
    const number = await submit(db, job)
    const status = await runJob(db, job.dataDir, String(number), { owner: jobOwner })
    const seconds = (performance.now() - start) / 1000
    const { outcomes, reason } = await getJob(db, number)
    if (status !== 'completed') throw new Error(`The job is ${status}: ${reason}`)
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    const writer = process.threadCpuUsage()
    const writerSeconds = (writer.user + writer.system) / 1e6
    return {
      records: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
      outcomes,
      seconds,
      writerSeconds,
      otherSeconds: (userCPUTime + systemCPUTime) / 1e6 - writerSeconds,
      peakMb: maxRSS / 1024,
    }
  } finally {
    await db.close()
  }
}

if (import.meta.main)
  process.stdout.write(JSON.stringify(await runHere(JSON.parse(process.argv[2] ?? '') as BenchJob)))
