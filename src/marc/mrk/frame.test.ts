import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMarc, sketch } from '../../../test/read-marc.ts'
import { controlValue } from '../record.ts'

const record = (number: string, end = '\n') =>
  [`=LDR  00000nam a2200000 a 4500`, `=001  ${number}`, `=245  10$aEmma`].map((line) => line + end).join('')

/** The kinds of frames, and the 001s of the records that were read. */
async function read(file: string): Promise<readonly [string, string]> {
  const { frames, records } = await readMarc(file)
  return [sketch(frames), records.map((each) => controlValue(each, '001')).join(' ')]
}

test('a record ends before the next leader, with or without a blank line', async () => {
  assert.deepEqual(await read(`${record('1')}\n${record('2')}`), ['record record', '1 2'])
  assert.deepEqual(await read(`${record('1')}${record('2')}`), ['record record', '1 2'])
  assert.deepEqual(await read(`${record('1')}\n\n \n${record('2')}\n\n`), ['record record', '1 2'])
  assert.deepEqual(await read(`${record('1')}\n${record('2')}`.replaceAll('=LDR', '=000')), [
    'record record',
    '1 2',
  ])
})

test('line ends of every kind are line ends', async () => {
  for (const end of ['\n', '\r\n', '\r'])
    assert.deepEqual(await read(record('1', end) + end + record('2', end)), ['record record', '1 2'])
})

test('records without a leader begin with a 001 after a blank line', async () => {
  const bare = (number: string) => record(number).split('\n').slice(1).join('\n')
  assert.deepEqual(await read(`${bare('1')}\n${bare('2')}`), ['record record', '1 2'])
})

test('blank lines between all lines do not part a record from its fields', async () => {
  const { frames, records, decoded } = await readMarc(record('1', '\n\n') + record('2', '\n\n'))
  assert.equal(sketch(frames), 'record record')
  assert.deepEqual(
    records.map((each) => each.fields.length),
    [2, 2],
  )
  assert.deepEqual(
    decoded[0]?.repairs.map(({ code }) => code),
    ['LINE_ENDS_INSIDE'],
  )
})

test('a leader whose tag is damaged still begins a record', async () => {
  assert.deepEqual(await read(`${record('1')}\n${record('2').replace('=LDR', '=L?R')}`), [
    'record record',
    '1 2',
  ])
  const { records } = await readMarc(`${record('1')}\n=LKR  \\\\$aITM\n`)
  assert.deepEqual(
    records[0]?.fields.map(({ tag }) => tag),
    ['001', '245', 'LKR'],
  )
})

test('text before the first record and after a blank line is foreign', async () => {
  assert.deepEqual(await read(`Exported today\n\n${record('1')}\n--\nend\n${record('2')}`), [
    'FOREIGN LINE_ENDS record FOREIGN record',
    '1 2',
  ])
  assert.deepEqual(await read(`\ufeff${record('1')}\n\ufeff${record('2')}`), ['BOM record BOM record', '1 2'])
})

test('a record beyond the limit is rejected with its first bytes, and reading goes on after it', async () => {
  const limits = { record: 1000, field: 1000, fields: 10 }
  const many = record('x') + '=500  \\\\$aNote\n'.repeat(200)
  const long = record('x') + `=500  \\\\$a${'Note '.repeat(500)}\n=501  \\\\$ax\n`
  for (const large of [many, long])
    for (const chunk of [1, 61, 100_000]) {
      const { frames, records } = await readMarc(`${record('1')}\n${large}\n${record('2')}`, {
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
