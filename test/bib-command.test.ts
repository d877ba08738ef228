import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from './command.ts'

const command = await commandLine()
await command.hold()

const emma = [
  'LDR 00000nam a2200000 i 4500',
  '008 151105s1815    enk           000 1 eng d',
  '040 ## $a IZ $b eng',
  '035 ## $a (OCoLC)301',
  '100 1# $a Austen, Jane.',
  '245 10 $a Emma.',
  '264 #1 $a London : $b Murray, $c 1815.',
  '300 ## $a 3 volumes',
].join('\n')

type Printed = Readonly<Record<string, unknown>>
const json = (...args: string[]) => command.json([...args, '--zone', 'IZ']) as Promise<Printed>

test('a bib is saved, tagged, deleted and restored by commands, and each is a version that says so', async () => {
  await command.write('emma.txt', emma)
  const { mms_id, done, version } = await json('bib', 'save', 'emma.txt')
  const mmsId = String(mms_id)
  assert.deepEqual([done, version], ['created', 1])
  await command.write('emma.txt', emma.replace('Emma.', 'Emma, corrected.'))
  const edited = await json('bib', 'save', 'emma.txt', '--mms-id', mmsId, '--if-version', '1')
  assert.deepEqual([edited.done, edited.version], ['edited', 2])
  assert.equal((await json('bib', 'tag', mmsId, '--suppressed', 'yes')).done, 'tagged')
  const restored = await json('bib', 'restore', mmsId, '--version', '1')
  assert.deepEqual([restored.done, restored.conflicts], ['restored', []])
  assert.equal((await json('bib', 'delete', mmsId)).done, 'deleted')
  const history = (await command.json(['bib', 'history', mmsId, '--zone', 'IZ'])) as Printed[]
  assert.deepEqual(
    history.map(({ action }) => action),
    ['deleted', 'restored', 'tagged', 'edited', 'created'],
  )
})

test('what is not saved is said in words, with what to do', async () => {
  const mmsId = String((await json('bib', 'save', 'emma.txt'))['mms_id'])
  const save = ['bib', 'save', 'emma.txt', '--zone', 'IZ']
  const stale = await command.run(1, [...save, '--mms-id', mmsId, '--if-version', '7'])
  assert.match(stale.stderr, /is not any more what was read, version 7: it is version 1 since/)
  const input = emma.replace('245 10 $a Emma.\n', '')
  const invalid = await command.run(1, ['bib', 'save', '-', '--zone', 'IZ'], { input })
  assert.match(invalid.stderr, /TITLE_MISSING/)
  await command.run(2, ['bib', 'tag', mmsId, '--zone', 'IZ'])
})
