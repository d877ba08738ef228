import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { unlinkBib } from '../src/catalog/share-bib.ts'
import { versionColumns } from '../src/catalog/bib-write.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { findBriefLevels } from '../src/import/brief-rule.ts'
import { submitCommit, submitUndo } from '../src/import/follow-job.ts'
import { storeStream } from '../src/import/store.ts'
import { type LinkSubmission, submitLink } from '../src/import/submit-link.ts'
import { formatField } from '../src/rules/field-text.ts'
import { foundBy } from './found.ts'
import { addBib } from './catalogue.ts'
import type { JobOrder } from './job-process.ts'
import { book, testJobs } from './jobs.ts'

const jobs = await testJobs()
const { db, dataDir, run, outcomes, unsound } = jobs
await addZone(db, {
  code: 'OTHER',
  kind: 'institution',
  name: 'Another library',
  suffix: '5802',
  network: 'NZ',
})

async function submit(lines: readonly string[], more: Partial<LinkSubmission> = {}): Promise<number> {
  const bytes = Buffer.from(lines.join('\n'))
  const { sha256 } = await storeStream(
    dataDir,
    (async function* () {
      yield bytes
    })(),
  )
  const submission = { zone: 'IZ', contribute: true, dryRun: false, by: 'ada', ...more }
  const { job } = await submitLink(db, dataDir, { ...submission, list: { sha256, name: 'bibs.txt' } })
  return job.job
}

async function link(lines: readonly string[], more: Partial<LinkSubmission> = {}): Promise<number> {
  const job = await submit(lines, more)
  assert.equal(await run(job), 'completed', JSON.stringify(await jobs.events(job)))
  return job
}

const bibOf = async (mmsId: string) => {
  const [row] = await db.query<{ linked: string | null; version: number; record: string }>(
    `select linked_mms_id as linked, version, record from bib where mms_id = $1`,
    [mmsId],
  )
  return row
}
const linesOf = async (zone: string, mmsId: string) => {
  const [page] = await findBibPages(db, await getZone(db, zone), [mmsId])
  return page?.record.fields.map(formatField) ?? []
}
const countIn = async (zone: string) => {
  const { zoneId } = await getZone(db, zone)
  const [row] = await db.query<{ n: number }>(`select count(*)::int as n from bib where zone_id = $1`, [
    zoneId,
  ])
  return row?.n ?? 0
}

test('each bib of a list has one outcome: linked, contributed, of several matches, linked already, or refused', async () => {
  const theirs = await addBib(db, 'NZ', book(1, 'Emma'))
  const matched = await addBib(db, 'IZ', book(1, 'Emma, our copy', '590 __ $a Signed by the binder.'))
  const fresh = await addBib(db, 'IZ', book(2, 'Persuasion'))
  await addBib(db, 'NZ', book(3, 'Sanditon'))
  await addBib(db, 'NZ', book(3, 'Sanditon, twice'))
  const several = await addBib(db, 'IZ', book(3, 'Sanditon, ours'))
  const job = await link([
    'MMS ID',
    matched,
    `"${fresh}",Persuasion`,
    '',
    several,
    matched,
    '991234567890125801',
    'a line 12',
  ])
  assert.deepEqual(await outcomes(job), [
    'unchanged',
    'created',
    'unresolved:MULTI_MATCH',
    'not_imported:ALREADY_LINKED',
    'rejected:NO_SUCH_BIB',
    'rejected:NOT_AN_MMS_ID',
  ])
  assert.equal((await bibOf(matched))?.linked, theirs)
  const contributed = (await bibOf(fresh))?.linked
  assert.ok(contributed?.endsWith('5816'), String(contributed))
  assert.equal((await bibOf(several))?.linked, null)
  const lines = await linesOf('IZ', matched)
  assert.ok(lines.includes('590 ## $a Signed by the binder.'), lines.join('\n'))
  assert.ok(lines.some((line) => line.startsWith('245 10 $a Emma /')))
  assert.ok(!(await linesOf('NZ', theirs)).some((line) => line.startsWith('590')))
  const mmsIds = await foundBy(db, 'IZ', 'persuasion')
  assert.deepEqual(mmsIds, [fresh])
})

test('what the network does not get stays with the bib: local fields, vendors’ numbers, and what orders left', async () => {
  const mmsId = await addBib(
    db,
    'IZ',
    book(
      10,
      'Lady Susan',
      '035 __ $a (YBP)123',
      '049 __ $a XXXX',
      '590 __ $a Gift',
      '981 __ $a fund',
      '500 __ $a Ours $9 LOCAL',
    ),
  )
  await link([mmsId])
  const { linked } = (await bibOf(mmsId)) ?? {}
  const theirs = await linesOf('NZ', linked ?? '')
  const tagsOf = (lines: readonly string[]) => lines.map((line) => line.slice(0, 3))
  assert.deepEqual(
    ['049', '500', '590', '981'].filter((tag) => tagsOf(theirs).includes(tag)),
    [],
  )
  const { record = '' } = (await bibOf(mmsId)) ?? {}
  assert.deepEqual(
    record
      .split('\u001e')
      .slice(1)
      .map((text) => text.slice(0, 3)),
    ['049', '500', '590', '981'],
  )
  assert.ok(theirs.includes('035 ## $a (YBP)123'), 'a vendor’s number is one of the title, and goes up')
})

test('a vendor’s number that the network’s record has not stays with ours, which is found by it', async () => {
  const theirs = await addBib(db, 'NZ', book(11, 'Evelyn'))
  const mmsId = await addBib(db, 'IZ', book(11, 'Evelyn', '035 __ $a (YBP)456'))
  await link([mmsId])
  assert.equal((await bibOf(mmsId))?.linked, theirs)
  const found = { mmsIds: await foundBy(db, 'IZ', '(YBP)456') }
  assert.deepEqual(found.mmsIds, [mmsId])
})

test('two bibs of an institution are not linked to one of the network: the second is named', async () => {
  const first = await addBib(db, 'IZ', book(12, 'The Watsons'))
  const second = await addBib(db, 'IZ', book(12, 'The Watsons'))
  for (const dryRun of [true, false])
    assert.deepEqual(await outcomes(await link([first, second], { dryRun })), [
      'created',
      'not_imported:LINKED_BESIDE',
    ])
  assert.equal((await bibOf(second))?.linked, null)
})

test('without contribute nothing comes to the network, and a suppressed bib does not with it either', async () => {
  const before = await countIn('NZ')
  const mmsId = await addBib(db, 'IZ', book(13, 'Catharine'))
  assert.deepEqual(await outcomes(await link([mmsId], { contribute: false })), [
    'not_imported:NOT_CONTRIBUTED',
  ])
  await db.execute(`update bib set suppressed = true where mms_id = $1`, [mmsId])
  assert.deepEqual(await outcomes(await link([mmsId])), ['not_imported:SUPPRESSED_NOT_CONTRIBUTED'])
  assert.equal(await countIn('NZ'), before)
  await addBib(db, 'NZ', book(13, 'Catharine'))
  await link([mmsId])
  const [row] = await db.query(`select suppressed from bib where mms_id = $1 and linked_mms_id is not null`, [
    mmsId,
  ])
  assert.deepEqual(row, { suppressed: true })
})

test('a bib that somebody else has open is left as it is, and so is the network', async () => {
  const mmsId = await addBib(db, 'IZ', book(14, 'Plan of a novel'))
  const lock = (holder: string) =>
    db.execute(
      `insert into bib_lock (zone_id, mms_id, holder, since, seen_at, part)
       select zone_id, $1, $2, now(), now(), part from bib where mms_id = $1`,
      [mmsId, holder],
    )
  await lock('jane')
  const before = await countIn('NZ')
  assert.deepEqual(await outcomes(await link([mmsId])), ['not_imported:OURS_LOCKED'])
  assert.equal(await countIn('NZ'), before)
  await db.execute(`delete from bib_lock`)
  await lock('ada')
  assert.deepEqual(await outcomes(await link([mmsId])), ['created'])
  await db.execute(`delete from bib_lock`)
})

test('a preview changes nothing, and its commit does what it showed but where the network has changed', async () => {
  const a = await addBib(db, 'IZ', book(15, 'Volume the First'))
  const b = await addBib(db, 'IZ', book(16, 'Volume the Second'))
  const c = await addBib(db, 'IZ', book(17, 'Volume the Third'))
  const d = await addBib(db, 'IZ', book(18, 'Volume the Fourth'))
  const before = await countIn('NZ')
  const preview = await link([a, b, c, d], { dryRun: true })
  assert.deepEqual(await outcomes(preview), ['created', 'created', 'created', 'created'])
  assert.deepEqual([await countIn('NZ'), (await bibOf(a))?.linked], [before, null])
  await addBib(db, 'NZ', book(16, 'Volume the Second'))
  await db.execute(`update bib set version = version + 1, suppressed = true where mms_id = $1`, [c])
  await link([d])
  const { job: commit } = await submitCommit(db, preview, 'ada')
  assert.equal(await run(commit), 'completed')
  assert.deepEqual(await outcomes(commit), [
    'created',
    'unresolved:PREVIEW_DRIFTED',
    'unresolved:PREVIEW_DRIFTED',
    'unresolved:PREVIEW_DRIFTED',
  ])
  await db.execute(`update bib set version = version - 1, suppressed = false where mms_id = $1`, [c])
})

test('an undo gives the bibs back as they were, and takes what was contributed away', async () => {
  await addBib(db, 'NZ', book(21, 'Emma, of the network'))
  const ours = [
    await addBib(db, 'IZ', book(21, 'Emma, ours', '590 __ $a Gift')),
    await addBib(db, 'IZ', book(22, 'Ours alone')),
  ]
  const was = await Promise.all(ours.map((mmsId) => linesOf('IZ', mmsId)))
  const before = [await jobs.dump('NZ'), await jobs.dump('IZ')]
  const job = await link(ours)
  const { job: undo } = await submitUndo(db, job, 'ada')
  assert.equal(await run(undo), 'completed')
  const results = await db.query(
    `select result, conflict from undo_record where job_id = $1 order by position`,
    [undo],
  )
  assert.deepEqual(results, [
    { result: 'restored', conflict: null },
    { result: 'removed', conflict: null },
  ])
  assert.deepEqual([await jobs.dump('NZ'), await jobs.dump('IZ')], before)
  const withoutTime = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('005'))
  for (const [at, mmsId] of ours.entries())
    assert.deepEqual(withoutTime(await linesOf('IZ', mmsId)), withoutTime(was[at] ?? []))
  const mmsIds = await foundBy(db, 'IZ', 'ours alone')
  assert.deepEqual(mmsIds, [ours[1]])
})

test('an undo leaves to others what they have made of it since, and says so', async () => {
  const [kept, unlinked] = [
    await addBib(db, 'IZ', book(23, 'Taken up')),
    await addBib(db, 'IZ', book(24, 'Unlinked')),
  ]
  const job = await link([kept, unlinked])
  const theirs = (await bibOf(kept))?.linked ?? ''
  await addBib(db, 'OTHER', book(0, 'x', '590 __ $a Theirs'), { linkedMmsId: theirs })
  const zone = await getZone(db, 'IZ')
  const unlink = await unlinkBib(db, zone, unlinked, { by: 'ada', levels: await findBriefLevels(db, zone) })
  assert.ok(unlink.ok)
  const { job: undo } = await submitUndo(db, job, 'ada')
  await run(undo)
  const results = await db.query(
    `select result, conflict from undo_record where job_id = $1 order by position`,
    [undo],
  )
  assert.deepEqual(results, [
    { result: 'conflict', conflict: ['the bib has linked bibs'] },
    { result: 'removed', conflict: [`bib ${unlinked}, which was linked, has been unlinked since`] },
  ])
  assert.equal((await bibOf(kept))?.linked, null, 'ours is given back all the same')
})

test('a local field that was added since stays when the bib is given back', async () => {
  const mmsId = await addBib(db, 'IZ', book(25, 'Given back', '590 __ $a Gift'))
  const job = await link([mmsId])
  await db.execute(
    `insert into bib_version (${versionColumns}) select ${versionColumns} from bib where mms_id = $1`,
    [mmsId],
  )
  await db.execute(
    `update bib set record = record || $2, version = version + 1, action = 'edited', job_id = null where mms_id = $1`,
    [mmsId, '\u001e591  \u001faLater'],
  )
  const { job: undo } = await submitUndo(db, job, 'ada')
  await run(undo)
  const lines = await linesOf('IZ', mmsId)
  assert.equal(lines.filter((line) => line.startsWith('001')).length, 1)
  assert.equal(lines.filter((line) => line.startsWith('005')).length, 1)
  for (const line of ['245 10 $a Given back / $c Jane Austen.', '590 ## $a Gift', '591 ## $a Later'])
    assert.ok(lines.includes(line), lines.join('\n'))
})

test('two institutions that contribute the same title at once come to one network bib', async () => {
  const titles = Array.from({ length: 40 }, (_, at) => 1000 + at)
  const lists = new Map<string, string[]>()
  for (const zone of ['IZ', 'OTHER']) {
    const own: string[] = []
    for (const oclc of titles) own.push(await addBib(db, zone, book(oclc, `Title ${oclc}`)))
    lists.set(zone, zone === 'IZ' ? own : own.toReversed())
  }
  const before = await countIn('NZ')
  const submitted = await Promise.all([...lists].map(([zone, lines]) => submit(lines, { zone })))
  assert.deepEqual(await Promise.all(submitted.map((job) => run(job))), ['completed', 'completed'])
  assert.equal((await countIn('NZ')) - before, titles.length)
  const [row] = await db.query<{ both: number }>(
    `select count(*)::int as both from (
       select linked_mms_id from bib where mms_id = any($1::text[]) group by linked_mms_id having count(*) = 2) pairs`,
    [[...lists.values()].flat()],
  )
  assert.equal(row?.both, titles.length)
})

test('a job that is killed again and again links each bib once', async () => {
  const lines: string[] = []
  for (let oclc = 2000; oclc < 2900; oclc++) lines.push(await addBib(db, 'IZ', book(oclc, `Title ${oclc}`)))
  const before = await countIn('NZ')
  const job = await submit(lines)
  const doneNow = async () =>
    (
      await db.query<{ n: number }>(`select count(*)::int as n from import_record where job_id = $1`, [job])
    )[0]?.n ?? 0
  for (let kills = 0; kills < 3; kills++) {
    const reached = await doneNow()
    const child = fork(fileURLToPath(new URL('job-process.ts', import.meta.url)), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const ended = once(child, 'exit')
    child.send({ address: db.address, dataDir, job, owner: 'the same owner' } satisfies JobOrder)
    while ((await doneNow()) === reached && child.exitCode === null) await delay(2)
    child.kill('SIGKILL')
    await ended
  }
  assert.ok((await doneNow()) < lines.length, 'it was killed before its end')
  assert.equal(await run(job, 'the same owner'), 'completed')
  assert.deepEqual([...new Set(await outcomes(job))], ['created'])
  assert.deepEqual([await doneNow(), (await countIn('NZ')) - before], [lines.length, lines.length])
})

test('after all of this the catalogue is sound', async () => {
  assert.deepEqual(await unsound(), [])
})
