import assert from 'node:assert/strict'
import { addZone } from '../src/catalog/zone.ts'
import { submitUndo } from '../src/import/follow-job.ts'
import { getRecord } from '../src/import/job-records.ts'
import { unpack } from '../src/marc/packed.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { formatField } from '../src/rules/field-text.ts'
import type { Combine, ImportProfile } from '../src/rules/import-profile.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { record } from './catalogue.ts'
import { mrc, type TestJobs, testJobs } from './jobs.ts'

export const shipped = shippedProfile('repository')

/** What of the shipped profile is otherwise, so that it matches by ISBN and combines what it finds. */
export const combining = (
  combine: Partial<Combine> = {},
  multi: Partial<ImportProfile['match']['multi']> = {},
): Pick<ImportProfile, 'match'> => ({
  match: {
    ...shipped.match,
    method: 'isbn-024-035',
    multi: {
      ...shipped.match.multi,
      combine: {
        handling: 'automatic',
        preferred: 'most-inventory',
        others: 'delete',
        mergeRule: 'keep-existing',
        ...combine,
      },
      ...multi,
    },
  },
})

export const isbn = '9780141439587'

export const book = (oclc: number, ...more: readonly string[]): MarcRecord => {
  const lines = [
    `020 __ $a ${isbn}`,
    `035 __ $a (OCoLC)${oclc}`,
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    '245 10 $a Emma / $c Jane Austen.',
    '264 _1 $a London : $b John Murray, $c 1816.',
    '300 __ $a 3 v.',
    ...more,
  ]
  return record(
    ...lines.toSorted((a, b) => (a.slice(0, 3) < b.slice(0, 3) ? -1 : a.slice(0, 3) > b.slice(0, 3) ? 1 : 0)),
  )
}

/** A network with two institutions, and a profile `combine`. */
export async function consortium(profile: object = combining()) {
  const jobs = await testJobs()
  await addZone(jobs.db, { code: 'IY', kind: 'institution', name: 'Another', suffix: '5802', network: 'NZ' })
  await jobs.profile('combine', profile)
  const dumps = async () => [await jobs.dump('NZ'), await jobs.dump('IZ'), await jobs.dump('IY')]
  const loadRecords = (...records: readonly MarcRecord[]) =>
    jobs.load({ 'new.mrc': mrc(records) }, { profile: 'combine' })
  return { ...jobs, dumps, loadRecords }
}

export type Consortium = Awaited<ReturnType<typeof consortium>>

export const undo = async (jobs: TestJobs, job: number): Promise<number> => {
  const { job: number } = await submitUndo(jobs.db, job, 'Ada')
  assert.equal(await jobs.run(number), 'completed')
  return number
}

/** The fields of a bib as text, without 001, 005 and 008; nothing where it is not there. */
export async function fieldsOf({ db }: TestJobs, mmsId: string): Promise<string[] | null> {
  const [row] = await db.query<{ record: string }>('select record from bib where mms_id = $1', [mmsId])
  return row
    ? unpack(row.record)
        .fields.filter(({ tag }) => tag > '008')
        .map(formatField)
    : null
}

export const stateOf = async ({ db }: TestJobs, mmsId: string) => {
  const [row] = await db.query<{
    version: number
    suppressed: boolean
    linkedTo: string | null
    action: string
  }>(`select version, suppressed, linked_mms_id as "linkedTo", action from bib where mms_id = $1`, [mmsId])
  return row ?? null
}

export const recordOf = (jobs: TestJobs, job: number, position = 1) =>
  getRecord(jobs.db, jobs.dataDir, job, { file: 1, position })
