import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../test/arbitrary-record.ts'
import { chunksOf, framesOf, readMarc, repairsOf } from '../../test/read-marc.ts'
import { recordOf } from '../../test/record-of.ts'
import type { Format } from './frame.ts'
import { fileLimits } from './frame.ts'
import { frameMrk } from './mrk/frame.ts'
import type { MarcRecord } from './record.ts'
import { type Utf16, frameUtf16 } from './utf16.ts'
import { writerOf } from './write.ts'

function utf16(text: string, encoding: Utf16): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? bytes : bytes.swap16()
}

function fileOf(format: Format, records: readonly MarcRecord[]): string {
  const { head, between, tail, encode } = writerOf(format)
  const parts = records.flatMap((record, at) => [...(at > 0 ? [between] : []), encode(record).bytes])
  return Buffer.concat([head, ...parts, tail]).toString()
}

for (const encoding of ['utf-16le', 'utf-16be'] as const) {
  test(`files in ${encoding} are read with the offsets of their own bytes`, async () => {
    const formats = fc.constantFrom<Format>('marcxml', 'json', 'mrk')
    const records = fc.array(arbitraryRecord, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(formats, records, fc.constantFrom('', '\ufeff'), async (format, given, mark) => {
        const read = await readMarc(utf16(mark + fileOf(format, given), encoding))
        assert.equal(read.format, format)
        assert.deepEqual(read.records, given)
      }),
      { numRuns: 100 },
    )
  })
}

test('ISO 2709 in UTF-16 is read, and said to be no encoding of MARC', async () => {
  const record = recordOf('001 1', '245 10 $a Žena')
  const read = await readMarc(utf16(`\ufeff${fileOf('iso2709', [record, record])}`, 'utf-16le'))
  assert.deepEqual(
    read.records.map(({ fields }) => fields),
    [record.fields, record.fields],
  )
  assert.ok(repairsOf(read.decoded[0]).includes('ENCODING_LABEL leader: utf-8 > utf-16le'))
})

test('whatever the bytes, frames of UTF-16 tile them', async () => {
  const bytes = fc.array(
    fc.oneof(
      fc.constantFrom(0x3d00, 0x003d, 0xd83d, 0xde00, 0x0a00, 0x000a),
      fc.integer({ min: 0, max: 0xffff }),
    ),
    { maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), fc.integer({ min: 1, max: 7 }), async (units, isOdd, chunk) => {
      const all = Uint8Array.from([
        ...units.flatMap((unit) => [unit >> 8, unit & 0xff]),
        ...(isOdd ? [0xd8] : []),
      ])
      for (const encoding of ['utf-16le', 'utf-16be'] as const)
        await framesOf(
          all,
          frameUtf16(chunksOf(all, chunk), encoding, (chunks) => frameMrk(chunks, fileLimits)),
        )
    }),
    { numRuns: 300 },
  )
})
