import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNumberFile } from './number-file.ts'

const isHeading = (text: string) => ['ISBN', 'MMS ID', '035 field'].includes(text)
const read = (text: string) => readNumberFile(text, isHeading)

test('one number a line, with the line that it stands in; empty lines are none', () => {
  assert.deepEqual(read('\ufeff\r\nISBN\r\n111\r\n\r\n"222"\n333'), {
    heading: 'ISBN',
    numbers: [
      { line: 3, number: '111' },
      { line: 5, number: '222' },
      { line: 6, number: '333' },
    ],
    repeated: 0,
    unread: [],
  })
})

test('a first line that is a number is one, and a name with digits is a name', () => {
  assert.deepEqual(read('111\n222').numbers[0], { line: 1, number: '111' })
  assert.equal(read('111').heading, null)
  assert.equal(read('035 field\n(X)1').heading, '035 field')
  assert.deepEqual(read('Numbers of ours\n111').numbers, [{ line: 2, number: '111' }])
})

test('of a table the column with the name is read, whatever stands beside it', () => {
  for (const mark of [',', ';', '\t'])
    assert.deepEqual(
      read(
        ['Title', 'MMS ID'].join(mark) + '\n' + [`"Emma${mark} ""a"" novel"`, '991'].join(mark) + '\nshort',
      ),
      {
        heading: 'MMS ID',
        numbers: [{ line: 2, number: '991' }],
        repeated: 0,
        unread: [{ line: 3, number: 'short', why: 'too-few-cells' }],
      },
    )
})

test('a comma in a number is one where no column has a name', () => {
  assert.deepEqual(read('ISBN\nB 1,2').numbers, [{ line: 2, number: 'B 1,2' }])
})

test('a number that stands twice is looked for once, and counted', () => {
  assert.deepEqual(read('1\n2\n1\n1'), {
    heading: null,
    numbers: [
      { line: 1, number: '1' },
      { line: 2, number: '2' },
    ],
    repeated: 2,
    unread: [],
  })
})

test('a quoted cell of a table has line ends, and the row its first line', () => {
  assert.deepEqual(read('"The\ntitle",ISBN\n"Emma,\r\na novel",991\n\n"Persuasion",992').numbers, [
    { line: 3, number: '991' },
    { line: 6, number: '992' },
  ])
})

test('a line of a table without a number is told, and hides none below it', () => {
  const { numbers, unread } = read(
    'Title,ISBN\n"Emma,991\n"Persuasion",992\nSanditon\nLady Susan,\n,\n"Sense,993',
  )
  assert.deepEqual(numbers, [{ line: 3, number: '992' }])
  assert.deepEqual(
    unread.map(({ line, why }) => [line, why]),
    [
      [2, 'open-quote'],
      [4, 'too-few-cells'],
      [5, 'empty-cell'],
      [7, 'open-quote'],
    ],
  )
})
