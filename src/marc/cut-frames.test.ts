import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../test/arbitrary-record.ts'
import { chunksOf, framesOf } from '../../test/read-marc.ts'
import { decodeFrame } from './read.ts'
import { frameJson } from './json/frame.ts'
import { frameMarcxml } from './marcxml/frame.ts'
import { frameMrk } from './mrk/frame.ts'
import { writerOf } from './write.ts'

const limits = { record: 400, field: 400, fields: 20 }

/** Each format with the pieces of which damage is made. */
const formats = [
  {
    format: 'marcxml',
    frame: frameMarcxml,
    pieces: [
      '<record>',
      '</record>',
      '<x:record a=">">',
      '<leader>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?xml ',
      '?>',
      '<!DOCTYPE a [',
      ']>',
      '<',
      '>',
      '"',
      '</collection>',
      '\ufeff',
      '&#0;',
      ' '.repeat(300),
    ],
  },
  {
    format: 'json',
    frame: frameJson,
    pieces: [
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      '{"leader":',
      '"fields" :',
      '"leader',
      '\n',
      '\ufeff',
      'x'.repeat(300),
      ' '.repeat(300),
    ],
  },
  {
    format: 'mrk',
    frame: frameMrk,
    pieces: [
      '=',
      '=LDR  ',
      '=001  1',
      '=245  10$a',
      '\n',
      '\r',
      '\r\n',
      '\n\n',
      '\ufeff',
      '{acute}',
      '$',
      'x'.repeat(300),
    ],
  },
] as const

const utf8 = new TextEncoder()

for (const { format, frame, pieces } of formats) {
  const sound = arbitraryRecord.map((record) => Buffer.from(writerOf(format).encode(record).bytes).toString())
  const file = fc
    .array(fc.oneof(fc.constantFrom(...pieces), sound, fc.string({ maxLength: 5 })), { maxLength: 25 })
    .map((parts) => utf8.encode(parts.join('')))

  test(`whatever the bytes, frames of ${format} tile them, the same in any chunks`, async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 97 }), async (bytes, chunk) => {
        const inOne = await framesOf(bytes, frame(chunksOf(bytes, bytes.length + 1), limits))
        const inChunks = await framesOf(bytes, frame(chunksOf(bytes, chunk), limits))
        assert.deepEqual(outline(inChunks), outline(inOne))
        for (const each of inOne) if (each.kind === 'record') decodeFrame(format, each, 'repair')
      }),
      { numRuns: 300 },
    )
  })

  test(`damage in one record of ${format} costs no other`, async () => {
    const damage = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), {
      minLength: 1,
      maxLength: 4,
    })
    const { between, encode } = writerOf(format)
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecord,
        arbitraryRecord,
        arbitraryRecord,
        damage,
        async (first, second, third, all) => {
          const broken = encode(second).bytes.slice()
          // The blank line after a record of mnemonic text is the start of the next as well.
          const own = broken.length - (format === 'mrk' ? 4 : 0)
          for (const { at, byte } of all) broken[at % own] = byte
          const bytes = Buffer.concat([encode(first).bytes, between, broken, between, encode(third).bytes])
          const read = []
          for (const each of await framesOf(
            bytes,
            frame(chunksOf(bytes, 64), { ...limits, record: 1 << 20 }),
          )) {
            const decoded = each.kind === 'record' ? decodeFrame(format, each, 'repair') : undefined
            if (decoded?.ok) read.push(decoded.record)
          }
          assert.deepEqual(read[0], first)
          assert.deepEqual(read.at(-1), third)
        },
      ),
      { numRuns: 300 },
    )
  })
}

const outline = (frames: Awaited<ReturnType<typeof framesOf>>) =>
  frames.map((frame) =>
    frame.kind === 'junk'
      ? `${frame.offset} ${frame.length} ${frame.why}`
      : `${frame.offset} ${frame.bytes.length} ${frame.rejected?.code ?? 'record'}`,
  )
