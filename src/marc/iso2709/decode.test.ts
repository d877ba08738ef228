import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../../test/arbitrary-record.ts'
import { type RawField, latin1, rawBytes, rawRecord, utf8 } from '../../../test/raw-record.ts'
import { type MarcLimits, type RecordFrame, fileLimits } from '../frame.ts'
import { packField } from '../packed.ts'
import type { MarcRecord } from '../record.ts'
import { decodeIso2709 } from './decode.ts'
import { encodeIso2709 } from './encode.ts'

const frameOf = (bytes: Uint8Array): RecordFrame => ({
  kind: 'record',
  position: 1,
  offset: 0,
  bytes,
  repairs: [],
})

const decode = (bytes: Uint8Array, limits: MarcLimits = fileLimits) =>
  decodeIso2709(frameOf(bytes), 'repair', limits)

const title: RawField = ['245', utf8('10\x1faÉmile /\x1fcZola.')]
const sound = rawBytes(rawRecord([['001', latin1('ocm1')], title]))

test('a sound record is its leader and its fields', () => {
  assert.deepEqual(decode(sound), {
    ok: true,
    record: {
      leader: '00075nam a2200049 a 4500',
      fields: [
        { tag: '001', value: 'ocm1' },
        {
          tag: '245',
          ind1: '1',
          ind2: '0',
          subfields: [
            { code: 'a', value: 'Émile /' },
            { code: 'c', value: 'Zola.' },
          ],
        },
      ],
    },
    repairs: [],
    encoding: 'utf-8',
  })
})

test('the leader says UTF-8, since that is what the text has become', () => {
  const leader = '00000nam  2200000 a 4500'
  for (const content of ['10\x1faEmma', '10\x1faCaf\xe2e', '10\x1faEmma &#x2014; a novel']) {
    const read = decode(rawBytes(rawRecord([['245', latin1(content)]], leader)))
    assert.equal(read.ok && read.record.leader.charAt(9), 'a', content)
  }
})

test('what framing has mended or rejected stays so', () => {
  const repairs = [{ code: 'LENGTH', before: '00000', after: '00077' }] as const
  const mended = decodeIso2709({ ...frameOf(sound), repairs }, 'repair')
  assert.deepEqual([mended.ok, mended.repairs], [true, repairs])
  const rejected = { code: 'TRUNCATED', message: 'The file ends.' } as const
  assert.deepEqual(decodeIso2709({ ...frameOf(sound), rejected }, 'repair'), {
    ok: false,
    rejected,
    repairs: [],
  })
})

test('a record at its limits is read, and beyond them is rejected by the limit that it breaks', () => {
  const limits: MarcLimits = { record: 10_000, field: 200, fields: 3 }
  const fields = (count: number, size: number): Uint8Array =>
    rawBytes(
      rawRecord(Array.from({ length: count }, () => ['500', latin1(`  \x1fa${'x'.repeat(size - 4)}`)])),
    )
  assert.equal(decode(fields(3, 200), limits).ok, true)
  assert.deepEqual(decode(fields(4, 10), limits), {
    ok: false,
    rejected: {
      code: 'TOO_MANY_FIELDS',
      message: 'The record has 4 fields; the limit for one record is 3. Ask for it in parts.',
    },
    repairs: [],
  })
  assert.deepEqual(decode(fields(1, 201), limits), {
    ok: false,
    rejected: {
      code: 'FIELD_TOO_LARGE',
      message: 'Field 500 has 201 bytes; the limit for one field is 200. Ask for the record without it.',
    },
    repairs: [],
  })
})

test('the limits of files are 16 MB a record, 1 MB a field and 10,000 fields', () => {
  const megabyte = 1 << 20
  assert.deepEqual(fileLimits, { record: 16 * megabyte, field: megabyte, fields: 10_000 })
  const note = (size: number): Uint8Array =>
    rawBytes(rawRecord([['500', latin1(`  \x1fa${'x'.repeat(size)}`)]]))
  assert.equal(decode(note(megabyte - 4)).ok, true)
  assert.equal(decode(note(megabyte - 3)).ok, false)
  const many = (count: number): Uint8Array =>
    rawBytes(rawRecord(Array.from({ length: count }, () => ['900', latin1('  \x1fa')])))
  assert.equal(decode(many(10_000)).ok, true)
  assert.equal(decode(many(10_001)).ok, false)
})

test('a proposal changes the text in the lossy reading alone', () => {
  const bytes = rawBytes(rawRecord([['245', utf8('10\x1faCafÃ© &amp; bar')]]))
  for (const [reading, text] of [
    ['strict', '24510\x1faCafÃ© &amp; bar'],
    ['repair', '24510\x1faCafÃ© &amp; bar'],
    ['lossy', '24510\x1faCafé & bar'],
  ] as const) {
    const read = decodeIso2709(frameOf(bytes), reading)
    assert.deepEqual(
      read.repairs.map(({ code }) => code),
      ['ENCODING_DOUBLE', 'CHARACTER_ENTITY'],
    )
    assert.deepEqual(read.ok && read.record.fields.map(packField), [text])
  }
})

test('a repair names its field by tag and occurrence', () => {
  const bytes = rawBytes(
    rawRecord([
      ['650', latin1(' 0\x1faCats')],
      ['650', latin1('\x1faDogs')],
    ]),
  )
  assert.deepEqual(decode(bytes).repairs, [{ code: 'INDICATORS', field: '650#2', before: '', after: '  ' }])
})

test('a tag of characters beyond ASCII does not shift the tags after it', () => {
  const record = rawRecord([
    ['245', utf8('10\x1faÉmile')],
    ['500', latin1('  \x1faNote')],
  ])
  const entries = [`é${record.entries[0]?.slice(2)}`, record.entries[1] ?? '']
  const read = decode(
    rawBytes({ ...record, entries: entries.map((each) => Buffer.from(each).toString('latin1')) }),
  )
  assert.deepEqual(read.ok && read.record.fields.map(({ tag }) => tag), ['??5', '500'])
  assert.deepEqual(
    read.repairs.map(({ code }) => code),
    ['TAG'],
  )
})

/** Lengths, and what ISO 2709 fixes, are none of the record. */
const own = ({ leader, fields }: MarcRecord) => ({
  leader: leader.slice(5, 10) + leader.slice(17, 20),
  fields,
})

test('a record that is written in UTF-8 is read as it was', () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => {
      const read = decode(encodeIso2709(record).bytes)
      assert.deepEqual(read.ok && own(read.record), own(record))
      const applied = read.repairs.filter(
        ({ code }) => code !== 'ENCODING_DOUBLE' && code !== 'CHARACTER_ENTITY',
      )
      assert.deepEqual(applied, [])
    }),
    { numRuns: 1000 },
  )
})

/** Words in every set that MARC-8 has. */
const words =
  'Prague Dvořák, Čajkovskij naïve garçon Łódź Øresund þing Straße Việt Nguyễn ©1998 ℗2001 £5 20°C i\u0361u\u0361 ' +
  'n\u0360g Kitāb ʻAbd ʼamm Moskvaʹ E♭ 25. Москва Київ Ελλάδα, القاهرة پاکستان שלום 東京 大学. 한국 H₂O x²'

const marc8Text = fc
  .array(fc.constantFrom(...words.split(' ')), { minLength: 1, maxLength: 8 })
  .map((some) => some.join(' ').normalize('NFC'))

test('a record of words that MARC-8 can write is read from MARC-8 as it was, without a repair', () => {
  const anyRecord = fc.array(fc.array(marc8Text, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(anyRecord, (texts) => {
      const record: MarcRecord = {
        leader: '00000nam a2200000 a 4500',
        fields: texts.map((values) => ({
          tag: '500',
          ind1: ' ',
          ind2: ' ',
          subfields: values.map((value) => ({ code: 'a', value })),
        })),
      }
      const { bytes } = encodeIso2709(record, { marc8: true })
      assert.equal(bytes[9], 0x20)
      const read = decode(bytes)
      assert.deepEqual(read.repairs, [])
      assert.deepEqual(read.ok && own(read.record), own(record))
    }),
    { numRuns: 1000 },
  )
})

test('no bytes make it fail', () => {
  const some = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom(
        latin1('00077nam a2200049 a 4500'),
        latin1('245001200000'),
        latin1('001000500000'),
        latin1('\x1e'),
      ),
    ),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(some, fc.constantFrom('strict', 'repair', 'lossy'), (parts, reading) => {
      const read = decodeIso2709(frameOf(Buffer.concat(parts)), reading)
      if (!read.ok) assert.match(read.rejected.message, /^The .+\.$/)
      else
        for (const field of read.record.fields) {
          const text = packField(field)
          assert.ok(text.isWellFormed() && !/[\0-\x1e\x7f]/.test(text) && /^[!-~]{3}/.test(text))
        }
    }),
    { numRuns: 3000 },
  )
})
