import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

/* Holdings, items and portfolios from the command line; the tests follow each other. */

const { run, json, write } = await commandLine()

await write('novel.mrc', mrc([book(1, 'Emma', '082 04 $a 823/.7')]))
await run(0, ['import', 'novel.mrc', '--zone', 'IZ', '--profile', 'repository'])
const { bibs } = (await json(['search', 'emma', '--zone', 'IZ'])) as { bibs: { mms_id: string }[] }
const mmsId = bibs[0]?.mms_id ?? ''
const at = ['--zone', 'IZ', '--library', 'MAIN', '--location', 'STACKS']

test('holdings need a library and a location that there are', async () => {
  const { stderr } = await run(1, ['holdings', 'add', mmsId, ...at])
  assert.match(stderr, /has no library MAIN/)
  await run(0, ['library', 'add', 'MAIN', '--zone', 'IZ', '--name', 'Main library'])
  await run(0, [
    'location',
    'add',
    'STACKS',
    '--zone',
    'IZ',
    '--library',
    'MAIN',
    '--name',
    'Stacks',
    '--scheme',
    '1',
  ])
  assert.deepEqual(await json(['library', 'list', '--zone', 'IZ']), [
    {
      code: 'MAIN',
      name: 'Main library',
      locations: [{ code: 'STACKS', name: 'Stacks', call_number_type: '1' }],
    },
  ])
})

test('holdings take the call number of their bib, and an item goes into them', async () => {
  type Row = Readonly<Record<string, unknown>>
  const holdings = (await json(['holdings', 'add', mmsId, ...at])) as Row
  assert.deepEqual([holdings['call_number'], holdings['items']], ['823.7', 0])
  const item = (await json(['item', 'add', mmsId, ...at, '--barcode', '3001'])) as Row
  assert.equal(item['holdings_id'], holdings['holdings_id'])
  const { stderr } = await run(1, ['item', 'add', mmsId, ...at, '--barcode', '3001'])
  assert.match(stderr, new RegExp(`that of item ${String(item['item_id'])}`))
  assert.deepEqual(await json(['item', 'list', String(item['holdings_id']), '--zone', 'IZ']), [item])
  const [listed] = (await json(['holdings', 'list', mmsId, '--zone', 'IZ'])) as Row[]
  assert.deepEqual(listed, { ...holdings, items: 1 })
})

test('a portfolio has an address that opens something', async () => {
  await run(1, ['portfolio', 'add', mmsId, '--zone', 'IZ', '--url', 'javascript:alert(1)'])
  await run(0, ['portfolio', 'add', mmsId, '--zone', 'IZ', '--url', 'https://example.org/emma'])
  const { stdout } = await run(0, ['portfolio', 'list', mmsId, '--zone', 'IZ'])
  assert.match(stdout, /^53\d+5801 +available +https:\/\/example\.org\/emma\n$/)
})

test('verify finds the catalogue sound', async () => {
  await run(0, ['verify'])
})
