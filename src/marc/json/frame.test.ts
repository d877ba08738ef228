import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMarc, sketch } from '../../../test/read-marc.ts'
import { controlValue } from '../record.ts'
import { withoutComma } from './frame.ts'

const leader = '"leader":"00000nam a2200000 a 4500"'
const record = (number: string) => `{${leader},"fields":[{"001":"${number}"}]}`

/** The kinds of frames, and the 001s of the records that were read. */
async function read(file: string): Promise<readonly [string, string]> {
  const { frames, records } = await readMarc(file)
  return [sketch(frames), records.map((each) => controlValue(each, '001')).join(' ')]
}

test('records stand in a list, one a line, one after the other, or alone', async () => {
  assert.deepEqual(await read(`[\n${record('1')},\n${record('2')}\n]\n`), [
    'ENVELOPE record record ENVELOPE',
    '1 2',
  ])
  assert.deepEqual(await read(`${record('1')}\n${record('2')}\n`), ['record record', '1 2'])
  assert.deepEqual(await read(record('1') + record('2')), ['record record', '1 2'])
  assert.deepEqual(await read(JSON.stringify(JSON.parse(record('1')), null, 2)), ['record', '1'])
  assert.deepEqual(await read(`\ufeff\x1e${record('1')}\n\x1e${record('2')}`), [
    'BOM ENVELOPE record ENVELOPE record',
    '1 2',
  ])
})

test('records are found in an envelope, whatever else is in it', async () => {
  const file = `{"head":{"status":0,"q":"{\\"x"},"docs":[${record('1')},{"id":"b",${leader},"fields":[{"001":"2"}]}],"note":"}{","total":2}`
  assert.deepEqual(await read(file), ['ENVELOPE record record ENVELOPE', '1 2'])
})

test('an object that is no record is foreign', async () => {
  assert.deepEqual(await read(`${record('1')}\n{"error":"timeout"}\n${record('2')}`), [
    'record FOREIGN ENVELOPE record',
    '1 2',
  ])
})

test('braces in strings are text', async () => {
  assert.deepEqual(await read(`${record('}{ \\"]}')}${record('2')}`), ['record record', '}{ "]} 2'])
})

test('a record with a brace or a quote missing costs none of its neighbours', async () => {
  for (const broken of [
    record('0').slice(0, -2),
    record('0').replace('"}]', '}]'),
    record('0').replace('"leader', 'leader'),
  ])
    for (const between of ['\n', ',']) {
      const { records } = await readMarc([record('1'), broken, record('2')].join(between))
      assert.deepEqual(
        records.map((each) => controlValue(each, '001')),
        ['1', '2'],
        broken,
      )
    }
})

test('a file that ends inside of a record rejects that record alone', async () => {
  assert.deepEqual(await read(`${record('1')}\n${record('2').slice(0, -3)}`), ['record TRUNCATED', '1'])
})

test('a record beyond the limit is rejected with its first bytes, and reading goes on after it', async () => {
  const limits = { record: 1000, field: 1000, fields: 10 }
  const long = record('{"a":[ '.repeat(400).replaceAll('"', '\\"'))
  for (const between of ['\n', ','])
    for (const chunk of [1, 61, 100_000]) {
      const { frames, records } = await readMarc([record('1'), long, record('2')].join(between), {
        limits,
        chunk,
      })
      assert.equal(sketch(frames), 'record TOO_LARGE FOREIGN record')
      assert.deepEqual(
        records.map((each) => controlValue(each, '001')),
        ['1', '2'],
      )
    }
})

test('a record of a list is given by itself without its comma, in UTF-8; nothing else is cut off', async () => {
  const { frames } = await readMarc(`[${record('1')} ,\n${record('2')}]`)
  const alone = frames.flatMap((frame) => (frame.kind === 'record' ? [withoutComma(frame.bytes)] : []))
  assert.deepEqual(
    alone.map((bytes) => new TextDecoder().decode(bytes)),
    [record('1'), record('2')],
  )
  for (const other of ['{"leader":"x', Buffer.from('{},', 'utf16le'), '{"a":{"b":1},"c"'])
    assert.deepEqual(Buffer.from(withoutComma(Buffer.from(other))), Buffer.from(other))
})
