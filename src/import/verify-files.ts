import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Database } from '../db/database.ts'
import { storedPath } from './store.ts'
import { type Check, exampleCount, type Scope } from './check.ts'

/** The bytes that jobs refer to: they are there, as long as they were and, where all is read, the very same. */
export async function* verifyFiles(
  db: Database,
  dataDir: string,
  { zones, job }: Scope,
  full: boolean,
): AsyncGenerator<Check> {
  let checked = 0
  let breaches = 0
  const examples: string[] = []
  const rows = db.stream<{ sha256: string; size: number }>(
    `select s.sha256, s.size from stored_file s
     where ($1::smallint[] is null and $2::bigint is null)
        or exists (select from import_file f join import_job j using (job_id)
                   where f.sha256 = s.sha256 and ($2 is null or f.job_id = $2)
                     and ($1 is null or j.zone_id = any($1) or j.bib_zone_id = any($1)))
     order by s.sha256`,
    [zones, job],
  )
  for await (const batch of rows) {
    for (const { sha256, size } of batch) {
      checked++
      const fault = await faultOf(storedPath(dataDir, sha256), sha256, size, full)
      if (fault === null) continue
      breaches++
      if (examples.length < exampleCount) examples.push(`${sha256} ${fault}`)
    }
  }
  yield {
    id: 'FILES_STORED',
    title: full
      ? 'Each stored file is there, with the bytes that its name is the hash of.'
      : 'Each stored file is there, with its length.',
    checked,
    breaches,
    examples,
  }
}

async function faultOf(path: string, sha256: string, size: number, full: boolean): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  if (found === null) return 'is not there'
  if (found.size !== size) return `has ${found.size} bytes, not ${size}`
  if (!full) return null
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Uint8Array)
  return hash.digest('hex') === sha256 ? null : 'has other bytes'
}
