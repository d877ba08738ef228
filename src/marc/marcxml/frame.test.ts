import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMarc, sketch } from '../../../test/read-marc.ts'
import { controlValue } from '../record.ts'

const record = (number: string, prefix = '') =>
  `<${prefix}record><${prefix}leader>00000nam a2200000 a 4500</${prefix}leader><${prefix}controlfield tag="001">${number}</${prefix}controlfield></${prefix}record>`

/** The kinds of frames, and the 001s of the records that were read. */
async function read(file: string): Promise<readonly [string, string]> {
  const { frames, records } = await readMarc(file)
  return [sketch(frames), records.map((each) => controlValue(each, '001')).join(' ')]
}

test('records are found without prolog, root or namespace, and between several roots', async () => {
  assert.deepEqual(await read(record('1')), ['record', '1'])
  assert.deepEqual(await read(`${record('1')}\n${record('2')}`), ['record record', '1 2'])
  const collection = `<?xml version="1.0"?><collection>${record('1')}</collection>`
  assert.deepEqual(await read(`${collection}\n${collection}`), [
    'ENVELOPE record ENVELOPE record ENVELOPE',
    '1 1',
  ])
})

test('any prefix will do, declared or not', async () => {
  assert.deepEqual(
    await read(`<marc:collection>${record('1', 'marc:')}${record('2', 'm:')}</marc:collection>`),
    ['ENVELOPE record record ENVELOPE', '1 2'],
  )
})

test('a byte order mark is junk, at the start of the file and of a part of it', async () => {
  assert.deepEqual(await read(`\ufeff${record('1')}\ufeff${record('2')}`), ['BOM record BOM record', '1 2'])
})

test('the record of an OAI or SRU envelope is the envelope, the record in it the record', async () => {
  const oai = `<ListRecords><record><header><identifier>x</identifier></header><metadata>${record('1', 'marc:')}</metadata></record><record><header/><metadata>
    ${record('2')}</metadata><about/></record></ListRecords>`
  assert.deepEqual(await read(oai), ['ENVELOPE record ENVELOPE record ENVELOPE', '1 2'])
  const sru = `<zs:records><zs:record><zs:recordData>${record('1')}</zs:recordData></zs:record></zs:records>`
  assert.deepEqual(await read(sru), ['ENVELOPE record ENVELOPE', '1'])
})

test('markup in comments, CDATA and instructions is none', async () => {
  const commented = `<collection><!-- ${record('0')} --><?note ${record('0')} ?>${record('1')}</collection>`
  assert.deepEqual(await read(commented), ['ENVELOPE record ENVELOPE', '1'])
  const inside = `<record><!-- <record> </record> --><leader>00000nam a2200000 a 4500</leader><controlfield tag="001"><![CDATA[</record>]]></controlfield></record>`
  assert.deepEqual(await read(inside), ['record', '</record>'])
  assert.deepEqual(await read(`<collection a=">" b='<record>'>${record('1')}`), ['ENVELOPE record', '1'])
})

test('a comment that is not closed does not hide what follows', async () => {
  assert.deepEqual(await read(`<collection><!-- ${record('1')}${record('2')}</collection>`), [
    'ENVELOPE record record ENVELOPE',
    '1 2',
  ])
})

test('white space after a record is part of its frame', async () => {
  const { frames } = await readMarc(`${record('1')}\r\n  ${record('2')}\n`)
  assert.deepEqual(
    frames.map((frame) => frame.offset),
    [0, record('1').length + 4],
  )
})

test('a record that is not closed ends before the next, or before the end of its envelope', async () => {
  const open = record('0').replace('</record>', '')
  for (const file of [
    `${record('1')}${open}${record('2')}`,
    `${record('1')}${record('2')}<a>${open}</collection>`,
  ]) {
    const { frames, decoded, records } = await readMarc(file)
    assert.equal(frames.filter((frame) => frame.kind === 'record').length, 3)
    assert.deepEqual(
      records.map((each) => controlValue(each, '001')),
      ['1', '2'],
    )
    const [refused] = decoded.flatMap((each) => (each.ok ? [] : [each.rejected]))
    assert.equal(refused?.code, 'NOT_WELL_FORMED')
  }
})

test('a file that ends inside of a record rejects that record alone', async () => {
  assert.deepEqual(await read(record('1') + record('2').slice(0, -20)), ['record TRUNCATED', '1'])
})

const collection = '<collection xmlns="http://www.loc.gov/MARC21/slim">'

test('a file that ends right after the start of a record, or in its envelope, is cut off there', async () => {
  assert.deepEqual(await read(`${collection}<record>`), ['ENVELOPE TRUNCATED', ''])
  assert.deepEqual(await read(`${collection}${record('1')}<record>\n  `), ['ENVELOPE record TRUNCATED', '1'])
  const cut = `<ListRecords>${record('1')}<record><header><identifier>x</identifier></header>`
  assert.deepEqual(await read(cut), ['ENVELOPE record TRUNCATED', '1'])
})

test('a record with nothing in it but another, or the end of what is around it, is rejected', async () => {
  for (const [file, kinds] of [
    [`${collection}${'<record>'.repeat(3)}`, 'ENVELOPE record record TRUNCATED'],
    [`${collection}<record></collection>`, 'ENVELOPE record ENVELOPE'],
  ] as const) {
    const { frames, decoded } = await readMarc(file)
    assert.equal(sketch(frames), kinds)
    assert.ok(decoded.every(({ ok }) => !ok))
  }
})

test('an envelope without a record in it, as of a deletion in OAI-PMH, is no record', async () => {
  const deleted = '<record><header status="deleted"><identifier>x</identifier></header></record>'
  assert.deepEqual(await read(`<ListRecords>${deleted}${record('1')}</ListRecords>`), [
    'ENVELOPE record ENVELOPE',
    '1',
  ])
})

test('after a DOCTYPE every record is rejected, and no entity is looked at', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "<record>"><!ENTITY b "&a;&a;">]><collection>${record('&b;')}${record('2')}</collection>`
  assert.deepEqual(await read(bomb), ['ENVELOPE DOCTYPE_REFUSED DOCTYPE_REFUSED ENVELOPE', ''])
  assert.deepEqual(await read(`<!DOCTYPE collection SYSTEM "a.dtd">${record('1')}`), [
    'ENVELOPE DOCTYPE_REFUSED',
    '',
  ])
})

test('a record beyond the limit is rejected with its first bytes, and reading goes on after it', async () => {
  const limits = { record: 1000, field: 1000, fields: 10 }
  const file = `<collection>${record('1')}${record('x'.repeat(2000))}${record('2')}</collection>`
  for (const chunk of [1, 61, 100_000]) {
    const { frames, records } = await readMarc(file, { limits, chunk })
    assert.equal(sketch(frames), 'ENVELOPE record TOO_LARGE FOREIGN record ENVELOPE')
    assert.deepEqual(
      records.map((each) => controlValue(each, '001')),
      ['1', '2'],
    )
    assert.equal(frames.flatMap((frame) => (frame.kind === 'record' ? [frame.bytes.length] : []))[1], 1000)
  }
})
