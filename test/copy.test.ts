import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCopyBuffer } from '../src/db/copy.ts'
import { isDataError } from '../src/db/errors.ts'
import { textArray } from '../src/db/text-array.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()

const packed = (words: readonly string[], place = '\x00') => words.map((word) => place + word).join('')

test('every type comes back as it went in', async () => {
  await db.execute(`create table every_type (
    n int, a bool, b smallint, c int, d bigint, e text, f bytea, g jsonb, h timestamptz, i text[], j tsvector)`)
  const rows = createCopyBuffer(1)
  const long = 'Ünïcödé 漢字 🎼 '.repeat(100)
  rows.row(11)
  rows.int4(1)
  rows.bool(true)
  rows.int2(-32768)
  rows.int4(-2147483648)
  rows.int8(-9007199254740991)
  rows.text(long)
  rows.bytes(Uint8Array.of(0, 255, 30))
  rows.jsonb('{"a":["ß",1]}')
  rows.timestamptz('1999-12-31T23:59:59.123456Z')
  rows.textArray(['a', 'é"{,}', ''])
  assert.equal(rows.tsvector('\x00zebra\x00ant\x00élan\x00漢\x00𐌰\x00\ud800'), 0)
  rows.row(11)
  rows.int4(2)
  rows.bool(false)
  rows.int2(32767)
  rows.int4(2147483647)
  rows.int8(9223372036854775807n)
  rows.text('ASCII, longer than a dozen characters')
  rows.bytes(new Uint8Array())
  rows.jsonb('null')
  rows.timestamptz(new Date('2026-11-24T08:30:00.5Z'))
  rows.textArray([])
  rows.tsvector('')
  rows.row(11)
  rows.int4(3)
  for (let field = 0; field < 10; field++) rows.null_()
  assert.equal(rows.rows, 3)
  assert.equal(await db.copyIn('copy every_type from stdin (format binary)', rows.finish()), 3)

  const stored = await db.query('select * from every_type order by n')
  assert.deepEqual(stored, [
    {
      n: 1,
      a: true,
      b: -32768,
      c: -2147483648,
      d: -9007199254740991,
      e: long,
      f: Buffer.from([0, 255, 30]),
      g: { a: ['ß', 1] },
      h: '1999-12-31T23:59:59.123456Z',
      i: ['a', 'é"{,}', ''],
      j: "'ant' 'zebra' 'élan' '漢' '�' '𐌰'",
    },
    {
      n: 2,
      a: false,
      b: 32767,
      c: 2147483647,
      d: '9223372036854775807',
      e: 'ASCII, longer than a dozen characters',
      f: Buffer.alloc(0),
      g: null,
      h: '2026-11-24T08:30:00.5Z',
      i: [],
      j: '',
    },
    { n: 3, a: null, b: null, c: null, d: null, e: null, f: null, g: null, h: null, i: null, j: null },
  ])
})

test('one buffer makes body after body', async () => {
  await db.execute('create table bodies (n int, word text)')
  const rows = createCopyBuffer(1)
  for (let body = 0; body < 3; body++) {
    for (let n = 0; n < 1000 * (3 - body); n++) {
      rows.row(2)
      rows.int4(n)
      rows.text(`word ${body}.${n} of some length`)
    }
    await db.copyIn('copy bodies from stdin (format binary)', rows.finish())
  }
  const [sum] = await db.query<{ n: number }>(
    `select count(*) as n from bodies where word like '_____%.' || n || ' of some length'`,
  )
  assert.equal(sum?.n, 6000)
})

test('words that a tsvector cannot hold are left out and counted; the rest is found', async () => {
  await db.execute('create table words (w tsvector)')
  const many = Array.from({ length: 60_000 }, (_, n) => `${n}`.padStart(20, 'w'))
  const rows = createCopyBuffer()
  rows.row(1)
  assert.equal(rows.tsvector(packed(['', 'x'.repeat(2047), 'y'.repeat(2046), '漢'.repeat(683)])), 3)
  rows.row(1)
  assert.ok(rows.tsvector(packed(many)) > 0)
  await db.copyIn('copy words from stdin (format binary)', rows.finish())
  const lengths = await db.query<{ n: number }>('select length(w) as n from words order by 1')
  assert.equal(lengths[0]?.n, 1)
  assert.ok((lengths[1]?.n ?? 0) > 40_000)
  const found = await db.query('select 1 from words where w @@ $1::tsquery', [`'${many[777]}'`])
  assert.equal(found.length, 1)
})

test('a word keeps the weights of the places where it stands, up to the largest tsvector', async () => {
  await db.execute('create table weighted (w tsvector)')
  const rows = createCopyBuffer()
  rows.row(1)
  rows.tsvector('\x09whale\x02melville')
  const many = Array.from({ length: 60_000 }, (_, n) => `${n}`.padStart(20, 'w'))
  rows.row(1)
  assert.ok(rows.tsvector(packed(many, '\x0f')) > 0)
  await db.copyIn('copy weighted from stdin (format binary)', rows.finish())
  const [first] = await db.query<{ w: string }>('select w from weighted where length(w) = 2')
  assert.deepEqual(first, { w: "'melville':2B 'whale':1A,4" })
  assert.equal((await db.query(`select from weighted where w @@ 'whale:A'`)).length, 1)
  assert.equal((await db.query(`select from weighted where w @@ 'whale:B'`)).length, 0)
})

test('U+0000 in a text is refused as the data error that it is, and the connection goes on', async () => {
  await db.execute('create table texts (t text)')
  await db.transaction(async (tx) => {
    const refused = tx.savepoint(async (inner) => {
      const rows = createCopyBuffer()
      for (let n = 0; n < 5000; n++) {
        rows.row(1)
        rows.text(n === 10 ? 'a\0b' : 'x'.repeat(1000))
      }
      await inner.copyIn('copy texts from stdin (format binary)', rows.finish())
    })
    await assert.rejects(refused, (error) => isDataError(error))
    await tx.execute(`insert into texts values ('after')`)
  })
  assert.deepEqual(await db.query('select t from texts'), [{ t: 'after' }])
})

test('what would shift the columns is refused in the program', () => {
  const rows = createCopyBuffer()
  rows.row(1)
  rows.int4(1)
  assert.throws(() => rows.int4(2), RangeError)
  const short = createCopyBuffer()
  short.row(2)
  short.int4(1)
  assert.throws(() => short.row(2), RangeError)
  assert.throws(() => short.finish(), RangeError)
  const numbers = createCopyBuffer()
  numbers.row(4)
  assert.throws(() => numbers.int2(40_000), RangeError)
  assert.throws(() => numbers.int4(2 ** 31), RangeError)
  assert.throws(() => numbers.int8(2 ** 53), RangeError)
  assert.throws(() => numbers.timestamptz('yesterday'), RangeError)
})

test('a COPY that the server refuses outright, and a statement that is none, leave the connection usable', async () => {
  const rows = createCopyBuffer()
  rows.row(1)
  rows.bytes(new Uint8Array(1_000_000))
  const body = rows.finish()
  await db.transaction(async (tx) => {
    await assert.rejects(
      tx.savepoint((inner) => inner.copyIn('copy no_such_table from stdin (format binary)', body)),
      /no_such_table/,
    )
    await assert.rejects(tx.copyIn('select 1', body), TypeError)
    assert.deepEqual(await tx.query('select 2 as n'), [{ n: 2 }])
  })
})

test('a text[] parameter in binary form comes back as it went in', async () => {
  for (const values of [[], ['a'], [null, '', 'é"{,}\\', 'NULL', '漢𐌰', null]])
    assert.deepEqual(await db.query('select $1::text[] as v', [textArray(values)]), [{ v: values }])
})
