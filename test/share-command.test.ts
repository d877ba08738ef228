import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

/*
 * Sharing as people do it on the command line. The tests follow each other.
 */

const { run, json, jsonLines, write, hold } = await commandLine()

const inIz = ['--zone', 'IZ'] as const
const mmsIdOf = async (oclc: number, zone = 'IZ') => {
  const { bibs } = (await json(['search', String(oclc), '--zone', zone])) as { bibs: { mms_id: string }[] }
  return bibs[0]?.mms_id ?? ''
}

test('a bib is previewed, shared, shown with its impact, and taken back', async () => {
  await write(
    'ours.mrc',
    mrc([book(1, 'Emma, ours', '590 __ $a Gift'), book(2, 'Persuasion'), book(3, 'Sanditon')]),
  )
  await write('theirs.mrc', mrc([book(1, 'Emma')]))
  await run(0, ['import', 'ours.mrc', ...inIz, '--profile', 'repository'])
  await run(0, ['import', 'theirs.mrc', '--zone', 'NZ', '--profile', 'repository'])
  await hold()
  const ours = await mmsIdOf(1)
  const theirs = await mmsIdOf(1, 'NZ')
  const { stdout } = await run(0, ['bib', 'share', ours, ...inIz])
  for (const line of [
    `No institution is linked to ${theirs}.`,
    `accession bib share ${ours} --zone IZ --as theirs --into ${theirs}`,
    'Lost to us:',
    '  590 ## $a Gift',
    '+ 245 10 $a Emma, ours / $c Jane Austen.',
  ])
    assert.ok(stdout.split('\n').includes(line), `${line} is not in\n${stdout}`)
  assert.match(
    (await run(1, ['bib', 'share', ours, ...inIz, '--as', 'create'])).stderr,
    /ours is not contributed/,
  )
  const shared = await json(['bib', 'share', ours, ...inIz, '--as', 'overlay'])
  const { job, ...done } = shared as { job: number }
  assert.deepEqual(done, {
    mms_id: ours,
    zone: 'IZ',
    linked_mms_id: theirs,
    outcome: 'overlaid',
    suppressed: false,
    publish_to_oclc: 'publish',
  })
  const { stdout: impact } = await run(0, ['bib', 'impact', theirs, '--zone', 'NZ'])
  assert.match(impact, /1 institution is linked to \d+, 0 with inventory:\n {2}IZ +\d+ +local 590\n/)
  const diff = (await json(['job', 'diff', String(job), '1'])) as { combined: object[]; tags: object }
  assert.deepEqual([diff.combined.length, diff.tags], [1, { suppressed: false, publish_to_oclc: 'publish' }])
  const undone = (await json(['bib', 'unshare', ours, ...inIz])) as { result: string; of_job: number }
  assert.deepEqual([undone.result, undone.of_job], ['restored', job])
})

test('a list of bibs is linked dry, by its commit, and listed row by row', async () => {
  const bibs = [await mmsIdOf(1), await mmsIdOf(2), '991234567890125801']
  await write('bibs.csv', `MMS Id,Title\n${bibs.map((mmsId) => `"'${mmsId}'",x`).join('\n')}\n`)
  const dry = await run(4, ['job', 'link', 'bibs.csv', ...inIz, '--contribute', '--dry-run', '--json'])
  const { job, linked, contributed, refused } = JSON.parse(dry.stdout) as Record<string, number>
  assert.deepEqual([linked, contributed, refused], [2, 1, 1], dry.stdout)
  const { stdout } = await run(4, ['job', 'commit', String(job)])
  assert.match(
    stdout,
    /What became of the bibs:\n +linked +2\n +of these contributed as new +1\n +refused +1/,
  )
  const [{ job: commit = 0 } = {}] = (await json(['job', 'list'])) as { job?: number }[]
  const rows = (await jsonLines(['job', 'records', String(commit)])) as {
    ours: string | null
    code: string | null
  }[]
  assert.deepEqual(
    rows.map(({ ours, code }) => [ours, code]),
    [
      [bibs[0], null],
      [bibs[1], null],
      [null, 'NO_SUCH_BIB'],
    ],
  )
  const again = await run(0, ['job', 'link', bibs[0] ?? '', ...inIz])
  assert.match(again.stdout, /linked already +1/)
  const sanditon = await run(0, ['job', 'link', '-', ...inIz], { input: await mmsIdOf(3) })
  assert.match(sanditon.stdout, /NOT_CONTRIBUTED/)
  assert.match(
    (await run(1, ['job', 'link', '-', ...inIz, '--method', 'none'], { input: bibs[0] ?? '' })).stderr,
    /match methods are/,
  )
  await run(0, ['job', 'undo', String(commit)])
  assert.equal((await run(0, ['verify', '--full'])).code, 0)
})
