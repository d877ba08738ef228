import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from './command.ts'

/* Sets from the command line; the tests follow each other. */

const { run, json, write } = await commandLine()
type Row = Readonly<Record<string, unknown>>

const record = (title: string, isbn: string) =>
  `=LDR  00000nam a2200000 i 4500\n=008  151105s1815    enk           000 1 eng d\n=020  \\\\$a${isbn}\n=245  10$a${title}\n\n`
await write('two.mrk', Buffer.from(record('Emma.', '9780141439587') + record('Persuasion.', '9780141439686')))
await run(0, ['import', 'two.mrk', '--zone', 'IZ', '--profile', 'repository'])
const create = (name: string, ...more: readonly string[]) => ['set', 'create', name, '--zone', 'IZ', ...more]

test('a set is made of what a query finds now, or of the query', async () => {
  const { stdout } = await run(0, create('Novels', '--query', 'title any "emma persuasion"'))
  assert.match(stdout, /^Made set \d+, Novels, with 2 members\.$/m)
  const kept = (await json(create('Emma', '--query', 'title = emma', '--logical'))) as Row
  assert.deepEqual([kept['kind'], kept['query'], kept['members']], ['logical', 'title = emma', null])
  const listed = (await json(['set', 'list', '--zone', 'IZ'])) as Row[]
  assert.deepEqual(
    listed.map(({ name, kind, type, members }) => [name, kind, type, members]),
    [
      ['Emma', 'logical', 'all', null],
      ['Novels', 'itemised', 'all', 2],
    ],
  )
})

test('a file of numbers makes one, and each line that names nothing is told with the reason', async () => {
  await write(
    'isbns.csv',
    Buffer.from('Title,ISBN\r\nEmma,978-0-14-143958-7\r\nOther,9780000000002\r\nNone,x\r\n'),
  )
  const { stdout, stderr } = await run(3, create('Wanted', '--from', 'isbns.csv'))
  assert.match(
    stdout,
    /with 1 member\.\nLine 3: 9780000000002: NOT_FOUND\. No title of IZ has it\.\nLine 4: x: NOT_SUCH_A_NUMBER\. /,
  )
  assert.match(stderr, /3 numbers looked for, 2 not found\./)
  const read = await run(0, create('Piped', '--from', '-', '--by', 'isbn'), { input: '9780141439587\n' })
  assert.match(read.stdout, /with 1 member\./)
  const { stderr: unsaid } = await run(1, create('Unsaid', '--from', '-'), { input: '9780141439587\n' })
  assert.match(unsaid, /Nothing says what the numbers are\./)
})

test('a file of numbers may be in UTF-16, and what is no text is refused in words', async () => {
  const wide = Buffer.from('\ufeffTitle\tISBN\r\nEmma\t9780141439587\r\n', 'utf16le')
  await write('wide.txt', wide)
  await write('wide-big.txt', Buffer.from(wide).swap16())
  for (const name of ['wide', 'wide-big']) {
    const { stdout } = await run(0, create(name, '--from', `${name}.txt`))
    assert.match(stdout, /with 1 member\./)
    await run(0, ['set', 'delete', name, '--zone', 'IZ'])
  }
  await write('nul.txt', Buffer.from('ISBN\n97801\0\n'))
  const { stderr } = await run(1, create('Nul', '--from', 'nul.txt'))
  assert.match(stderr, /nul\.txt is not text: it has NUL characters\./)
})

test('members are listed and exported by the name of the set, in any case', async () => {
  const members = (await json(['set', 'members', 'novels', '--zone', 'IZ'])) as Row[]
  assert.deepEqual(
    members.map(({ title }) => title),
    ['Emma.', 'Persuasion.'],
  )
  const { stdout } = await run(0, ['export', '--zone', 'IZ', '--set', 'Emma', '--format', 'mrk'])
  assert.match(stdout, /\$aEmma\./)
  assert.doesNotMatch(stdout, /Persuasion/)
  await run(2, ['export', '--zone', 'IZ', '--set', 'Emma', '--query', 'emma'])
  const { stderr } = await run(1, ['set', 'members', 'Novel', '--zone', 'IZ'])
  assert.match(stderr, /Zone IZ has no set Novel\.\n.*The nearest is Novels/)
})

test('a set is deleted, and its members stay', async () => {
  await run(0, ['set', 'delete', 'Novels', '--zone', 'IZ'])
  assert.equal(((await json(['set', 'list', '--zone', 'IZ'])) as Row[]).length, 3)
  assert.equal(((await json(['search', 'persuasion', '--zone', 'IZ'])) as Row)['total'], 1)
})

test('what is asked for twice or not at all is a matter of usage', async () => {
  await run(2, create('X'))
  await run(2, create('X', '--query', 'emma', '--from', 'isbns.csv'))
  await run(2, create('X', '--from', 'isbns.csv', '--logical'))
  await run(2, create('X', '--from', 'isbns.csv', '--type', 'physical'))
})
