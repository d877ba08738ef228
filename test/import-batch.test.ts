import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from '../src/import/batch.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { prepare } from '../src/rules/prepare.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { record } from './catalogue.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'Network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'Institution', suffix: '5801', network: 'NZ' })
const network = await getZone(db, 'NZ')
const institution = await getZone(db, 'IZ')
const profile = shippedProfile('repository')

let jobs = 0
const inNetwork = (more: Partial<BatchRun> = {}): BatchRun => ({
  profile,
  bibZone: network,
  inventoryZone: network,
  by: null,
  job: { jobId: String(++jobs), fileNo: 1 },
  mode: 'apply',
  ...more,
})

const prepared = (records: readonly MarcRecord[], by = profile): PreparedRecord[] =>
  records.map((content, at) => ({
    position: at + 1,
    offset: 0,
    length: 0,
    hash: '00'.repeat(16),
    repairs: [],
    prepared: prepare(content, by),
  }))

const importRecords = (run: BatchRun, ...records: readonly MarcRecord[]): Promise<readonly BatchResult[]> =>
  importBatch(db, run, prepared(records, run.profile), () => Promise.resolve())

const only = (results: readonly BatchResult[]): BatchResult => {
  assert.equal(results.length, 1)
  return results[0] as BatchResult
}

let numbers = 1000
const emma = (oclc = `(OCoLC)${++numbers}`, ...more: readonly string[]) =>
  record(
    `035 __ $a ${oclc}`,
    '100 1_ $a Austen, Jane.',
    '245 10 $a Emma / $c Jane Austen.',
    '300 __ $a 3 v.',
    '650 _0 $a Matchmaking.',
    ...more,
  )

const versionsOf = async (mmsId: string) => {
  const rows = await db.query<{ version: number; action: string }>(
    `select version, action from bib_version where mms_id = $1 union all select version, action from bib where mms_id = $1 order by 1`,
    [mmsId],
  )
  return rows.map(({ version, action }) => `${version} ${action}`)
}

test('a new record becomes a bib that is found by its words, keys and headings in the same commit', async () => {
  const result = only(await importRecords(inNetwork(), emma('(OCoLC)ocm00000777')))
  assert.equal(result.outcome, 'created')
  assert.match(result.mmsId ?? '', /^99\d+5816$/)
  const keys = await db.query<{ kind: string; value: string }>(
    `select kind, value from match_key where mms_id = $1 and kind = 'oclc'`,
    [result.mmsId],
  )
  assert.deepEqual(keys, [{ kind: 'oclc', value: '777' }])
  const found = await db.query(
    `select from bib_search where mms_id = $1 and words @@ 'emma:A & austen:B & matchmaking:C'`,
    [result.mmsId],
  )
  assert.equal(found.length, 1)
  const headings = await db.query<{ form: string }>(
    `select form from bib_heading where mms_id = $1 and kind = 'name'`,
    [result.mmsId],
  )
  assert.deepEqual(headings, [{ form: 'Austen, Jane' }])
})

test('the same record again changes nothing', async () => {
  const again = emma()
  const first = only(await importRecords(inNetwork(), again))
  const second = only(await importRecords(inNetwork(), again))
  assert.deepEqual([second.outcome, second.mmsId, second.versionAfter], ['unchanged', first.mmsId, 1])
  assert.deepEqual(await versionsOf(first.mmsId ?? ''), ['1 created'])
})

test('a record that nothing identifies is found again by its content', async () => {
  const nameless = record('245 00 $a A sheet without numbers.')
  const first = only(await importRecords(inNetwork(), nameless))
  const second = only(await importRecords(inNetwork(), nameless))
  assert.deepEqual([first.outcome, second.outcome, second.mmsId], ['created', 'unchanged', first.mmsId])
})

test('a match is merged: the new content comes in, local fields and the old version stay', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const first = only(await importRecords(inNetwork(), emma(oclc, '590 __ $a Our copy is signed.')))
  const better = only(await importRecords(inNetwork(), emma(oclc, '520 __ $a A summary.')))
  assert.deepEqual([better.outcome, better.versionBefore, better.versionAfter], ['merged', 1, 2])
  const [bib] = await db.query<{ record: string }>('select record from bib where mms_id = $1', [first.mmsId])
  assert.match(bib?.record ?? '', /590.*Our copy is signed/)
  assert.match(bib?.record ?? '', /520.*A summary/)
  assert.deepEqual(await versionsOf(first.mmsId ?? ''), ['1 created', '2 merged'])
})

test('a title twice in a batch is added once, then merged, and the file again changes nothing', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const file = [emma(oclc), emma(oclc, '520 __ $a A summary.')]
  const [first, second] = await importRecords(inNetwork(), ...file)
  assert.deepEqual([first?.outcome, second?.outcome, second?.duplicateInFile], ['created', 'merged', true])
  assert.equal(first?.mmsId, second?.mmsId)
  const again = await importRecords(inNetwork(), ...file)
  assert.deepEqual(
    again.map(({ outcome }) => outcome),
    ['unchanged', 'unchanged'],
  )
  assert.deepEqual(await versionsOf(first?.mmsId ?? ''), ['1 created', '2 merged'])
})

test('two bibs with one number are a multi-match that names both, and neither changes', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const asNew = inNetwork({ profile: { ...profile, onMatch: { ...profile.onMatch, action: 'import' } } })
  const one = only(await importRecords(asNew, emma(oclc)))
  const two = only(await importRecords(asNew, emma(oclc)))
  const result = only(await importRecords(inNetwork(), emma(oclc, '520 __ $a A summary.')))
  assert.deepEqual([result.outcome, result.code, result.matched], ['unresolved', 'MULTI_MATCH', 2])
  assert.deepEqual(new Set(result.candidates), new Set([one.mmsId, two.mmsId]))
})

test('a bib that somebody has open is not changed, and the trace says who', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const { mmsId } = only(await importRecords(inNetwork(), emma(oclc)))
  const lock = await lockBib(db, network.zoneId, mmsId ?? '', 'Ada', institution.zoneId)
  assert.ok(lock.ok)
  const better = emma(oclc, '520 __ $a A summary.')
  const refused = only(await importRecords(inNetwork(), better))
  assert.deepEqual([refused.outcome, refused.code], ['not_imported', 'NOT_ADDED_LOCKED'])
  assert.ok(refused.trace?.guard?.guard === 'locked')
  assert.deepEqual([refused.trace.guard.holder, refused.trace.guard.zone], ['Ada', 'IZ'])
  await releaseBib(db, network.zoneId, mmsId ?? '', 'Ada')
  assert.equal(only(await importRecords(inNetwork(), better)).outcome, 'merged')
})

test('a fuller bib is not replaced by a briefer record', async () => {
  const oclc = `(OCoLC)${++numbers}`
  await importRecords(
    inNetwork(),
    emma(
      oclc,
      '050 00 $a PR4034',
      '082 00 $a 823',
      '264 _1 $a London : $b Murray, $c 1815.',
      '500 __ $a A note.',
    ),
  )
  const brief = { ...record(`035 __ $a ${oclc}`, '245 00 $a Emma'), leader: '00000nam a22000003i 4500' }
  const result = only(await importRecords(inNetwork(), brief))
  assert.deepEqual([result.outcome, result.code], ['not_imported', 'NOT_ADDED_BRIEF'])
})

test('an import into an institution does not change the network bib that its match is linked to', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const useNetwork = inNetwork({ inventoryZone: institution })
  const linked = only(await importRecords(useNetwork, emma(oclc)))
  assert.match(linked.linkedMmsId ?? '', /5801$/)
  const again = only(await importRecords(inNetwork({ inventoryZone: institution }), emma(oclc)))
  assert.deepEqual([again.outcome, again.linkedMmsId], ['unchanged', linked.linkedMmsId])
  const inInstitution = inNetwork({ bibZone: institution, inventoryZone: institution })
  const refused = only(await importRecords(inInstitution, emma(oclc, '520 __ $a A summary.')))
  assert.deepEqual(
    [refused.outcome, refused.code, refused.mmsId],
    ['not_imported', 'NOT_ADDED_LINKED', linked.linkedMmsId],
  )
})

test('a deleted record deletes its match, but not while an institution is linked to it', async () => {
  const deleting = { ...profile, deletes: 'delete' as const }
  const oclc = `(OCoLC)${++numbers}`
  const deleted = { ...emma(oclc), leader: '00000dam a2200000 i 4500' }
  const { mmsId, linkedMmsId } = only(
    await importRecords(inNetwork({ inventoryZone: institution }), emma(oclc)),
  )
  const blocked = only(await importRecords(inNetwork({ profile: deleting }), deleted))
  assert.deepEqual([blocked.outcome, blocked.code], ['unresolved', 'DELETE_BLOCKED'])
  await db.execute('delete from bib where mms_id = $1', [linkedMmsId])
  const gone = only(await importRecords(inNetwork({ profile: deleting }), deleted))
  assert.equal(gone.outcome, 'deleted')
  assert.deepEqual(await versionsOf(mmsId ?? ''), ['1 created', '2 deleted'])
  const left = await db.query('select from match_key where mms_id = $1', [mmsId])
  assert.equal(left.length, 0)
})

test('a preview decides the same and writes no bib, and its later batches see its earlier ones', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const run = inNetwork({ mode: 'preview' })
  const before = await db.query<{ n: string }>('select count(*)::text as n from bib')
  const first = only(await importRecords(run, emma(oclc)))
  const second = only(await importRecords(run, emma(oclc, '520 __ $a A summary.')))
  assert.deepEqual(
    [first.outcome, first.mmsId, second.outcome, second.mmsId],
    ['created', 'new:1:1', 'merged', 'new:1:1'],
  )
  assert.deepEqual(await db.query<{ n: string }>('select count(*)::text as n from bib'), before)
})

test('a commit leaves to a person what would differ from the preview', async () => {
  const oclc = `(OCoLC)${++numbers}`
  await importRecords(inNetwork(), emma(oclc))
  const better = emma(oclc, '520 __ $a A summary.')
  const planned = only(await importRecords(inNetwork({ mode: 'preview' }), better))
  const { outcome, code, mmsId, versionBefore, content } = planned
  const expected = new Map([[1, { outcome, code, mmsId, versionBefore, content, combined: [] }]])
  await importRecords(inNetwork(), emma(oclc, '500 __ $a Somebody was here.'))
  const drifted = only(await importRecords(inNetwork({ expected }), better))
  assert.deepEqual([drifted.outcome, drifted.code], ['unresolved', 'PREVIEW_DRIFTED'])
})

test('records of one new title, imported at once by many, become one bib', async () => {
  const oclc = `(OCoLC)${++numbers}`
  const results = await Promise.all(Array.from({ length: 8 }, () => importRecords(inNetwork(), emma(oclc))))
  const outcomes = results.map((result) => only(result).outcome).toSorted()
  assert.deepEqual(outcomes, ['created', ...Array.from({ length: 7 }, () => 'unchanged')])
})

test('batches in opposite order wait for each other and lose nothing', async () => {
  const titles = Array.from({ length: 40 }, () => emma())
  const results = await Promise.all([
    importRecords(inNetwork(), ...titles),
    importRecords(inNetwork(), ...titles.toReversed()),
  ])
  const created = results.flat().filter(({ outcome }) => outcome === 'created')
  assert.equal(created.length, 40)
  assert.equal(new Set(results.flat().map(({ mmsId }) => mmsId)).size, 40)
})

test('a record that the database refuses is rejected alone, and its neighbours are imported', async () => {
  const records = prepared([emma(), emma(), emma(), emma(), emma()])
  const poisoned = records.map((one, at) =>
    at === 2 && one.prepared.status === 'ready'
      ? {
          ...one,
          prepared: {
            ...one.prepared,
            ready: { ...one.prepared.ready, body: `${one.prepared.ready.body}\0` },
          },
        }
      : one,
  )
  let ledger: readonly BatchResult[] = []
  const results = await importBatch(db, inNetwork(), poisoned, (_tx, part) => {
    ledger = [...ledger, ...part]
    return Promise.resolve()
  })
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['created', 'created', 'rejected', 'created', 'created'],
  )
  assert.equal(results[2]?.code, 'DATABASE_REFUSED')
})

test('what runs alongside fails with the batch: nothing of either stays', async () => {
  const oclc = `(OCoLC)${++numbers}`
  await assert.rejects(
    importBatch(db, inNetwork(), prepared([emma(oclc)]), () => Promise.reject(new Error('no ledger'))),
    /no ledger/,
  )
  const keys = await db.query(`select from match_key where kind = 'oclc' and value = $1`, [oclc.slice(7)])
  assert.equal(keys.length, 0)
})

test('a deletion leaves a linked bib with its local fields to a person, and every match where the profile is manual', async () => {
  const networkBib = only(await importRecords(inNetwork(), emma('(OCoLC)610001')))
  const linking = { inventoryZone: institution, profile: { ...profile, useNetworkZone: true } }
  const linked = only(await importRecords(inNetwork(linking), emma('(OCoLC)610001')))
  const deleting = { ...profile, deletes: 'delete' as const }
  const gone = { ...emma('(OCoLC)610001'), leader: '00000dam a2200000 i 4500' }
  const result = only(
    await importRecords(
      inNetwork({ bibZone: institution, inventoryZone: institution, profile: deleting }),
      gone,
    ),
  )
  assert.deepEqual([result.outcome, result.code], ['unresolved', 'DELETE_BLOCKED'])
  assert.deepEqual(result.trace?.guard, {
    guard: 'delete',
    hangs: [`its link to ${networkBib.mmsId}`],
  })
  assert.deepEqual(await versionsOf(linked.linkedMmsId ?? ''), ['1 linked'])

  const other = only(await importRecords(inNetwork(), emma('(OCoLC)610002')))
  const manual = { ...deleting, match: { ...profile.match, handling: 'manual' as const } }
  const waiting = only(
    await importRecords(inNetwork({ profile: manual }), { ...emma('(OCoLC)610002'), leader: gone.leader }),
  )
  assert.deepEqual([waiting.outcome, waiting.code], ['unresolved', 'MANUAL_MATCH'])
  assert.deepEqual(await versionsOf(other.mmsId ?? ''), ['1 created'])
})

test('a step that finds bibs of another carrier alone does not keep a later one from finding the right one', async () => {
  const fuzzy = { ...profile, match: { ...profile.match, method: 'fuzzy' } }
  const lines = ['100 1_ $a Brontë, Anne.', '245 10 $a The tenant of Wildfell Hall.', '300 __ $a 1 v.']
  const print = record('020 __ $a 9780141035116', ...lines, '338 __ $a volume $b nc $2 rdacarrier')
  const online = record('020 __ $a 9780191568473', ...lines, '338 __ $a online resource $b cr $2 rdacarrier')
  const [, existing] = await importRecords(inNetwork({ profile: fuzzy }), print, online)
  // A vendor's record of the e-book that has the number of the printed book alone.
  const vendor = record('020 __ $a 9780141035116', ...lines, '338 __ $a online resource $b cr $2 rdacarrier')
  const result = only(await importRecords(inNetwork({ profile: fuzzy }), vendor))
  assert.deepEqual([result.outcome, result.mmsId], ['merged', existing?.mmsId])
  // The trace has the keys of both steps, and the bib that the first one set aside.
  assert.deepEqual(
    result.trace?.looked?.map((key) => key.split(':', 1)[0]),
    ['isbn', 'title'],
  )
  assert.deepEqual(
    result.trace?.candidates?.map(({ dropped }) => dropped),
    ['other-carrier', 'other-carrier', undefined],
  )
})

test('a later file that goes back to an earlier record is imported; the same file again is not', async () => {
  const first = emma('(OCoLC)620001', '500 __ $a First.')
  const second = emma('(OCoLC)620001', '500 __ $a Second.')
  const load = (jobId: string, file: string) => inNetwork({ job: { jobId, fileNo: 1, file } })
  await importRecords(load('9001', 'a'), first, second)
  const again = await importRecords(load('9002', 'a'), first, second)
  assert.deepEqual(
    again.map(({ outcome }) => outcome),
    ['unchanged', 'unchanged'],
  )
  assert.equal(only(await importRecords(load('9003', 'b'), first)).outcome, 'merged')
})
