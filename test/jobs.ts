import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { dump } from '../src/import/dump.ts'
import { runJob } from '../src/import/run-job.ts'
import { saveProfile } from '../src/import/profile.ts'
import { setUpCatalogue } from '../src/import/setup.ts'
import { storeStream } from '../src/import/store.ts'
import { submitJob, type Submission } from '../src/import/submit.ts'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { record } from './catalogue.ts'
import { testDatabase } from './database.ts'

/** Records as the bytes of an ISO 2709 file. */
export const mrc = (records: readonly MarcRecord[]): Buffer =>
  Buffer.concat(records.map((one) => encodeIso2709(one).bytes))

/** A book with a number of OCLC's, and what a test has to say of it. */
export const book = (oclc: number | string, title: string, ...more: readonly string[]): MarcRecord =>
  record(
    `035 __ $a (OCoLC)${oclc}`,
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    `245 10 $a ${title} / $c Jane Austen.`,
    '264 _1 $a London : $b John Murray, $c 1816.',
    '300 __ $a 3 v.',
    ...more,
  )

/** An empty catalogue, set up as on first use, with a data directory; both go with the file's tests. */
export async function testJobs() {
  const db = await testDatabase()
  await setUpCatalogue(db)
  const dataDir = await mkdtemp(join(tmpdir(), 'accession-jobs-'))
  after(() => rm(dataDir, { recursive: true, force: true }))

  /** Stores files by name and submits them; the job's number. */
  async function submit(
    files: Readonly<Record<string, Uint8Array>>,
    more: Partial<Submission> = {},
  ): Promise<number> {
    const stored = await Promise.all(
      Object.entries(files).map(async ([name, bytes]) => ({
        name,
        sha256: (await storeStream(dataDir, chunksOf(bytes))).sha256,
      })),
    )
    const submission = { zone: 'NZ', profile: 'repository', kind: 'import', by: null, ...more } as const
    return (await submitJob(db, dataDir, { ...submission, files: stored })).job.job
  }

  const run = (job: number, owner?: string) =>
    runJob(db, dataDir, String(job), owner === undefined ? {} : { owner })

  const events = (job: number) =>
    db.query<{ code: string; message: string }>(
      `select code, message from import_event where job_id = $1 order by event_id`,
      [job],
    )

  return {
    db,
    dataDir,
    submit,
    run,
    /** Submits, runs to completion, and answers the job's number. */
    async load(files: Readonly<Record<string, Uint8Array>>, more: Partial<Submission> = {}): Promise<number> {
      const job = await submit(files, more)
      const status = await run(job)
      assert.equal(status, 'completed', JSON.stringify(await events(job)))
      return job
    },
    /** A profile of the network zone that differs from the shipped one, under a code of its own. */
    async profile(code: string, more: object): Promise<void> {
      await saveProfile(db, await getZone(db, 'NZ'), { ...shippedProfile('repository'), ...more, code }, null)
    },
    /** Outcomes of a job's records in order, with their codes: `created`, `unresolved:MULTI_MATCH`. */
    async outcomes(job: number): Promise<string[]> {
      const rows = await db.query<{ outcome: string }>(
        `select concat_ws(':', outcome, code) as outcome from import_record where job_id = $1 order by file_no, position`,
        [job],
      )
      return rows.map(({ outcome }) => outcome)
    },
    events,
    async dump(zone = 'NZ'): Promise<string[]> {
      return (await Array.fromAsync(dump(db, await getZone(db, zone)))).flat()
    },
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
