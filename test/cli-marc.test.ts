import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'
import { keptIo } from './kept-io.ts'
import { recordOf } from './record-of.ts'
import { marcCheck } from '../src/cli/marc/check.ts'
import { marcDiff } from '../src/cli/marc/diff.ts'

/*
 * The marc commands: they work on files, and no data directory comes into being.
 */

const { run, json, jsonLines, write, folder, dataDir } = await commandLine()

const sound = mrc([book(1, 'Emma'), book(2, 'Café society')])
const cut = mrc([book(3, 'Persuasion')]).subarray(0, 100)
await write('sound.mrc', sound)
await write('lines.mrc', Buffer.concat([Buffer.from('\r\n'), sound, Buffer.from('\n')]))
await write('cut.mrc', Buffer.concat([sound, cut]))
await write('page.mrc', '<html><body>Sign in</body></html>')

test('Check accounts for every byte of a file, junk included', async () => {
  assert.deepEqual(await json(['marc', 'check', 'lines.mrc']), {
    records: 2,
    rejected: 0,
    junk_bytes: 3,
    bytes: sound.length + 3,
    repairs: {},
    encodings: { ascii: 1, 'utf-8': 1 },
  })
})

test('Check ends in 4 where a record cannot be read, and names it', async () => {
  const { stdout } = await run(4, ['marc', 'check', 'cut.mrc'])
  assert.match(stdout, new RegExp(`record 3 at byte ${sound.length}: TRUNCATED`))
  const checked = (await json(['marc', 'check', 'cut.mrc'], 4)) as { records: number; rejected: number }
  assert.deepEqual([checked.records, checked.rejected], [3, 1])
})

test('Bytes are those after unpacking, and - is standard input', async () => {
  await write('sound.mrc.gz', gzipSync(sound))
  const plain = await run(0, ['marc', 'check', 'sound.mrc', '--json'])
  assert.equal((await run(0, ['marc', 'check', 'sound.mrc.gz', '--json'])).stdout, plain.stdout)
  const piped = await run(0, ['marc', 'check', '-', '--json'], { input: gzipSync(sound) })
  assert.equal(piped.stdout, plain.stdout)
})

test('A file without a record in it is sound, and that there is none is said', async () => {
  await write('none.xml', '<collection xmlns="http://www.loc.gov/MARC21/slim"></collection>')
  assert.match((await run(0, ['marc', 'check', 'none.xml'])).stdout, /no records in it/)
})

test('A file that cannot be opened is named once', async () => {
  assert.equal((await run(1, ['marc', 'check', 'absent.mrc'])).stdout, 'absent.mrc does not exist.\n')
  assert.equal((await run(1, ['marc', 'check', '.'])).stdout, '. is a folder. Name the files in it.\n')
})

test('A reader who has enough after the first line does not change the exit code', async () => {
  const gone = () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }))
      },
    })
    return keptIo({ stdout }).io
  }
  const path = (name: string) => join(folder, name)
  assert.equal(await marcDiff.run([path('sound.mrc'), path('cut.mrc')], gone()), 1)
  const files = [path('sound.mrc'), path('sound.mrc'), path('cut.mrc')]
  assert.equal(await marcCheck.run(files, gone()), 4)
})

test('Of several files each has its line, whatever is wrong with the others', async () => {
  const files = ['page.mrc', 'absent.mrc', '.', 'sound.mrc']
  const lines = (await jsonLines(['marc', 'check', ...files], 1)) as { file: string; not_marc?: string }[]
  assert.deepEqual(
    lines.map((line) => [line.file, line.not_marc]),
    [
      ['page.mrc', 'WEB_PAGE'],
      ['absent.mrc', 'UNREADABLE_FILE'],
      ['.', 'UNREADABLE_FILE'],
      ['sound.mrc', undefined],
    ],
  )
})

test('What is converted and converted back says the same in every serialisation', async () => {
  for (const format of ['xml', 'json', 'mrk', 'mrc']) {
    await run(0, ['marc', 'convert', 'sound.mrc', '--to', format, '-o', `to.${format}`])
    await run(0, ['marc', 'convert', `to.${format}`, '--to', 'mrc', '-o', 'back.mrc'])
    assert.deepEqual(await readFile(join(folder, 'back.mrc')), sound)
  }
  const lines = (await run(0, ['marc', 'convert', 'sound.mrc', '--to', 'json'])).stdout.trimEnd().split('\n')
  assert.deepEqual(
    lines.map((line) => Object.keys(JSON.parse(line) as object)),
    [
      ['leader', 'fields'],
      ['leader', 'fields'],
    ],
  )
})

test('MARC-8 is written on request, and for ISO 2709 alone', async () => {
  await run(0, ['marc', 'convert', 'sound.mrc', '--to', 'mrc', '--encoding', 'marc-8', '-o', 'marc8.mrc'])
  const checked = (await json(['marc', 'check', 'marc8.mrc'])) as { encodings: object }
  assert.deepEqual(checked.encodings, { ascii: 1, 'marc-8': 1 })
  await run(0, ['marc', 'diff', 'sound.mrc', 'marc8.mrc'])
  const refused = await run(2, ['marc', 'convert', 'sound.mrc', '--to', 'xml', '--encoding', 'marc-8'])
  assert.match(refused.stderr, /MARC-8 is for --to mrc alone/)
})

test('What cannot be read is left out, named, and ends in 4', async () => {
  const { stderr } = await run(4, ['marc', 'convert', 'cut.mrc', '--to', 'mrc', '-o', 'uncut.mrc'])
  assert.match(stderr, /cut\.mrc, record 3, byte \d+: left out, TRUNCATED/)
  assert.deepEqual(await readFile(join(folder, 'uncut.mrc')), sound)
})

test('A file that is written is whole or not there, and may be the one that is read', async () => {
  await run(1, ['marc', 'convert', 'page.mrc', '--to', 'mrc', '-o', 'page.out'])
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('page.')),
    ['page.mrc'],
  )
  await write('same.mrc', Buffer.concat([Buffer.from('\n'), sound]))
  await run(0, ['marc', 'repair', 'same.mrc', '-o', 'same.mrc'])
  assert.deepEqual(await readFile(join(folder, 'same.mrc')), sound)
  await run(0, ['marc', 'convert', 'sound.mrc', '--to', 'mrc', '-o', '/dev/null'])
  assert.ok((await stat('/dev/null')).isCharacterDevice())
})

test('Repair writes sound records and lists what was mended in each', async () => {
  const wrongLength = Buffer.from(sound)
  wrongLength.write('00099', 0, 'latin1')
  await write('wrong.mrc', wrongLength)
  const repairs = await jsonLines(['marc', 'repair', 'wrong.mrc', '-o', 'right.mrc'])
  assert.deepEqual(
    repairs.map((repair) => ({ ...(repair as object), before: '', after: '' })),
    [{ file: 'wrong.mrc', position: 1, code: 'LENGTH', field: 'leader', before: '', after: '' }],
  )
  assert.deepEqual(await readFile(join(folder, 'right.mrc')), sound)
})

test('Diff shows the fields that differ and the records that only one file has, and ends in 1', async () => {
  await write('other.mrc', mrc([book(1, 'Emma'), book(2, 'Cafe society'), book(4, 'Sanditon')]))
  const pairs = (await jsonLines(['marc', 'diff', 'sound.mrc', 'other.mrc'], 1)) as {
    record: number
    change: string
    diff: { before: string; after: string }[]
  }[]
  assert.deepEqual(
    pairs.map(({ record, change }) => [record, change]),
    [
      [2, 'changed'],
      [3, 'added'],
    ],
  )
  assert.deepEqual(
    pairs[0]?.diff.map(({ before, after }) => [before, after]),
    [['245 10 $a Café society / $c Jane Austen.', '245 10 $a Cafe society / $c Jane Austen.']],
  )
})

const coded = '008 030101s2003    enka          000 1 eng d'
await write(
  'found.mrc',
  mrc([
    recordOf(coded, '020 ## $a 0141439514', '245 10 $a Emma.', '440 #0 $a Classics'),
    recordOf(coded, '500 ## $a No title.'),
  ]),
)

type Finding = { record: number; severity: string; code: string; field: string | null; name: string | null }
type Summary = { records: number; rejected: number; invalid: number; codes: Record<string, number> }

/** What validation prints with --json: its findings, and their sum. */
async function validated(...args: readonly string[]): Promise<{ findings: string[]; summary: Summary }> {
  const lines = await jsonLines(['marc', 'validate', ...args], 3)
  const findings = (lines.slice(0, -1) as Finding[]).map(
    ({ record, severity, code, field }) => `${record} ${severity} ${code} ${field}`,
  )
  return { findings, summary: lines.at(-1) as Summary }
}

test('Validate says what is wrong with each record, and counts it by code; an error ends in 3', async () => {
  const { findings, summary } = await validated('found.mrc', '--exceptions', 'import')
  assert.deepEqual(findings, ['1 warning ISBN_INVALID 020 $a', '2 error TITLE_MISSING null'])
  assert.deepEqual(summary, {
    records: 2,
    rejected: 0,
    invalid: 1,
    codes: { ISBN_INVALID: 1, TITLE_MISSING: 1 },
  })
  const { stdout } = await run(3, ['marc', 'validate', 'found.mrc', '--exceptions', 'import'])
  assert.match(
    stdout,
    /Record 1: Emma\.\n {2}warning ISBN_INVALID 020 \$a \(International Standard Book Number\)/,
  )
  assert.match(stdout, /An ISBN in 020 \$a is not valid\. Correct it, or move it to \$z\./)
  assert.match(stdout, /^1 {2}TITLE_MISSING/m)
})

test('Without exceptions validation tells everything, with a file of them what it asks for', async () => {
  const all = await validated('found.mrc')
  assert.equal(all.summary.codes['TAG_OBSOLETE'], 1)
  await write('ours.txt', 'TAG_OBSOLETE: error\nISBN_INVALID 020 $a: off\nEXTENT_MISSING: off\n')
  const ours = await validated('found.mrc', '--exceptions', 'ours.txt')
  assert.deepEqual([ours.summary.invalid, ours.summary.codes['ISBN_INVALID']], [2, undefined])
  assert.equal(ours.summary.codes['EXTENT_MISSING'], undefined)
  await write('wrong.txt', 'TAG_OBSOLETE: error\nTAG_OBSOLET: off\n')
  const refused = await run(1, ['marc', 'validate', 'found.mrc', '--exceptions', 'wrong.txt'])
  assert.match(refused.stderr, /wrong\.txt:2:1: .*TAG_OBSOLETE/)
  const absent = await run(1, ['marc', 'validate', 'found.mrc', '--exceptions', 'imports'])
  assert.match(absent.stderr, /imports .*\n.*import or editor/)
})

test('Validation ends in 4 where a record cannot be read, in 1 where the file is none, and in 0 else', async () => {
  const cutOff = await run(4, ['marc', 'validate', 'cut.mrc', '--exceptions', 'import'])
  assert.match(cutOff.stderr, /cut\.mrc, record 3, byte \d+: TRUNCATED/)
  await run(1, ['marc', 'validate', 'page.mrc'])
  await run(0, ['marc', 'validate', 'sound.mrc', '--exceptions', 'import'])
})

test('No marc command makes a data directory', () => {
  assert.ok(!existsSync(dataDir))
})

const shared = fileURLToPath(new URL('../../shared/data', import.meta.url))
const isHere = existsSync(shared) ? {} : { skip: '../shared is not here' }

test('Check accounts for every byte of the real files', isHere, async () => {
  const files = globSync('{bulk,utf8,marc8,triples,marcxml,mrk,eod,malformed,serials,multilingual}/*', {
    cwd: shared,
  })
    .filter((name) => !name.endsWith('.tsv'))
    .map((name) => join(shared, name))
  const lines = (await jsonLines(['marc', 'check', ...files], 1)) as {
    file: string
    bytes?: number
    not_marc?: string
  }[]
  assert.equal(lines.length, files.length)
  for (const { file, bytes, not_marc } of lines) {
    if (not_marc !== undefined) continue
    const stored = await readFile(file)
    assert.equal(bytes, file.endsWith('.gz') ? gunzipSync(stored).length : stored.length, file)
  }
})

test('The folder that is missing for a file is named, and not the file beside it', async () => {
  const { stderr } = await run(1, ['marc', 'convert', 'sound.mrc', '--to', 'xml', '-o', 'absent/sound.xml'])
  assert.match(stderr, /absent\/sound\.xml cannot be written: absent does not exist\./)
  assert.doesNotMatch(stderr, /\.part/)
})
