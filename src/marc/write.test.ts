import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../test/arbitrary-record.ts'
import { readMarc, sketch } from '../../test/read-marc.ts'
import { recordOf } from '../../test/record-of.ts'
import type { Format, Repair } from './frame.ts'
import { type MarcRecord, isDataField } from './record.ts'
import { writerOf } from './write.ts'

const formats: readonly Format[] = ['iso2709', 'marcxml', 'json', 'mrk']

function fileOf(format: Format, records: readonly MarcRecord[], options?: { marc8: boolean }): Uint8Array {
  const { head, between, tail, encode } = writerOf(format, options)
  const parts = records.flatMap((record, at) => [...(at > 0 ? [between] : []), encode(record).bytes])
  return Buffer.concat([head, ...parts, tail])
}

/** Lengths in the leader are ISO 2709's own. */
const withoutLengths = (records: readonly MarcRecord[]) =>
  records.map(({ leader, fields }) => ({
    leader: `${leader.slice(5, 10)}${leader.slice(17, 20)}`,
    fields,
  }))

/** Not what a reader only proposes. */
const isApplied = ({ code }: Repair) => code !== 'ENCODING_DOUBLE' && code !== 'CHARACTER_ENTITY'

for (const format of formats) {
  test(`records written as ${format} are read back as they were`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRecord, { minLength: 1, maxLength: 3 }), async (records) => {
        const read = await readMarc(fileOf(format, records))
        assert.equal(read.format, format)
        if (format === 'iso2709') assert.deepEqual(withoutLengths(read.records), withoutLengths(records))
        else assert.deepEqual(read.records, records)
        assert.deepEqual(read.decoded.flatMap(({ repairs }) => repairs).filter(isApplied), [])
      }),
      { numRuns: 300 },
    )
  })
}

const emma = recordOf('001 991', '245 10 $a Emma / $c Jane Austen.', '500    $a Žena — ženě')

test('each format has its own form', () => {
  const text = (format: Format) => new TextDecoder().decode(fileOf(format, [emma, emma]))
  assert.ok(
    text('marcxml').startsWith(
      `<?xml version="1.0" encoding="UTF-8"?>
<collection xmlns="http://www.loc.gov/MARC21/slim">
  <record>
    <leader>00000nam a2200000 a 4500</leader>
    <controlfield tag="001">991</controlfield>
    <datafield tag="245" ind1="1" ind2="0">
      <subfield code="a">Emma /</subfield>
      <subfield code="c">Jane Austen.</subfield>
    </datafield>
`,
    ),
  )
  assert.deepEqual(JSON.parse(text('json'))[1], {
    leader: '00000nam a2200000 a 4500',
    fields: [
      { '001': '991' },
      { '245': { ind1: '1', ind2: '0', subfields: [{ a: 'Emma /' }, { c: 'Jane Austen.' }] } },
      { '500': { ind1: ' ', ind2: ' ', subfields: [{ a: 'Žena — ženě' }] } },
    ],
  })
  assert.equal(
    text('mrk').split('\r\n\r\n')[1],
    '=LDR  00000nam a2200000 a 4500\r\n=001  991\r\n=245  10$aEmma /$cJane Austen.\r\n=500  \\\\$aŽena — ženě',
  )
})

test('a file without records is a file of its format', async () => {
  assert.equal(sketch((await readMarc(fileOf('marcxml', []))).frames), 'ENVELOPE')
  assert.equal(new TextDecoder().decode(fileOf('json', [])), '[\n\n]\n')
})

test('a leader that says MARC-8 says UTF-8 in what is written', async () => {
  const labelled = { ...emma, leader: '00000nam  2200000 a 4500' }
  for (const format of formats) {
    const [read] = (await readMarc(fileOf(format, [labelled]))).records
    assert.equal(read?.leader.charAt(9), 'a', format)
  }
})

test('ISO 2709 may be in MARC-8, with references for what that lacks', async () => {
  const bytes = fileOf('iso2709', [emma], { marc8: true })
  assert.equal(bytes[9], 0x20)
  assert.ok(Buffer.from(bytes).toString('latin1').includes('\xe9Zena &#x2014; \xe9zen\xe9e'))
  const [read] = (await readMarc(bytes)).records
  assert.deepEqual(read?.fields, emma.fields)
})

test('what XML cannot hold is left out, and said', () => {
  const odd = recordOf('500    $a a\ufffeb\uffff', '500    $a sound')
  const { bytes, notes } = writerOf('marcxml').encode(odd)
  assert.ok(new TextDecoder().decode(bytes).includes('<subfield code="a">ab</subfield>'))
  assert.deepEqual(notes, ['2 characters of 500 that XML cannot hold were left out.'])
})

test('what ISO 2709 cannot say is said, and read back whole', async () => {
  const long: MarcRecord = {
    ...emma,
    fields: [
      ...emma.fields,
      { tag: '505', ind1: '0', ind2: ' ', subfields: [{ code: 'a', value: 'x'.repeat(120_000) }] },
    ],
  }
  assert.equal(writerOf('iso2709').encode(long).notes.length, 2)
  const [read] = (await readMarc(fileOf('iso2709', [long]))).records
  assert.equal(read?.fields.filter(isDataField).at(-1)?.subfields[0]?.value.length, 120_000)
  assert.deepEqual(writerOf('marcxml').encode(long).notes, [])
})

test('fields that mnemonic text takes for a leader are announced', () => {
  const odd: MarcRecord = { ...emma, fields: [{ tag: '000', value: 'x' }] }
  assert.deepEqual(writerOf('mrk').encode(odd).notes, [
    'Field 000 cannot be told from a leader in mnemonic text.',
  ])
})
