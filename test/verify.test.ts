import assert from 'node:assert/strict'
import { rm, truncate, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { getZone } from '../src/catalog/zone.ts'
import type { Check } from '../src/import/check.ts'
import { openGateway } from '../src/import/gateway-import.ts'
import { saveIntegrationProfile, shippedIntegration } from '../src/import/integration-profile.ts'
import { saveProfile } from '../src/import/profile.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { submitReplay } from '../src/import/replay.ts'
import { resolveIssue } from '../src/import/resolve-issue.ts'
import { storedPath } from '../src/import/store.ts'
import { submitCommit, submitUndo } from '../src/import/follow-job.ts'
import { verify, type VerifyOptions } from '../src/import/verify.ts'
import { secretOf } from '../src/protocols/gateway/secret.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { addBib } from './catalogue.ts'
import { addPlaces, putHoldings, putPortfolio } from './inventory.ts'
import { book, mrc, testJobs } from './jobs.ts'

const { db, dataDir, run, load, outcomes, profile } = await testJobs()
const network = await getZone(db, 'NZ')
const institution = await getZone(db, 'IZ')

const checksOf = (options: VerifyOptions = {}): Promise<Check[]> =>
  Array.fromAsync(verify(db, dataDir, options))

/** What is wrong, by check. */
const breachesOf = async (options?: VerifyOptions) =>
  Object.fromEntries(
    (await checksOf(options)).flatMap(({ id, breaches, examples }) => (breaches > 0 ? [[id, examples]] : [])),
  )

// A catalogue with a past: all outcomes, links, settled and open issues, a commit, an undo, locks.
await profile('apart', { onMatch: { ...shippedProfile('repository').onMatch, action: 'import' } })
await profile('deletes', { deletes: 'delete' })
await saveProfile(
  db,
  institution,
  { ...shippedProfile('repository'), code: 'network', useNetworkZone: true },
  null,
)

await load({ 'old.mrc': mrc([book(1, 'Emma'), book(2, 'Persuasion'), book(3, 'Sanditon')]) })
await load({ 'twin.mrc': mrc([book(2, 'Persuasion')]) }, { profile: 'apart' })
const [locked] = await db.query<{ mmsId: string }>(
  `select mms_id as "mmsId" from match_key where kind = 'oclc' and value = '3'`,
)
await lockBib(db, network.zoneId, locked?.mmsId ?? '', 'Ada', institution.zoneId)
const mixed = await load({
  'mixed.mrc': Buffer.concat([
    mrc([
      book(1, 'Emma', '650 _0 $a Matchmaking.'),
      book(1, 'Emma', '520 __ $a A summary.'),
      book(2, 'Persuasion', '520 __ $a A summary.'),
      book(3, 'Sanditon', '520 __ $a A summary.'),
      book(4, 'Lady Susan'),
      { ...book(5, 'An authority'), leader: '00000nz  a2200000n  4500' },
    ]),
    Buffer.from('\r\n'),
    mrc([book(6, 'The Watsons')]),
    mrc([book(7, 'Cut off')]).subarray(0, -30),
  ]),
})
await releaseBib(db, network.zoneId, locked?.mmsId ?? '', 'Ada')
await load(
  { 'deleted.mrc': mrc([{ ...book(6, 'The Watsons'), leader: '00000dam a2200000 i 4500' }]) },
  { profile: 'deletes' },
)
const preview = await load(
  { 'next.mrc': mrc([book(4, 'Lady Susan', '500 __ $a A note.'), book(8, 'Sense')]) },
  { kind: 'preview' },
)
const commit = (await submitCommit(db, preview, null)).job
await run(commit)
const shared = await load(
  { 'shared.mrc': mrc([book(9, 'Pride'), book(8, 'Sense')]) },
  { zone: 'IZ', profile: 'network' },
)
const undone = await load({
  'undone.mrc': mrc([book(3, 'Sanditon', '500 __ $a Undone.'), book(10, 'Undone')]),
})
const undo = (await submitUndo(db, undone, null)).job
await run(undo)
const [issue] = await db.query<{ id: number; into: string }>(
  `select issue_id as id, candidates[1] as into from import_issue where code = 'MULTI_MATCH'`,
)
await resolveIssue(db, dataDir, issue?.id ?? 0, { as: 'merge', into: issue?.into ?? '', by: 'Ada' })
await lockBib(db, network.zoneId, locked?.mmsId ?? '', 'Ada', institution.zoneId)
await load({ 'twins.mrc': mrc([book(12, 'Evelyn'), book(12, 'Evelyn')]) }, { profile: 'apart' })
const { match } = shippedProfile('repository')
const combine = {
  handling: 'automatic',
  preferred: 'oldest',
  others: 'delete',
  mergeRule: 'keep-existing',
} as const
await profile('combine', { match: { ...match, multi: { ...match.multi, combine } } })
const combined = await load(
  { 'combined.mrc': mrc([book(12, 'Evelyn', '520 __ $a A summary.')]) },
  { profile: 'combine' },
)
const { onMatch } = shippedProfile('repository')
const replay = (
  await submitReplay(
    db,
    mixed,
    { draft: { ...shippedProfile('repository'), onMatch: { ...onMatch, mergeRule: 'keep-existing' } } },
    null,
  )
).job
await run(replay)
const { secret } = await saveIntegrationProfile(db, network, shippedIntegration(network), null)
for (const record of [book(11, 'Love and Freindship'), book(3, 'Sanditon', '520 __ $a A summary.')]) {
  const sent = { address: '127.0.0.1', user: '', logon: 'NZ', password: secretOf(secret ?? ''), header: '' }
  await openGateway(db)(
    { ...sent, record: mrc([record]), receivedAt: new Date() },
    new AbortController().signal,
  )
}
const [bare] = await db.query<{ mmsId: string }>(
  `select mms_id as "mmsId" from bib where linked_mms_id is not null order by 1 limit 1`,
)

await addPlaces(db, 'IZ')
const shelved = await addBib(db, 'IZ', book(31, 'On the shelf'))
await putHoldings(db, 'IZ', shelved, ['3001', '3002'])
await putPortfolio(db, 'IZ', shelved, 'https://example.org')

test('a sound catalogue keeps every rule, and every rule was asked of something', async () => {
  assert.deepEqual(await outcomes(mixed), [
    'merged',
    'merged',
    'unresolved:MULTI_MATCH',
    'not_imported:NOT_ADDED_LOCKED',
    'created',
    'rejected:NOT_A_BIB',
    'created',
    'rejected:TRUNCATED',
  ])
  assert.deepEqual(await outcomes(commit), ['merged', 'created'])
  assert.deepEqual(await outcomes(shared), ['created', 'unchanged'])
  assert.deepEqual(await outcomes(combined), ['merged'])
  assert.deepEqual((await outcomes(replay)).slice(0, 4), [
    'unchanged',
    'unchanged',
    'unresolved:MULTI_MATCH',
    'not_imported:NOT_ADDED_LOCKED',
  ])
  for (const full of [false, true]) {
    const checks = await checksOf({ full })
    assert.deepEqual(
      checks.filter(({ breaches }) => breaches > 0),
      [],
    )
    assert.deepEqual(
      checks.flatMap(({ id, checked }) => (checked === 0 ? [id] : [])),
      [],
    )
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length)
  }
})

type Breach = {
  readonly rule: string
  readonly table: string
  readonly change: string
  readonly says: RegExp
  /** What else does not hold then. */
  readonly also?: readonly string[]
}

const inMixed = `job_id = ${mixed} and file_no = 1`
const typed = await addBib(db, 'NZ', book(30, 'Typed in'))
const emma = `(select mms_id from match_key where kind = 'oclc' and value = '1' and zone_id = ${network.zoneId})`

/** A row more that says of the combined bib, in its first version, that it was kept. */
const keptAlso = `insert into combined_bib (job_id, file_no, position, ordinal, zone_id, mms_id, became, into_mms_id, version_before, version_after, part)
  select`
const keptRest = `1, zone_id, mms_id, 'kept', into_mms_id, 1, 1, part from combined_bib`

const breaches: readonly Breach[] = [
  {
    rule: 'INVENTORY_OF_BIBS',
    table: 'portfolio',
    change: `update portfolio set mms_id = '99123456'`,
    says: /of bib 99123456, which is not there$/,
  },
  {
    rule: 'INVENTORY_IDS',
    table: 'portfolio',
    change: `update portfolio set portfolio_id = '53123456'`,
    says: /in zone IZ$/,
  },
  {
    rule: 'ITEMS_OF_HOLDINGS',
    table: 'item',
    change: `update item set holdings_id = '22123456' where barcode = '3001'`,
    says: /in holdings 22123456, which are not there$/,
  },
  {
    rule: 'ITEM_BARCODES',
    table: 'item_barcode',
    change: `delete from item_barcode where barcode = '3001'`,
    says: /^barcode 3001: of item 23\d+, and not to be found by it$/,
  },
  {
    rule: 'ITEM_BARCODES',
    table: 'item_barcode',
    change: `update item_barcode set barcode = '3003' where barcode = '3001'`,
    says: /^barcode 3003: of item 23\d+, which has 3001$/,
  },
  {
    rule: 'HOLDINGS_RECORDS',
    table: 'holdings',
    change: `update holdings set location = 'ATTIC'`,
    says: /in MAIN, ATTIC, which is not there$/,
  },
  {
    rule: 'INVENTORY_VERSIONS',
    table: 'portfolio',
    change: `update portfolio set version = 2`,
    says: /1 versions from 2 to 2, the present one is 2$/,
  },
  {
    rule: 'FILES_TILED',
    table: 'import_junk',
    change: `update import_junk set byte_offset = byte_offset + 1, byte_length = byte_length + 1`,
    says: /a gap at byte \d+|junk/,
  },
  {
    rule: 'FILES_TILED',
    table: 'import_record',
    change: `update import_record set byte_length = byte_length - 1 where ${inMixed} and position = 2`,
    says: /^job \d+, file 1: a gap at byte \d+$/,
  },
  {
    rule: 'FILES_TILED',
    table: 'import_record',
    change: `update import_record set byte_offset = byte_offset - 1 where ${inMixed} and position = 1`,
    says: /overlap|gap/,
  },
  {
    rule: 'PARTS_TILED',
    table: 'import_part',
    change: `insert into import_part (job_id, file_no, part_no, first_position, last_position, first_offset, done_position)
             values (${mixed}, 1, 2, 10, 9, 0, 9)`,
    says: /parts are of 8 records, it has 8/,
  },
  {
    rule: 'ONE_OUTCOME',
    table: 'import_record',
    change: `insert into import_record select job_id, file_no, 9, byte_offset, 0, hash, 'rejected', 'TRUNCATED', null, null, null, null,
               0, false, 0, null, '', null, part from import_record where ${inMixed} and position = 8;
             insert into import_issue (zone_id, job_id, file_no, position, outcome, code)
               values (${network.zoneId}, ${mixed}, 1, 9, 'rejected', 'TRUNCATED')`,
    says: /1 outcomes are of no part/,
  },
  {
    rule: 'TALLIES',
    table: 'import_part',
    change: `update import_part set tally = tally || '{"created": 3}' where ${inMixed}`,
    says: /"created": 3.* its ledger has .*"created": 2/,
  },
  {
    rule: 'TALLIES',
    table: 'import_record',
    change: `update import_record set matched = 0 where ${inMixed} and position = 1`,
    says: /#matched/,
  },
  {
    rule: 'OUTCOMES',
    table: 'import_record',
    change: `update import_record set version_before = null where ${inMixed} and position = 1`,
    says: /record 1 is merged 99\d+ 2$/,
  },
  {
    rule: 'LEDGER_VERSIONS',
    table: 'bib_version',
    change: `update bib_version set job_id = null where job_id = ${undone} and action = 'created'`,
    says: /version 1 from elsewhere/,
  },
  {
    rule: 'LEDGER_VERSIONS',
    table: 'import_record',
    change: `update import_record set version_after = 40 where job_id = ${shared} and outcome = 'unchanged'`,
    says: /has no version 40/,
  },
  {
    rule: 'LEDGER_VERSIONS',
    table: 'import_record',
    change: `update import_record set linked_mms_id = '9900000000015801' where job_id = ${commit} and position = 1`,
    says: /linked by 9900000000015801, which never was/,
  },
  {
    rule: 'VERSIONS_ACCOUNTED',
    table: 'import_issue',
    change: `update import_issue set version_after = 9 where code = 'MULTI_MATCH'`,
    says: /version 2 of 99\d+ is not accounted for/,
  },
  {
    rule: 'COMBINED',
    table: 'combined_bib',
    change: `update combined_bib set became = 'suppressed'`,
    says: /^99\d+ was suppressed: version 2 is deleted after 1$/,
  },
  {
    rule: 'COMBINED',
    table: 'combined_bib',
    change: `update combined_bib set into_mms_id = '9900000000015816'`,
    says: /^99\d+ was deleted: 9900000000015816, where it went, was never there$/,
  },
  {
    rule: 'COMBINED_BY',
    table: 'combined_bib',
    change: `${keptAlso} ${mixed}, 1, 8, ${keptRest}`,
    says: new RegExp(`^99\\d+ was kept: by record 8 of job ${mixed}, which is rejected$`),
  },
  {
    rule: 'TALLIES',
    table: 'combined_bib',
    change: `${keptAlso} job_id, file_no, position, ${keptRest}`,
    says: /#combined/,
  },
  {
    rule: 'PREVIEWS',
    table: 'bib_version',
    change: `update bib_version set job_id = ${preview} where job_id = ${undo}`,
    says: new RegExp(`job ${preview} made version`),
  },
  {
    rule: 'COMMITS',
    table: 'import_record',
    change: `update import_record set outcome = 'overlaid' where job_id = ${commit} and position = 1;
             update import_part set tally = replace(tally::text, 'merged', 'overlaid')::jsonb where job_id = ${commit}`,
    says: /record 1 is overlaid, its preview showed merged/,
  },
  {
    rule: 'REPLAYS',
    table: 'replay_difference',
    change: `delete from replay_difference where position = 2`,
    says: /record 2 is unchanged, was merged, and is listed with \{\}/,
  },
  {
    rule: 'REPLAYS',
    table: 'replay_difference',
    change: `update replay_difference set was = 'overlaid' where position = 2`,
    says: /record 2 is unchanged, was merged, and is listed with \{outcome/,
  },
  {
    rule: 'REPLAYS',
    table: 'replay_difference',
    change: `update replay_difference set position = 77 where position = 2`,
    says: /record 77 is listed as different, and the ledgers have no such record|record 2 is/,
  },
  {
    rule: 'ISSUES',
    table: 'import_issue',
    change: `delete from import_issue where code = 'NOT_ADDED_LOCKED'`,
    says: /record 4 is not_imported NOT_ADDED_LOCKED and has no issue/,
  },
  {
    rule: 'ISSUES',
    table: 'import_issue',
    change: `update import_issue set position = 5 where code = 'TRUNCATED'`,
    says: /is of record 5, rejected TRUNCATED, and the ledger has created|record 8 is rejected/,
  },
  {
    rule: 'UNDONE',
    table: 'undo_record',
    change: `delete from undo_record where position = 1`,
    says: new RegExp(`record 1 was not looked at by undo ${undo}`),
  },
  {
    rule: 'UNDONE',
    table: 'undo_record',
    change: `insert into undo_record values (${undo}, 1, 3, '', 'nothing')`,
    says: new RegExp(`record 3 of the undo is none of job ${undone}`),
  },
  {
    rule: 'VERSIONS',
    table: 'bib',
    change: `update bib set version = 7 where mms_id = '${typed}'`,
    says: /1 versions from 7 to 7, the present one is 7/,
  },
  {
    rule: 'VERSIONS',
    table: 'bib_version',
    change: `update bib_version set record = 'something' where action = 'deleted'`,
    says: /deleted as 2/,
  },
  {
    rule: 'MMS_IDS',
    table: 'bib',
    change: `update bib set record = replace(record, mms_id, '9911111111115816') where mms_id = ${emma}`,
    says: /the 001 of its record is another/,
  },
  {
    rule: 'LINKS',
    table: 'bib',
    also: ['FACETS_DERIVED'],
    change: `update bib set linked_mms_id = '9900000000015816' where mms_id = '${bare?.mmsId}'`,
    says: /linked to 9900000000015816, which is not there/,
  },
  {
    rule: 'LINKS',
    table: 'bib',
    also: ['FACETS_DERIVED'],
    change: `update bib set linked_mms_id = ${emma} where linked_mms_id is not null`,
    says: /linked to by 2 bibs of one zone/,
  },
  {
    rule: 'KEYS_OF_BIBS',
    table: 'match_key',
    change: `insert into match_key values ('oclc', '77', ${network.zoneId}, '9900000000015816', 'a', 1)`,
    says: /^9900000000015816: key oclc 77$/,
  },
  {
    rule: 'HEADINGS_OF_BIBS',
    table: 'bib_heading',
    change: `insert into bib_heading values (${network.zoneId}, 'name', 'nobody', '9900000000015816', 'Nobody', 1)`,
    says: /heading Nobody/,
  },
  {
    rule: 'SEARCH_OF_BIBS',
    table: 'bib_search',
    change: `insert into bib_search values (${network.zoneId}, '9900000000015816', 'Nothing', '', 1)`,
    says: /search row Nothing/,
  },
  {
    rule: 'FACETS_OF_BIBS',
    table: 'bib_facet',
    change: `update bib_facet set mms_id = '9900000000015816' where mms_id = ${emma}`,
    also: ['FACETS_DERIVED'],
    says: /9900000000015816: row of facets, title emma/,
  },
  {
    rule: 'LOCKS_OF_BIBS',
    table: 'bib_lock',
    change: `update bib_lock set mms_id = '9900000000015816'`,
    says: /lock of Ada/,
  },
  {
    rule: 'KEYS_DERIVED',
    table: 'match_key',
    change: `update match_key set value = '78' where kind = 'oclc' and value = '1' and zone_id = ${network.zoneId}`,
    says: /lacks: oclc 1 a; has too much: oclc 78 a/,
  },
  {
    rule: 'HEADINGS_DERIVED',
    table: 'bib_heading',
    change: `delete from bib_heading where kind = 'name'`,
    says: /lacks: name austen jane 1775 1817 Austen, Jane, 1775-1817/,
  },
  {
    rule: 'SEARCH_DERIVED',
    table: 'bib_search',
    change: `delete from bib_search where mms_id = ${emma}`,
    says: /has no search row/,
  },
  {
    rule: 'SEARCH_DERIVED',
    table: 'bib_search',
    change: `update bib_search set words = ts_delete(words, 'summary') where mms_id = ${emma}`,
    says: /lacks: summary D/,
  },
  {
    rule: 'SEARCH_DERIVED',
    table: 'bib_search',
    change: `update bib_search set words = setweight(words, 'C', '{summary}') where mms_id = ${emma}`,
    says: /lacks: summary D; has too much: summary C/,
  },
  {
    rule: 'FACETS_DERIVED',
    table: 'bib_facet',
    change: `delete from bib_facet where mms_id = ${emma}`,
    says: /has no row of facets/,
  },
  {
    rule: 'FACETS_DERIVED',
    table: 'bib_facet',
    change: `update bib_facet set languages = '{ger}' where mms_id = ${emma}`,
    says: /lacks: book\x1feng.*; has too much: book\x1fger/,
  },
  {
    rule: 'LEVELS_DERIVED',
    table: 'bib',
    also: ['FACETS_DERIVED'],
    change: `update bib set brief_level = 1 where mms_id = ${emma}`,
    says: /has too much: level 1/,
  },
]

/** Changed together by some. */
const ledger = ['import_record', 'import_part', 'import_issue']

for (const { rule, table, change, says, also } of breaches) {
  test(`verify names ${rule} alone after ${change.replaceAll(/\s+/g, ' ').slice(0, 90)}`, async () => {
    const tables = ledger.includes(table) ? ledger : [table]
    for (const each of tables) await db.execute(`create table kept_${each} as table ${each}`)
    try {
      await db.execute(change)
      const found = await breachesOf()
      assert.deepEqual(
        Object.keys(found).toSorted(),
        [rule, ...(also ?? [])].toSorted(),
        JSON.stringify(found),
      )
      assert.match(found[rule]?.[0] ?? '', says)
    } finally {
      for (const each of tables)
        await db.execute(
          `delete from ${each}; insert into ${each} overriding system value table kept_${each}; drop table kept_${each}`,
        )
    }
  })
}

test('verify names a job that says it is complete and is not, or holds a lease that is over', async () => {
  for (const [rule, change, mend] of [
    [
      'JOBS_COMPLETE',
      `update import_file set records = null, not_marc = null, format = null where ${inMixed}`,
      `update import_file set records = 8, format = 'iso2709' where ${inMixed}`,
    ],
    [
      'LEASES',
      `update import_job set lease_owner = 'x' where job_id = ${mixed}`,
      `update import_job set lease_owner = null where job_id = ${mixed}`,
    ],
    [
      'LEASES',
      `update import_job set finished_at = null where job_id = ${mixed}`,
      `update import_job set finished_at = now() where job_id = ${mixed}`,
    ],
  ] as const) {
    await db.execute(change)
    assert.deepEqual(Object.keys(await breachesOf()), [rule])
    await db.execute(mend)
  }
})

test('verify names a number that is of another zone', async () => {
  await addBib(db, 'NZ', book(20, 'Elsewhere'))
  await db.execute(`update zone set suffix = '5817' where code = 'IZ'`)
  assert.deepEqual(Object.keys(await breachesOf()), ['MMS_IDS', 'INVENTORY_IDS'])
  assert.deepEqual(Object.keys(await breachesOf({ zone: 'NZ' })), [])
  assert.deepEqual(Object.keys(await breachesOf({ zone: 'IZ' })), ['MMS_IDS', 'INVENTORY_IDS'])
  await db.execute(`update zone set suffix = '5801' where code = 'IZ'`)
})

test('verify reads stored files, to the end where it is asked to', async () => {
  const [file] = await db.query<{ sha256: string; size: number }>(
    `select sha256, size from import_file join stored_file using (sha256) where ${inMixed}`,
  )
  const path = storedPath(dataDir, file?.sha256 ?? '')
  await writeFile(path, Buffer.alloc(file?.size ?? 0, 'x'))
  assert.deepEqual(await breachesOf(), {})
  assert.deepEqual(await breachesOf({ full: true }), { FILES_STORED: [`${file?.sha256} has other bytes`] })
  await truncate(path, 10)
  assert.deepEqual(await breachesOf({ job: mixed }), {
    FILES_STORED: [`${file?.sha256} has 10 bytes, not ${file?.size}`],
  })
  assert.deepEqual(await breachesOf({ job: commit }), {})
  await rm(path)
  assert.deepEqual(await breachesOf(), { FILES_STORED: [`${file?.sha256} is not there`] })
})

test('a sample is of some bibs, others each time, and finds of them what all would show', async () => {
  const [all] = await db.query<{ bibs: number }>(`select count(*) as bibs from bib`)
  const sizes = new Set<number>()
  for (let time = 0; time < 12; time++) {
    const checks = await checksOf({ sample: 4 })
    const derived = checks.filter(({ id }) => id.endsWith('_DERIVED'))
    assert.deepEqual(
      derived.map(({ breaches }) => breaches),
      [0, 0, 0, 0, 0],
    )
    sizes.add(derived[0]?.checked ?? 0)
  }
  assert.ok(Math.min(...sizes) < (all?.bibs ?? 0) && Math.max(...sizes) > 0, [...sizes].join())
})

test('verify of a job looks at that job alone, and one that does not exist is refused', async () => {
  await db.execute(`update import_record set matched = 9 where job_id = ${shared}; delete from bib_search`)
  assert.deepEqual(Object.keys(await breachesOf({ job: commit })), [])
  await assert.rejects(checksOf({ job: 999 }), ImportRefusal)
  await assert.rejects(checksOf({ zone: 'XX' }), /There is no zone XX/)
})
