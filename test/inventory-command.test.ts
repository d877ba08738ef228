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

test('a dump says how much inventory a bib has', async () => {
  assert.match(
    (await run(0, ['dump', '--zone', 'IZ'])).stdout,
    /Emma.* \| 1 holdings \| 1 items \| 1 portfolios\n$/,
  )
})

test('the report of an import says what became of inventory', async () => {
  const inventory = {
    operations: 'physical',
    physical: {
      make: 'holdings-and-items',
      policy: 'basic',
      library: { default: 'MAIN' },
      location: { default: 'STACKS' },
      bibCallNumber: 'always',
    },
  }
  const profile = (await json(['profile', 'show', 'repository', '--zone', 'IZ'])) as object
  await write('shelf.json', JSON.stringify({ ...profile, code: 'shelf', inventory }))
  await run(0, ['profile', 'apply', 'shelf.json', '--zone', 'IZ'])
  await write('more.mrc', mrc([book(1, 'Emma', '082 04 $a 823/.8'), book(2, 'Persuasion')]))
  const { stdout } = await run(0, ['import', 'more.mrc', '--zone', 'IZ', '--profile', 'shelf'])
  assert.match(
    stdout,
    /What became of inventory:\n +holdings +1 +made\n +items +2 +made\n +changed +1 +of what was there\n/,
  )
})

test('the call number mapping table of a zone is shown, tried, applied, and given up for the shipped one', async () => {
  const shipped = await json(['call-number', 'show', '--zone', 'IZ'])
  const row = { scheme: '1', field: '082', subfields: [{ from: 'a', to: 'h' }] }
  await write('table.json', JSON.stringify({ rows: [row], update: 'always' }))
  const apply = ['call-number', 'apply', 'table.json', '--zone', 'IZ']
  const tried = await run(0, [...apply, '--dry-run'])
  assert.match(
    tried.stdout,
    /- update on-new[\s\S]*\+ update always[\s\S]*\n  1  082 \$a  852 \$h\n[\s\S]*would be changed/,
  )
  assert.deepEqual(await json(['call-number', 'show', '--zone', 'IZ']), shipped)
  const applied = await json(apply)
  assert.deepEqual(applied, { zone: 'IZ', result: 'changed', rows: [row], update: 'always' })
  assert.match(
    (await run(0, ['call-number', 'show', '--zone', 'IZ'])).stdout,
    /The table of zone IZ; holdings take the number whenever it changes\.\n1 +082 \$a +852 \$h\n/,
  )
  await write('wrong.json', JSON.stringify({ rows: [{ ...row, scheme: '7' }], update: 'on-new' }))
  const wrong = await run(1, ['call-number', 'apply', 'wrong.json', '--zone', 'IZ', '--dry-run'])
  assert.match(wrong.stderr, /Row 1 has scheme 7 and no source/)
  await write('none.json', '{"rows": 3}')
  assert.match(
    (await run(1, ['call-number', 'apply', 'none.json', '--zone', 'IZ'])).stderr,
    /rows: must be a list/,
  )
  await write('shipped.json', JSON.stringify({ rows: null, update: 'on-new' }))
  await run(0, ['call-number', 'apply', 'shipped.json', '--zone', 'IZ'])
  assert.deepEqual(await json(['call-number', 'show', '--zone', 'IZ']), shipped)
})
