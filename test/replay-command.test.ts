import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedProfile } from '../src/rules/profiles.ts'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

/*
 * Versions of profiles, replays and explanations as people run them. The tests follow each other.
 */

const { run, json, jsonLines, write, hold } = await commandLine()

const inNz = ['--zone', 'NZ']
const repository = shippedProfile('repository')

test('The versions of a profile are listed, compared, shown and restored', async () => {
  await write('two.json', JSON.stringify({ ...repository, name: 'Second', onNoMatch: 'do-not-import' }))
  await run(0, ['profile', 'apply', 'two.json', ...inNz])
  await hold()
  const versions = (await json(['profile', 'versions', 'repository', ...inNz])) as {
    version: number
    is_current: boolean
    changes: { path: string }[]
  }[]
  assert.deepEqual(
    versions.map(({ version, is_current, changes }) => [
      version,
      is_current,
      changes.map(({ path }) => path),
    ]),
    [
      [2, true, ['name', 'onNoMatch']],
      [1, false, []],
    ],
  )
  const { stdout } = await run(0, ['profile', 'diff', 'repository', ...inNz, '--from', '1'])
  assert.match(stdout, /^- onNoMatch: "import"\n\+ onNoMatch: "do-not-import"$/m)
  const first = (await json(['profile', 'show', 'repository', ...inNz, '--version', '1'])) as { name: string }
  assert.equal(first.name, repository.name)
  assert.match(
    (await run(1, ['profile', 'show', 'repository', ...inNz, '--version', '7'])).stderr,
    /Its versions are 1 to 2/,
  )
  const restored = (await json(['profile', 'restore', 'repository', ...inNz, '--version', '1'])) as {
    version: number
  }
  assert.equal(restored.version, 3)
  assert.match(
    (await run(0, ['profile', 'restore', 'repository', ...inNz, '--version', '1'])).stdout,
    /is that already, version 3\./,
  )
})

test('A replay says what would differ, lists it field by field, and changes nothing', async () => {
  await write('old.mrc', mrc([book(1, 'Emma', '650 _0 $a Old.'), book(2, 'Persuasion')]))
  await write('new.mrc', mrc([book(1, 'Emma', '650 _0 $a New.'), book(2, 'Persuasion'), book(3, 'Sanditon')]))
  const byRepository = [...inNz, '--profile', 'repository']
  await run(0, ['import', 'old.mrc', ...byRepository])
  const { stdout } = await run(0, ['import', 'new.mrc', ...byRepository, '--json'])
  const { job } = JSON.parse(stdout) as { job: number }
  const dump = (await run(0, ['dump', ...inNz])).stdout
  const same = (await json(['job', 'replay', String(job)])) as { seconds: number }
  assert.deepEqual(
    { ...same, seconds: 0 },
    {
      job: job + 1,
      status: 'completed',
      zone: 'NZ',
      profile: 'repository',
      of_job: job,
      records: 3,
      same: 3,
      different: 0,
      not_reached: 0,
      by: { outcome: 0, code: 0, target: 0, content: 0, combined: 0 },
      turns: [],
      seconds: 0,
    },
  )
  await write(
    'other.json',
    JSON.stringify({
      ...repository,
      onMatch: { ...repository.onMatch, mergeRule: 'conditional-subject-headings' },
    }),
  )
  const shown = await run(0, ['job', 'replay', String(job), '--profile', 'other.json'])
  assert.match(shown.stdout, /replay of job 2, nothing was changed/)
  assert.match(shown.stdout, /different +1\n/)
  const replay = String(job + 2)
  assert.match(shown.stdout, new RegExp(`accession job differences ${replay} `))
  const [row] = (await jsonLines(['job', 'differences', replay])) as {
    position: number
    differs: string[]
    diff: { change: string; after: string }[]
  }[]
  assert.deepEqual([row?.position, row?.differs], [1, ['content']])
  assert.deepEqual(row?.diff, [{ change: 'added', tag: '650', before: null, after: '650 #0 $a Old.' }])
  assert.match(
    (await run(0, ['job', 'differences', replay])).stdout,
    /^1 {2}Emma {2}\[content\]\n {2}was merged, bib 99/,
  )
  // By version 2 what has no match is left out.
  const second = (await json(['job', 'replay', String(job), '--profile-version', '2'])) as { turns: object[] }
  assert.deepEqual(second.turns, [
    {
      was: { outcome: 'created', code: null },
      now: { outcome: 'not_imported', code: 'NO_MATCH_DO_NOT_IMPORT' },
      count: 1,
    },
  ])
  assert.equal((await run(0, ['dump', ...inNz])).stdout, dump)
  await run(2, ['job', 'replay', String(job), '--same', '--profile-version', '2'])
  assert.match((await run(1, ['job', 'differences', String(job)])).stderr, /is no replay/)
  const jobs = (await json(['job', 'list', '--kind', 'replay'])) as { of_job: number }[]
  assert.deepEqual(new Set(jobs.map(({ of_job }) => of_job)), new Set([job]))
  await run(0, ['verify'])
})

test('A record that was imported is explained as it was then, and a file before it is imported', async () => {
  const [explained] = (await jsonLines(['explain', '--job', '2', '--record', '1'])) as {
    outcome: string
    match: { steps: { matches: string[] }[] }
    merge: { rule: { code: string }; fields: { decision: string; before: string; why: string }[] }
  }[]
  assert.equal(explained?.outcome, 'merged')
  assert.equal(explained?.merge.rule.code, repository.onMatch.mergeRule)
  assert.deepEqual(
    explained?.merge.fields.find(({ before }) => before === '650 #0 $a Old.')?.decision,
    'replaced',
  )
  const { stdout } = await run(0, ['explain', '--job', '2', '--record', '3'])
  assert.match(stdout, /^record 3: Sanditon\ndecode {3}ISO 2709.*\nprepare /)
  assert.match(stdout, /^match {4}by oclc-else-source: .*\n +step “OCLC number” looks up oclc:3: no match$/m)
  assert.match(stdout, /^plan {5}created, bib 99\d+$/m)
  for (const wrong of [[], ['old.mrc'], ['old.mrc', '--job', '2'], ['--job', '2']])
    assert.match((await run(2, ['explain', ...wrong])).stderr, /accession explain FILE --zone CODE/)
  assert.match((await run(1, ['explain', '--job', '2', '--record', '9'])).stderr, /has no record 9 in file 1/)
})
