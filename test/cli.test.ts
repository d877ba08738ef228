import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

/*
 * The command line as people run it: processes of their own on a data directory of their own. The tests
 * follow each other; each leaves the catalogue as it found it, or says what it adds.
 */

const { folder, run, json, jsonLines, start, write, hold } = await commandLine()

const toIz = ['--zone', 'IZ', '--profile', 'repository']
const dump = async () => (await run(0, ['dump', '--zone', 'IZ'])).stdout

const novels = [book(1, 'Emma'), book(2, 'Persuasion'), book(3, 'Sanditon')]
await write('novels.mrc', mrc(novels))

const nothing = {
  created: 0,
  merged: 0,
  overlaid: 0,
  unchanged: 0,
  deleted: 0,
  not_imported: 0,
  filtered: 0,
  unresolved: 0,
  rejected: 0,
}

type Summary = { job: number; outcomes: typeof nothing; codes: Record<string, number>; seconds: number }
type Found = { total: number; bibs: { mms_id: string; title: string }[] }

/** What an import ends with, checked against its documented shape; the time that it took left out. */
async function importJson(files: readonly string[], code = 0, more: readonly string[] = []) {
  const { stdout } = await run(code, ['import', ...files, ...toIz, '--json', ...more])
  assert.match(stdout, /^[^\n]+\n$/, 'one line, and nothing else')
  const { seconds, ...summary } = JSON.parse(stdout) as Summary
  assert.equal(typeof seconds, 'number')
  assert.deepEqual(Object.keys(JSON.parse(stdout) as object), [
    'job',
    'status',
    'zone',
    'profile',
    'files',
    'records',
    'outcomes',
    'codes',
    'po_lines',
    'holdings',
    'items',
    'portfolios',
    'inventory_changed',
    'inventory_removed',
    'inventory_problems',
    'headings',
    'seconds',
  ])
  assert.deepEqual(Object.keys(summary.outcomes), Object.keys(nothing))
  return summary
}

const findOne = async (query: string): Promise<string> => {
  const { bibs } = (await json(['search', query, '--zone', 'IZ'])) as Found
  assert.equal(bibs.length, 1)
  return bibs[0]?.mms_id ?? ''
}

test('A first import needs no configuration, and ends with one object', async () => {
  assert.deepEqual(await importJson(['novels.mrc']), {
    job: 1,
    status: 'completed',
    zone: 'IZ',
    profile: 'repository',
    files: 1,
    records: 3,
    outcomes: { ...nothing, created: 3 },
    codes: {},
    po_lines: 0,
    holdings: 0,
    items: 0,
    portfolios: 0,
    inventory_changed: 0,
    inventory_removed: 0,
    inventory_problems: 0,
    headings: 3,
  })
  // From here on the database keeps running, as beside an Accession that was started.
  await hold()
})

test('The same file again changes nothing, and says that it was loaded before', async () => {
  const before = await dump()
  const { stdout, stderr } = await run(0, ['import', 'novels.mrc', ...toIz])
  assert.match(stdout, /unchanged +3 +Matched, and the bib would say the same as before\./)
  assert.doesNotMatch(stdout, /job undo/)
  assert.match(stderr, /novels\.mrc was loaded before, by job 1 /)
  assert.equal(await dump(), before)
})

test('A dry run changes nothing, its commit does what it showed, and undo takes that back', async () => {
  await write('more.mrc', mrc([book(3, 'Sanditon', '500 __ $a Unfinished.'), book(4, 'Lady Susan')]))
  const before = await dump()
  const dryRun = await importJson(['more.mrc'], 0, ['--dry-run'])
  assert.deepEqual(dryRun.outcomes, { ...nothing, created: 1, merged: 1 })
  assert.equal(await dump(), before)
  const id = String(dryRun.job)
  assert.match((await run(0, ['job', 'show', id])).stdout, new RegExp(`accession job commit ${id} `))
  const diff = (await json(['job', 'diff', id, '1'])) as { diff: { change: string; after: string }[] }
  assert.deepEqual(
    diff.diff.filter(({ change }) => change === 'added').map(({ after }) => after),
    ['500 ## $a Unfinished.'],
  )
  const { stdout } = await run(0, ['job', 'commit', id, '--json'])
  const commit = JSON.parse(stdout) as Summary
  assert.deepEqual(commit.outcomes, dryRun.outcomes)
  assert.notEqual(await dump(), before)
  const undo = (await json(['job', 'undo', String(commit.job)])) as { job: number; undo: object }
  assert.deepEqual(undo.undo, { removed: 1, restored: 1, merged: 0, gone: 0, conflict: 0, nothing: 0 })
  assert.equal(await dump(), before)
  assert.match((await run(1, ['job', 'commit', id])).stderr, /has committed this preview/)
  const undone = (await run(0, ['job', 'show', String(commit.job)])).stdout
  assert.match(undone, new RegExp(`\\nJob ${undo.job} takes it back\\.\\n`))
  assert.match(
    (await run(0, ['job', 'list'])).stdout,
    new RegExp(`^${commit.job} .*completed, undone by ${undo.job} `, 'm'),
  )
})

test('Unresolved records end in 3, rejected ones in 4, and their bytes can be had again', async () => {
  const untitled = {
    ...book(8, 'Nothing'),
    fields: book(8, 'Nothing').fields.filter(({ tag }) => tag !== '245'),
  }
  const authority = { ...book(9, 'Austen'), leader: '00000nz  a2200000n  4500' }
  await write('untitled.mrc', mrc([untitled]))
  await write('both.mrc', mrc([untitled, authority]))
  const first = await importJson(['untitled.mrc'], 3)
  assert.deepEqual(first.codes, { INVALID: 1 })
  const both = await importJson(['both.mrc'], 4)
  assert.deepEqual(both.outcomes, { ...nothing, unresolved: 1, rejected: 1 })
  const id = String(both.job)
  const lines = (await jsonLines(['job', 'records', id, '--outcome', 'rejected'])) as { code: string }[]
  assert.deepEqual(
    lines.map(({ code }) => code),
    ['NOT_A_BIB'],
  )
  await run(0, ['issue', 'export', '--job', id, '--outcome', 'rejected', '-o', 'rejected.mrc'])
  assert.deepEqual(await readFile(join(folder, 'rejected.mrc')), mrc([authority]))
  const other = await run(1, ['issue', 'export', '--job', id, '--outcome', 'rejected', '--file', '99'])
  assert.match(other.stderr, /Job \d+ has no MARC file 99\./)
})

test('An issue is listed, shown, and settled once', async () => {
  const issues = (await json(['issue', 'list', '--code', 'INVALID'])) as { issue: number }[]
  assert.equal(issues.length, 2)
  const id = String(issues[0]?.issue)
  const { stdout } = await run(0, ['issue', 'show', id])
  assert.match(stdout, /The record breaks a validation rule/)
  assert.ok(stdout.includes(`accession issue resolve ${id} --as create`))
  const settled = (await json(['issue', 'resolve', id, '--as', 'discard'])) as {
    resolution: string
    job: number
  }
  assert.equal(settled.resolution, 'discard')
  assert.match((await run(1, ['issue', 'resolve', id, '--as', 'create'])).stderr, /has been settled already/)
  const shown = (await run(0, ['job', 'show', String(settled.job)])).stdout
  assert.match(shown, /People have settled 1 since; that makes:\n +not imported +1 /)
  assert.match((await run(2, ['issue', 'resolve', id])).stderr, /--as DECISION is missing/)
})

test('What is no MARC file is told in words, whatever its name', async () => {
  await write('page.mrc', '<!DOCTYPE html><html><body>Please sign in</body></html>')
  await write('empty.mrc', '')
  const page = await run(1, ['import', 'page.mrc', ...toIz])
  assert.equal(page.stdout.match(/page\.mrc: This is a web page, not MARC/g)?.length, 1)
  assert.doesNotMatch(page.stdout, /Next:/)
  assert.doesNotMatch((await run(1, ['import', 'page.mrc', ...toIz])).stderr, /loaded before/)
  assert.match((await run(1, ['import', 'empty.mrc', ...toIz])).stdout, /empty\.mrc: The file is empty/)
  assert.match((await run(1, ['import', 'absent.mrc', ...toIz])).stderr, /absent\.mrc does not exist/)
  assert.match((await run(1, ['import', '.', ...toIz])).stderr, /is not a file/)
})

test('A name that does not exist is answered with the one that was meant', async () => {
  const profile = await run(1, ['import', 'novels.mrc', '--zone', 'IZ', '--profile', 'repostory'])
  assert.match(profile.stderr, /Zone IZ has no import profile repostory\.\nDid you mean repository\?/)
  assert.match((await run(1, ['dump', '--zone', 'IZZ'])).stderr, /no zone IZZ\.\nDid you mean IZ\?/)
  assert.match((await run(2, ['imprt', 'novels.mrc'])).stderr, /no command imprt\. Did you mean import\?/)
  assert.match((await run(2, ['job', 'shwo', '1'])).stderr, /no command job shwo\. Did you mean show\?/)
  assert.match((await run(2, ['search', 'x', '--zone', 'IZ', '--tpye', 'all'])).stderr, /no option --tpye/)
  assert.match((await run(2, ['import', ...toIz])).stderr, /FILE is missing[\s\S]*Usage: accession import/)
  assert.match((await run(1, ['job', 'show', '999'])).stderr, /There is no job 999\./)
})

test('Help, version and the list of commands need nothing', async () => {
  assert.match((await run(0, ['help'])).stdout, /job commit +Does exactly what a dry run showed/)
  assert.equal((await run(0, ['help', 'job', 'show'])).stdout, (await run(0, ['job', 'show', '-h'])).stdout)
  assert.match((await run(0, ['--version'])).stdout, /^\d+\.\d+\.\d+\n$/)
  assert.match((await run(2, ['job'])).stderr, /needs another word[\s\S]*accession job undo/)
})

test('Explain shows every step of each record, and writes nothing', async () => {
  await write('twice.mrc', mrc([book(2, 'Persuasion'), book(5, 'The Watsons'), book(5, 'The Watsons')]))
  const before = [await dump(), (await run(0, ['job', 'list', '--json'])).stdout]
  const lines = (await jsonLines(['explain', 'twice.mrc', ...toIz])) as {
    outcome: string
    prepared: { keys: string[] }
    trace: { method: string }
    duplicate_in_file: boolean
  }[]
  assert.deepEqual(
    lines.map(({ outcome, duplicate_in_file }) => [outcome, duplicate_in_file]),
    [
      ['unchanged', false],
      ['created', false],
      ['unchanged', true],
    ],
  )
  assert.ok(lines[0]?.prepared.keys.includes('oclc:2/a'))
  assert.equal(lines[0]?.trace.method, 'oclc-else-source')
  const { stdout } = await run(0, ['explain', 'twice.mrc', ...toIz])
  assert.match(stdout, /record 2: The Watsons\ndecode .*\nprepare .*keys .*oclc:5/)
  assert.deepEqual([await dump(), (await run(0, ['job', 'list', '--json'])).stdout], before)
})

test('A bib that somebody has locked is left alone until it is released', async () => {
  const mmsId = await findOne('emma')
  await write('emma.mrc', mrc([book(1, 'Emma', '500 __ $a A second edition.')]))
  const lock = (await json(['bib', 'lock', mmsId, '--zone', 'IZ'])) as { holder: string }
  const refused = await importJson(['emma.mrc'], 0)
  assert.deepEqual(refused.codes, { NOT_ADDED_LOCKED: 1 })
  const shown = (await json(['bib', 'show', mmsId, '--zone', 'IZ'])) as { lock: { holder: string } }
  assert.equal(shown.lock.holder, lock.holder)
  await run(0, ['bib', 'release', mmsId, '--zone', 'IZ'])
  assert.deepEqual(await json(['bib', 'release', mmsId, '--zone', 'IZ']), { mms_id: mmsId, released: false })
  assert.equal((await importJson(['emma.mrc'])).outcomes.merged, 1)
  const history = (await json(['bib', 'history', mmsId, '--zone', 'IZ'])) as {
    version: number
    diff: { after: string }[]
  }[]
  assert.deepEqual(
    history.map(({ version }) => version),
    [2, 1],
  )
  assert.ok(history[0]?.diff.some(({ after }) => after === '500 ## $a A second edition.'))
  assert.match((await run(1, ['bib', 'show', '9912345678', '--zone', 'IZ'])).stderr, /no bib 9912345678/)
})

test('A zone is exported in every serialisation, and each says the same', async () => {
  for (const format of ['mrc', 'xml', 'json', 'mrk'])
    await run(0, ['export', '--zone', 'IZ', '--format', format, '-o', `all.${format}`])
  for (const format of ['xml', 'json', 'mrk']) {
    const { stderr } = await run(0, ['marc', 'diff', 'all.mrc', `all.${format}`])
    assert.match(stderr, /^3 records compared, none of them different\./)
  }
  const lines = (await readFile(join(folder, 'all.json'), 'utf8')).trimEnd().split('\n')
  assert.equal(lines.filter((line) => 'leader' in (JSON.parse(line) as object)).length, 3)
  const { stdout } = await run(0, ['export', '--zone', 'IZ', '--query', 'persuasion', '--format', 'mrk'])
  assert.match(stdout, /^=LDR {2}[\s\S]*=245 {2}10\$aPersuasion/)
})

test('A profile is shown as it is applied, and a change of it is shown and made a version', async () => {
  const { stdout } = await run(0, ['profile', 'show', 'repository', '--zone', 'IZ', '--json'])
  await write('own.json', stdout.replace('"repository"', '"own"').replace('"merge"', '"overlay"'))
  const added = (await json(['profile', 'apply', 'own.json', '--zone', 'IZ'])) as object
  assert.deepEqual(
    { ...added, changes: [] },
    { zone: 'IZ', code: 'own', version: 1, result: 'added', changes: [] },
  )
  const again = await json(['profile', 'apply', 'own.json', '--zone', 'IZ'])
  assert.deepEqual(again, { zone: 'IZ', code: 'own', version: 1, result: 'unchanged', changes: [] })
  await write('own.json', stdout.replace('"repository"', '"own"'))
  const changed = await run(0, ['profile', 'apply', 'own.json', '--zone', 'IZ', '--dry-run'])
  assert.match(
    changed.stdout,
    /^- onMatch\.action: "overlay"\n\+ onMatch\.action: "merge"\n.*would be changed\.\n$/,
  )
  await write('own.json', stdout.replace('"merge"', '"mergee"'))
  const wrong = await run(1, ['profile', 'apply', 'own.json', '--zone', 'IZ'])
  assert.match(
    wrong.stderr,
    /it has a fault\.\n {2}onMatch\.action: "mergee" is not known; did you mean merge\?/,
  )
  await write('own.json', '{')
  assert.match(
    (await run(1, ['profile', 'apply', 'own.json', '--zone', 'IZ'])).stderr,
    /own\.json is not JSON/,
  )
  const profiles = (await json(['profile', 'list', '--zone', 'IZ'])) as { code: string; type: string }[]
  assert.deepEqual(profiles.map(({ code, type }) => `${code} ${type}`).toSorted(), [
    'new-order new-order',
    'own repository',
    'repository repository',
    'update-inventory update-inventory',
  ])
})

test('A zone is added with the profiles of its kind, and never with the numbers of another', async () => {
  const add = ['zone', 'add', 'IZ2', '--kind', 'institution', '--name', 'Second library', '--network', 'NZ']
  assert.match((await run(1, [...add, '--suffix', '5801'])).stderr, /5801 is that of zone IZ/)
  const zone = (await json([...add, '--suffix', '5802'])) as { network: string; profiles: string[] }
  assert.equal(zone.network, 'NZ')
  assert.deepEqual(zone.profiles, ['repository', 'new-order', 'update-inventory'])
  const zones = (await json(['zone', 'list'])) as { code: string; bibs: number }[]
  assert.deepEqual(
    zones.map(({ code, bibs }) => [code, bibs]),
    [
      ['NZ', 0],
      ['IZ', 3],
      ['IZ2', 0],
    ],
  )
})

test('The same question gets the same bytes', async () => {
  for (const args of [
    ['job', 'list'],
    ['job', 'show', '1'],
    ['profile', 'list'],
  ])
    assert.equal((await run(0, [...args, '--json'])).stdout, (await run(0, [...args, '--json'])).stdout)
  const jobs = (await json(['job', 'list'])) as { job: number }[]
  const numbers = jobs.map(({ job }) => job)
  assert.deepEqual(
    numbers,
    numbers.toSorted((one, other) => other - one),
  )
})

test('A reader who goes away ends a command without a word', async () => {
  const command = start(['dump', '--zone', 'IZ'])
  command.process.stdout?.destroy()
  const { code, stderr } = await command.ended
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
})

test('DATABASE_URL names the database to use', async () => {
  const { host, port, user, database } = await hold()
  const env = {
    DATABASE_URL: `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    ACCESSION_DATA: join(folder, 'elsewhere'),
  }
  const { stdout } = await run(0, ['search', 'persuasion', '--zone', 'IZ'], { env })
  assert.match(stdout, /Persuasion/)
})

test('A database that does not answer is told with what to do', async () => {
  const env = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }
  const { stderr } = await run(1, ['zone', 'list'], { env })
  assert.match(stderr, /The database does not answer \(.*\n.*DATABASE_URL/)
})

test('Verify finds nothing wrong, and says so', async () => {
  assert.match((await run(0, ['verify', '--full'])).stdout, /rules checked, all hold\.\n$/)
  const checks = (await json(['verify', '--job', '1'])) as { breaches: number }[]
  assert.ok(checks.length > 5 && checks.every(({ breaches }) => breaches === 0))
})
