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
import { verify } from '../src/import/verify.ts'
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

/**
 * What a vendor's file is like: `count` records of which a third are known already, some come twice, some
 * have two bibs to match, some are damaged or no bibs. `known` and `twins` are to be loaded before it, the
 * twins without matching.
 */
export function vendorFile(count: number): {
  readonly known: Buffer
  readonly twins: Buffer
  readonly file: Buffer
} {
  const known = Math.floor(count / 3)
  const numbers = (of: number, step = 1) =>
    Array.from({ length: Math.ceil(of / step) }, (_, at) => at * step + 1)
  const pieces = numbers(count).map((number) => {
    const oclc =
      number % 3 === 0 ? number / 3 : number % 13 === 0 ? 1_000_000 + number - 1 : 1_000_000 + number
    const bytes = mrc([
      number % 101 === 0
        ? { ...book(oclc, 'An authority'), leader: '00000nz  a2200000n  4500' }
        : book(
            oclc,
            `Title ${oclc}`,
            `500 __ $a Record ${number} of the file.`,
            `650 _0 $a Subject ${number % 40}.`,
          ),
    ])
    // The end of the record is lost, as by a transfer that broke off.
    return number % 97 === 0 ? bytes.subarray(0, -25) : bytes
  })
  return {
    known: mrc(numbers(known).map((oclc) => book(oclc, `Title ${oclc}`))),
    twins: mrc(numbers(known, 40).map((oclc) => book(oclc, `Title ${oclc}, again`))),
    file: Buffer.concat(pieces),
  }
}

export type TestJobs = Awaited<ReturnType<typeof testJobs>>

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

  /** Loads what a vendor's file will meet. */
  async function loadKnown({ known, twins }: { known: Buffer; twins: Buffer }): Promise<void> {
    await profile('apart', { onMatch: { ...shippedProfile('repository').onMatch, action: 'import' } })
    await load({ 'known.mrc': known })
    await load({ 'twins.mrc': twins }, { profile: 'apart' })
  }

  async function load(
    files: Readonly<Record<string, Uint8Array>>,
    more: Partial<Submission> = {},
  ): Promise<number> {
    const job = await submit(files, more)
    const status = await run(job)
    assert.equal(status, 'completed', JSON.stringify(await events(job)))
    return job
  }

  async function profile(code: string, more: object): Promise<void> {
    await saveProfile(db, await getZone(db, 'NZ'), { ...shippedProfile('repository'), ...more, code }, null)
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
    loadKnown,
    /** Submits, runs to completion, and answers the job's number. */
    load,
    /** A profile of the network zone that differs from the shipped one, under a code of its own. */
    profile,
    /** Outcomes of a job's records in order, with their codes: `created`, `unresolved:MULTI_MATCH`. */
    async outcomes(job: number): Promise<string[]> {
      const rows = await db.query<{ outcome: string }>(
        `select concat_ws(':', outcome, code) as outcome from import_record where job_id = $1 order by file_no, position`,
        [job],
      )
      return rows.map(({ outcome }) => outcome)
    },
    events,
    /** What `accession verify` finds wrong, all derived rows included; nothing in a sound catalogue. */
    async unsound(): Promise<string[]> {
      const checks = await Array.fromAsync(verify(db, dataDir, { full: true }))
      return checks.flatMap(({ id, breaches, examples }) =>
        breaches > 0 ? [`${id}: ${examples.join(' | ')}`] : [],
      )
    },
    async dump(zone = 'NZ'): Promise<string[]> {
      return (await Array.fromAsync(dump(db, await getZone(db, zone)))).flat()
    },
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
