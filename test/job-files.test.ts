import assert from 'node:assert/strict'
import { rm, truncate, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { ZipFile } from 'yazl'
import { shippedProfile } from '../src/rules/profiles.ts'
import { storedPath } from '../src/import/store.ts'
import { book, mrc, testJobs } from './jobs.ts'

const { db, dataDir, submit, run, load, outcomes, events, profile } = await testJobs()

async function zipOf(entries: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(entries)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name)
    else zip.addBuffer(Buffer.from(content), name)
  }
  zip.end()
  return Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>))
}

let numbers = 1000
const books = (count: number) => Array.from({ length: count }, () => book(++numbers, `Emma ${numbers}`))

const filesOf = (job: number) =>
  db.query<{ file: number; name: string; entry: string | null; records: number; bad: boolean }>(
    `select file_no as file, name, entry, records, not_marc is not null as bad from import_file where job_id = $1 order by 1`,
    [job],
  )

const reasonOf = async (job: number) => {
  const [row] = await db.query<{ reason: string }>(`select reason from import_job where job_id = $1`, [job])
  return row?.reason ?? ''
}

test('a file is imported plain, as gzip in several members, and as Zstandard', async () => {
  const [a, b] = [mrc(books(2)), mrc(books(3))]
  const job = await load({
    'plain.mrc': mrc(books(1)),
    'members.mrc.gz': Buffer.concat([gzipSync(a), gzipSync(b)]),
    'frames.mrc.zst': Buffer.concat([zstdCompressSync(mrc(books(1))), zstdCompressSync(mrc(books(2)))]),
  })
  assert.deepEqual(
    (await filesOf(job)).map(({ records }) => records),
    [1, 5, 3],
  )
  assert.deepEqual(new Set(await outcomes(job)), new Set(['created']))
})

test('entries of a zip become files of the job in their place, and one bad entry costs none of its neighbours', async () => {
  const zip = await zipOf({
    'vendor/': Buffer.alloc(0),
    'vendor/a.mrc': mrc(books(2)),
    'readme.txt': Buffer.from('Records of November.'),
    'inner.zip': await zipOf({ 'x.mrc': mrc(books(1)) }),
    '__MACOSX/vendor/._a.mrc': Buffer.from('x'),
    'vendor/b.mrc': mrc(books(1)),
  })
  const job = await load({ 'first.mrc': mrc(books(1)), 'all.zip': zip, 'last.mrc': mrc(books(1)) })
  assert.deepEqual(
    (await filesOf(job)).map(({ file, name, entry, records, bad }) => [
      file,
      name,
      entry,
      bad ? 'bad' : records,
    ]),
    [
      [1, 'first.mrc', null, 1],
      [2, 'all.zip', 'vendor/a.mrc', 2],
      [3, 'all.zip', 'readme.txt', 'bad'],
      [4, 'all.zip', 'inner.zip', 'bad'],
      [5, 'all.zip', 'vendor/b.mrc', 1],
      [6, 'last.mrc', null, 1],
    ],
  )
  const said = await events(job)
  assert.deepEqual(
    said.map(({ code }) => code),
    ['TEXT', 'ARCHIVE', 'PASSED_OVER', 'COMPLETED'],
  )
  assert.match(said[1]?.message ?? '', /^all\.zip, inner\.zip: This is an archive inside an archive/)
  assert.match(said[2]?.message ?? '', /vendor\/, __MACOSX/)
})

test('a file that is cut off is left out with what to do, and the others of the job are imported', async () => {
  const packed = gzipSync(mrc(books(50)))
  const job = await load({ 'cut.mrc.gz': packed.subarray(0, packed.length - 20), 'whole.mrc': mrc(books(2)) })
  assert.deepEqual(await outcomes(job), ['created', 'created'])
  const [cut] = await events(job)
  assert.equal(cut?.code, 'ARCHIVE_DAMAGED')
  assert.match(cut?.message ?? '', /^cut\.mrc\.gz: The file is cut off.* Fetch it again/)
  const junk = await db.query(`select from import_junk where job_id = $1`, [job])
  assert.equal(junk.length, 0)
})

test('a file of MARC without a record in it is imported, and the job says so', async () => {
  const job = await load({ 'none.xml': Buffer.from('<collection xmlns="http://www.loc.gov/MARC21/slim"/>') })
  const [said] = await events(job)
  assert.deepEqual([said?.code, said?.message], ['NO_RECORDS', 'none.xml: There are no records in it.'])
})

test('a job without any MARC file fails and says what its file is', async () => {
  for (const [name, bytes, code, words] of [
    ['page.mrc', Buffer.from('<!DOCTYPE html><html><body>Sign in</body></html>'), 'WEB_PAGE', /web page/],
    ['empty.mrc', Buffer.alloc(0), 'EMPTY', /empty/],
    [
      'bomb.gz',
      gzipSync(Buffer.concat([mrc(books(1)), Buffer.alloc(30_000_000)])),
      'ARCHIVE_RATIO',
      /100 times/,
    ],
    ['book.xlsx', await zipOf({ '[Content_Types].xml': Buffer.from('<Types/>') }), 'SPREADSHEET', /Office/],
  ] as const) {
    const job = await submit({ [name]: bytes })
    assert.equal(await run(job), 'failed', name)
    assert.deepEqual(
      (await events(job)).map((event) => event.code),
      [code, 'NO_MARC'],
    )
    const reason = await reasonOf(job)
    assert.ok(reason.startsWith(`${name}: `), reason)
    assert.match(reason, words)
    assert.deepEqual(await outcomes(job), [])
  }
})

test('a profile that cannot be followed fails the job before anything is imported', async () => {
  const { match } = shippedProfile('repository')
  await profile('faulty', { match: { ...match, method: 'by-colour' } })
  const job = await submit({ 'sound.mrc': mrc(books(2)) }, { profile: 'faulty' })
  assert.equal(await run(job), 'failed')
  assert.match(await reasonOf(job), /by-colour/)
  assert.deepEqual(await outcomes(job), [])
})

test('a file with line ends between its records keeps their places as junk', async () => {
  const records = books(300)
  const lines = records.flatMap((one) => [mrc([one]), Buffer.from('\r\n')])
  const job = await load({ 'lines.mrc': Buffer.concat(lines) })
  const [junk] = await db.query<{ spans: number; bytes: number }>(
    `select count(*) as spans, sum(byte_length)::int as bytes from import_junk where job_id = $1`,
    [job],
  )
  assert.deepEqual(junk, { spans: 300, bytes: 600 })
})

test('a stored file that is gone, cut or changed fails the job in words, and loses nothing that was done', async () => {
  const bytes = mrc(books(3))
  const sha256 = (job: number) =>
    db.query<{ sha256: string }>(`select sha256 from import_file where job_id = $1`, [job])
  const gone = await submit({ 'gone.mrc': bytes })
  const [file] = await sha256(gone)
  await rm(storedPath(dataDir, file?.sha256 ?? ''))
  assert.equal(await run(gone), 'failed')
  assert.match(await reasonOf(gone), /^gone\.mrc: The stored file is not in the data directory/)

  for (const change of [
    (path: string) => truncate(path, mrc(books(2)).length),
    (path: string) => writeFile(path, mrc(books(400))),
    (path: string) => writeFile(path, 'no records at all'),
  ]) {
    const job = await load({ 'changed.mrc': mrc(books(3)) }, { kind: 'preview' })
    const [stored] = await sha256(job)
    await db.execute(`update import_part set done_position = 0 where job_id = $1`, [job])
    await db.execute(`delete from import_record where job_id = $1`, [job])
    await db.execute(`update import_job set status = 'pending' where job_id = $1`, [job])
    await change(storedPath(dataDir, stored?.sha256 ?? ''))
    assert.equal(await run(job), 'failed')
    assert.match(await reasonOf(job), /not what it was when the job began/)
  }
})
