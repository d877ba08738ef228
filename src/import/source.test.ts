import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { ZipFile } from 'yazl'
import { archiveLimits } from './archive.ts'
import { ImportRefusal } from './refusal.ts'
import { isPacked, openSource, readEntry, type SourceOptions } from './source.ts'

const folder = await mkdtemp(join(tmpdir(), 'accession-source-'))
after(() => rm(folder, { recursive: true }))

let files = 0
async function stored(...parts: readonly Uint8Array[]): Promise<string> {
  const path = join(folder, String(++files))
  await writeFile(path, Buffer.concat(parts))
  return path
}

/** A zip of texts by name. */
async function zipOf(entries: Readonly<Record<string, string | Buffer>>, compress = true): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(entries)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name)
    else zip.addBuffer(Buffer.from(content), name, { compress })
  }
  zip.end()
  return Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>))
}

/** Where the header of the nth entry stands in the directory of a zip. */
function directoryEntry(zip: Buffer, number: number): number {
  let at = -1
  for (let nth = 0; nth <= number; nth++) at = zip.indexOf('PK\x01\x02', at + 1, 'latin1')
  return at
}

/** What each entry is: its text, or the code and words of why it is refused. */
async function contents(path: string, options?: SourceOptions) {
  const found: [string | null, string][] = []
  for await (const { name, chunks } of openSource(path, options)) {
    found.push([name, await textOf(chunks).catch(inWords)])
  }
  return found
}

const textOf = async (chunks: AsyncIterable<Uint8Array>) =>
  Buffer.concat(await Array.fromAsync(chunks)).toString()

function inWords(error: unknown): string {
  assert.ok(error instanceof ImportRefusal, String(error))
  assert.notEqual(error.remedy, '')
  return `${error.code}: ${error.message}`
}

const refusalOf = (path: string, options?: SourceOptions) =>
  Array.fromAsync(openSource(path, options)).then(() => 'nothing is refused', inWords)

test('a file that is not packed is its own bytes', async () => {
  assert.deepEqual(await contents(await stored(Buffer.from('records'))), [[null, 'records']])
  assert.deepEqual(await contents(await stored()), [[null, '']])
})

test('all members of a gzip are read, wherever they meet', async () => {
  const members = [gzipSync('first '), gzipSync(''), gzipSync('second '), gzipSync('third')]
  assert.deepEqual(await contents(await stored(...members)), [[null, 'first second third']])
})

test('a gzip header may hold a name, a comment, extra fields and a checksum', async () => {
  const sound = gzipSync('records')
  const header = Buffer.from([0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3])
  const rest = Buffer.from('records.mrc\0a comment\0\x01\x02', 'latin1')
  assert.deepEqual(await contents(await stored(header, rest, sound.subarray(10))), [[null, 'records']])
})

test('padding after a gzip is silent, and another member behind it is read', async () => {
  const notes: string[] = []
  const say = (note: string) => void notes.push(note)
  assert.deepEqual(await contents(await stored(gzipSync('a'), Buffer.alloc(700_000)), { say }), [[null, 'a']])
  const padded = await stored(gzipSync('a'), Buffer.alloc(300), gzipSync('b'))
  assert.deepEqual(await contents(padded, { say }), [[null, 'ab']])
  assert.deepEqual(notes, [])
})

test('other bytes after a gzip are passed over and said', async () => {
  const notes: string[] = []
  const path = await stored(gzipSync('records'), Buffer.from('\0\0<html>'))
  const say = (note: string) => void notes.push(note)
  assert.deepEqual(await contents(path, { say }), [[null, 'records']])
  assert.deepEqual(notes, ['The file has 6 bytes after the end of its packed data; they were passed over.'])
})

test('a gzip that is cut off anywhere is refused, and never taken for whole', async () => {
  const whole = Buffer.concat([gzipSync('first'), gzipSync('second')])
  const member = gzipSync('first').length
  for (let length = 4; length < whole.length; length++) {
    if (length === member || length === member + 1) continue
    const [entry] = await contents(await stored(whole.subarray(0, length)))
    assert.equal(
      entry?.[1],
      'ARCHIVE_DAMAGED: The file is cut off: its packed data end too early.',
      `${length}`,
    )
  }
})

test('a changed bit in a gzip is found', async () => {
  const text = Array.from({ length: 5000 }, (_, at) => String(at * 7919)).join()
  const whole = gzipSync(text)
  for (const at of [40, whole.length >> 1, whole.length - 6, whole.length - 2]) {
    const bent = Buffer.from(whole)
    bent[at] = (bent[at] as number) ^ 4
    const [entry] = await contents(await stored(bent))
    assert.match(entry?.[1] ?? '', /^ARCHIVE_DAMAGED: The file is (damaged|cut off)/, `${at}`)
  }
})

test('all frames of Zstandard are read, wherever they meet, and those to skip are skipped', async () => {
  const frames = [zstdCompressSync('first '), zstdCompressSync('second ')]
  const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
  const path = await stored(skipped, ...frames, skipped, zstdCompressSync('third'))
  assert.deepEqual(await contents(path), [[null, 'first second third']])
  const large = Buffer.alloc(3 << 18, 'record ')
  const [entry] = await contents(await stored(zstdCompressSync(large), zstdCompressSync('end')))
  assert.equal(entry?.[1], `${large.toString()}end`)
})

test('Zstandard that is cut off or followed by something else is refused', async () => {
  const whole = zstdCompressSync('a record and another record')
  for (const length of [5, 12, whole.length - 1]) {
    const [entry] = await contents(await stored(whole.subarray(0, length)))
    assert.match(entry?.[1] ?? '', /^ARCHIVE_DAMAGED: The file is cut off/)
  }
  const [followed] = await contents(await stored(whole, Buffer.from('something else')))
  assert.match(followed?.[1] ?? '', /^ARCHIVE_DAMAGED: The file is damaged/)
})

test('the files of a zip come in its order, stored or packed, and names are only names', async () => {
  for (const compress of [true, false]) {
    const zip = await zipOf({ 'b.mrc': 'second', '__/__/etc/x': 'path-like', 'ünï.mrc': 'named' }, compress)
    const renamed = Buffer.from(zip.toString('latin1').replaceAll('__/__/etc', '../../etc'), 'latin1')
    assert.deepEqual(await contents(await stored(renamed)), [
      ['b.mrc', 'second'],
      ['../../etc/x', 'path-like'],
      ['ünï.mrc', 'named'],
    ])
  }
})

test('a name that comes twice in a zip is numbered, and one with control characters is shown without', async () => {
  const zip = (await zipOf({ 'a.mrc': 'first', 'b.mrc': 'second', 'c.mrc': 'third' })).toString('latin1')
  const renamed = zip.replaceAll('b.mrc', 'a.mrc').replaceAll('c.mrc', 'c\0mrc')
  const path = await stored(Buffer.from(renamed, 'latin1'))
  assert.deepEqual(await contents(path), [
    ['a.mrc', 'first'],
    ['a.mrc (2)', 'second'],
    ['c\ufffdmrc', 'third'],
  ])
  assert.equal(await textOf(readEntry(path, 'a.mrc (2)')), 'second')
})

test('folders and the files of a system are passed over and said', async () => {
  const notes: string[] = []
  const zip = { 'vendor/': '', 'vendor/a.mrc': 'a', '__MACOSX/vendor/._a.mrc': 'x', 'vendor/.DS_Store': 'x' }
  const found = await contents(await stored(await zipOf(zip)), { say: (note) => void notes.push(note) })
  assert.deepEqual(found, [['vendor/a.mrc', 'a']])
  assert.deepEqual(notes, [
    'Passed over in the archive, as folders or files of a system: vendor/, __MACOSX/vendor/._a.mrc, vendor/.DS_Store.',
  ])
})

test('an entry that is encrypted, or packed by another method, is refused, and its neighbours are read', async () => {
  const zip = await zipOf({ a: 'first', b: 'second', c: 'third', d: 'fourth' })
  zip.writeUInt16LE(1, directoryEntry(zip, 1) + 8)
  zip.writeUInt16LE(9, directoryEntry(zip, 2) + 10)
  assert.deepEqual(await contents(await stored(zip)), [
    ['a', 'first'],
    ['b', 'ARCHIVE_ENCRYPTED: b is encrypted.'],
    ['c', 'ARCHIVE_METHOD: c is packed by a method that is not read here (Deflate64).'],
    ['d', 'fourth'],
  ])
})

test('an entry that is not what its header says is refused, and its neighbours are read', async () => {
  const names = {
    long: 'unpacks to more',
    short: 'unpacks to less',
    sum: 'has another checksum',
    gone: 'lost',
    sound: 'sound',
  }
  const zip = await zipOf(names)
  zip.writeUInt32LE(5, directoryEntry(zip, 0) + 24)
  zip.writeUInt32LE(5000, directoryEntry(zip, 1) + 24)
  zip.writeUInt32LE(0, directoryEntry(zip, 2) + 16)
  zip.writeUInt32LE(3, directoryEntry(zip, 3) + 42)
  assert.deepEqual(await contents(await stored(zip)), [
    ['long', 'ARCHIVE_DAMAGED: long unpacks to more than the 5 bytes that its header says.'],
    ['short', 'ARCHIVE_DAMAGED: short unpacks to 15 bytes, where its header says 5000.'],
    ['sum', 'ARCHIVE_DAMAGED: sum is damaged: it does not unpack to what its checksum says.'],
    ['gone', 'ARCHIVE_DAMAGED: gone is not where the directory of the archive says.'],
    ['sound', 'sound'],
  ])
})

test('packed data of an entry that are damaged are refused, and the neighbours are read', async () => {
  const zip = await zipOf({ a: 'first first first first', b: 'second second second second' })
  zip.fill(0xff, zip.indexOf(deflateRawSync('first first first first')) + 1, zip.indexOf('PK\x03\x04', 4))
  const [a, b] = await contents(await stored(zip))
  assert.match(a?.[1] ?? '', /^ARCHIVE_DAMAGED: a is (damaged|cut off)/)
  assert.equal(b?.[1], 'second second second second')
})

test('a zip that is cut off, empty, or a document is refused as a whole', async () => {
  const zip = await zipOf({ a: 'first', b: 'second' })
  assert.match(
    await refusalOf(await stored(zip.subarray(0, -30))),
    /^ARCHIVE_DAMAGED: The archive is cut off/,
  )
  assert.match(await refusalOf(await stored(await zipOf({}))), /^ARCHIVE_EMPTY/)
  assert.match(await refusalOf(await stored(await zipOf({ 'folder/': '' }))), /^ARCHIVE_EMPTY/)
  const workbook = await zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<x/>' })
  assert.match(await refusalOf(await stored(workbook)), /^SPREADSHEET/)
})

test('a bomb is refused while it unpacks, in each form, and what stands beside it is read', async () => {
  const zeros = Buffer.alloc(20 * 1024 * 1024)
  const refused = (what: string) =>
    `ARCHIVE_RATIO: ${what} unpacks to more than 100 times its packed size, the limit for archives.`
  const zip = await zipOf({ bomb: zeros, sound: 'sound' })
  assert.deepEqual(await contents(await stored(zip)), [
    ['bomb', refused('bomb')],
    ['sound', 'sound'],
  ])
  for (const packed of [gzipSync(zeros), zstdCompressSync(zeros)]) {
    let unpacked = 0
    const path = await stored(packed)
    const read = async () => {
      for await (const { chunks } of openSource(path))
        for await (const chunk of chunks) unpacked += chunk.length
    }
    assert.equal(await read().catch(inWords), refused('The file'))
    assert.ok(unpacked <= Math.max(100 * packed.length, 1024 * 1024), `${unpacked} bytes came out first`)
  }
})

test('a bomb that hides its size is stopped at the size that it owns up to', async () => {
  const zip = await zipOf({ bomb: Buffer.alloc(20 * 1024 * 1024) })
  zip.writeUInt32LE(100, directoryEntry(zip, 0) + 24)
  const [entry] = await contents(await stored(zip))
  assert.equal(entry?.[1], 'ARCHIVE_DAMAGED: bomb unpacks to more than the 100 bytes that its header says.')
})

test('entries that share their packed bytes are counted together', async () => {
  const text = Array.from({ length: 90_000 }, (_, at) => `record ${at} `).join('')
  const one = await zipOf({ '0': text })
  const header = one.subarray(directoryEntry(one, 0), one.length - 22)
  const copies = Array.from({ length: 200 }, (_, at) => {
    const copy = Buffer.from(header)
    copy.write(String.fromCharCode(0x100 + at).slice(0, 1), 46, 'latin1')
    return copy
  })
  const end = Buffer.from(one.subarray(one.length - 22))
  end.writeUInt16LE(copies.length, 8)
  end.writeUInt16LE(copies.length, 10)
  end.writeUInt32LE(header.length * copies.length, 12)
  const found = await contents(await stored(one.subarray(0, directoryEntry(one, 0)), ...copies, end))
  assert.equal(found[0]?.[1], text)
  assert.match(found.at(-1)?.[1] ?? '', /^ARCHIVE_RATIO/)
})

test('what an archive unpacks to, and how many entries it has, is limited, and the limit named', async () => {
  const zip = await stored(await zipOf({ a: 'aaaa', b: 'bbbb', c: 'cccc' }))
  const [a, b, c] = await contents(zip, { limits: { ...archiveLimits, unpacked: 8 } })
  assert.deepEqual([a?.[1], b?.[1]], ['aaaa', 'bbbb'])
  assert.match(c?.[1] ?? '', /^ARCHIVE_SIZE: With c the archive unpacks to more than 0 GB/)
  assert.equal(
    await refusalOf(zip, { limits: { ...archiveLimits, entries: 2 } }),
    'ARCHIVE_ENTRIES: The archive has 3 entries, folders and hidden ones counted; the limit is 2.',
  )
  assert.deepEqual(archiveLimits, { ratio: 100, unpacked: 10_737_418_240, entries: 1000 })
})

test('an entry is read by its name, and a stored file that is gone or changed is said to be', async () => {
  const path = await stored(await zipOf({ a: 'first', b: 'second' }))
  assert.equal(await textOf(readEntry(path, 'b')), 'second')
  assert.match(await textOf(readEntry(path, 'c')).catch(inWords), /^STORED_FILE_CHANGED/)
  assert.match(await refusalOf(join(folder, 'none')), /^STORED_FILE_MISSING/)
})

test('packed files are told from plain ones, whose records can be read in place', async () => {
  assert.equal(await isPacked(await stored(gzipSync('a'))), true)
  assert.equal(await isPacked(await stored(await zipOf({}))), true)
  assert.equal(await isPacked(await stored(zstdCompressSync('a'))), true)
  assert.equal(await isPacked(await stored(Buffer.from('00026nam'))), false)
  assert.equal(await isPacked(await stored()), false)
})
