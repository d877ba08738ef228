import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from './command.ts'
import { record } from './catalogue.ts'
import { mrc } from './jobs.ts'
import { emma, mind, titleList } from './title-lists.ts'

/* Electronic collections from the command line; the tests follow each other. */

const { run, json, write } = await commandLine()
type Row = Readonly<Record<string, unknown>>

await run(0, ['zone', 'add', 'CZ', '--kind', 'community', '--name', 'Community zone', '--suffix', '5000'])
const added = (await json(['collection', 'add', 'Novels', '--zone', 'CZ', '--provider', 'Example'])) as Row
const id = String(added['collection_id'])
const load = (...more: readonly string[]) => ['collection', 'load', id, 'list.txt', '--zone', 'CZ', ...more]

test('a dry run says what a list would do, and the load does it', async () => {
  await write('list.txt', Buffer.from(titleList(emma, mind)))
  const planned = (await json(load('--dry-run'))) as Row
  assert.deepEqual([planned['added'], planned['dry_run']], [2, true])
  await write('list.txt', Buffer.from(`\ufeff${titleList(emma, mind)}`, 'utf16le'))
  assert.deepEqual(await json(load('--dry-run')), planned, 'in UTF-16, as Excel saves it')
  assert.deepEqual(((await json(['collection', 'list', '--zone', 'IZ'])) as Row[])[0]?.['portfolios'], 0)
  assert.deepEqual((await json(load())) as Row, { ...planned, dry_run: false })
  const { titles } = (await json(['collection', 'show', id, '--zone', 'IZ'])) as { titles: Row[] }
  assert.deepEqual(
    titles.map(({ title, activated_id }) => [title, activated_id]),
    [
      ['Emma', null],
      ['Mind', null],
    ],
  )
})

test('a rejected line is told with its place, and the command ends as with rejected records', async () => {
  await write('list.txt', Buffer.from(titleList(emma, mind, { title_id: 'x' })))
  const { stdout } = await run(4, load())
  assert.match(stdout, /Line 4, publication_title: rejected NO_TITLE\./)
})

test('a list that is not there is told in words', async () => {
  const { stderr } = await run(1, ['collection', 'load', id, 'nothere.txt', '--zone', 'CZ'])
  assert.match(stderr, /^accession: .*nothere\.txt/m)
})

test('an institution activates a collection, and what it has is left as it is', async () => {
  const activate = ['collection', 'activate', id, '--zone', 'IZ']
  assert.deepEqual(await json(activate), { activated: 2, were_there: 0, new_bibs: 2 })
  assert.deepEqual(await json(activate), { activated: 0, were_there: 2, new_bibs: 0 })
})

test('what an institution has activated is taken back, and bibs that are empty then are counted', async () => {
  const deactivate = ['collection', 'deactivate', id, '--zone', 'IZ']
  assert.deepEqual(await json(deactivate), { deactivated: 2, empty_bibs: 2 })
  const { stdout } = await run(0, deactivate)
  assert.match(stdout, /^Deactivated 0 portfolios in zone IZ; 0 bibs/)
})

test('records are loaded by the same command, and told by record', async () => {
  const film = mrc([
    record('245 00 $a Metropolis', '856 40 $u https://example.org/metropolis'),
    record('500 __ $a Of no title'),
  ])
  await write('films.mrc', film)
  const films = ['collection', 'load', id, 'films.mrc', '--zone', 'CZ']
  const { stdout } = await run(4, films)
  assert.match(stdout, /^Of 2 records 1 new, .* 1 rejected\.$/m)
  assert.match(stdout, /^Record 2, 245: rejected NO_TITLE\./m)
  const whole = await run(4, [...films, '--whole', '--dry-run'])
  assert.match(whole.stdout, /Would be withdrawn: 53\d+5000, title emma, Emma\./)
})

test('what a list has no more is withdrawn', async () => {
  await write('list.txt', Buffer.from(titleList(mind)))
  const { stdout } = await run(0, load())
  assert.match(stdout, /Withdrawn: 53\d+5000, title emma, Emma\./)
  await run(0, ['verify'])
})
