import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../../test/arbitrary-record.ts'
import { type Sample, samples, soundBytes } from '../../../test/damage/sample.ts'
import { concat, latin1, rawBytes, rawRecord } from '../../../test/raw-record.ts'
import { chunksOf, framesOf, sketch } from '../../../test/read-marc.ts'
import { type Frame, type MarcLimits, fileLimits } from '../frame.ts'
import { cutFrames } from '../cut-frames.ts'
import { nextFrame } from './boundary.ts'
import { packField } from '../packed.ts'
import { decodeIso2709 } from './decode.ts'
import { encodeIso2709 } from './encode.ts'
import { frameIso2709 } from './frame.ts'

const frame = (bytes: Uint8Array, limits: MarcLimits = fileLimits) =>
  framesOf(bytes, frameIso2709(chunksOf(bytes, 1 << 16), limits))

const emma = rawBytes(rawRecord([['245', latin1('10\x1faEmma /\x1fcJane Austen.')]]))
const note = (size: number) => rawBytes(rawRecord([['500', latin1(`  \x1fa${'x'.repeat(size)}`)]]))

test('records that follow each other are a frame each, with nothing between them', async () => {
  const frames = await frame(concat(emma, emma))
  assert.equal(sketch(frames), 'record record')
  assert.deepEqual(
    frames.map(({ offset }) => offset),
    [0, emma.length],
  )
})

test('line ends, padding and byte order marks are junk of their own kind', async () => {
  const bytes = concat('\xef\xbb\xbf', emma, '\r\n', emma, '\0\0\x1a')
  assert.equal(sketch(await frame(bytes)), 'BOM record LINE_ENDS record PADDING')
})

test('a page of the web between records is junk up to the next leader', async () => {
  const page = '<html><body>503 Service Unavailable</body></html>'
  assert.equal(sketch(await frame(concat(emma, page, emma))), 'record FOREIGN record')
})

test('the frames of what is no MARC at all are junk', async () => {
  assert.equal(sketch(await frame(latin1('no MARC '.repeat(20_000)))), 'FOREIGN')
})

test('a record without its terminator ends where the next leader stands', async () => {
  const frames = await frame(concat(emma.subarray(0, -1), emma))
  assert.equal(sketch(frames), 'record record')
  assert.deepEqual(frames[0], {
    kind: 'record',
    position: 1,
    offset: 0,
    bytes: emma.slice(0, -1),
    repairs: [
      {
        code: 'TERMINATOR_MISSING',
        before: 'no record terminator',
        after: 'the record ends where the next record begins',
      },
    ],
  })
})

test('what the end of the file cuts off is rejected, and says how much is there', async () => {
  const frames = await frame(concat(emma, emma.subarray(0, 50)))
  assert.equal(sketch(frames), 'record TRUNCATED')
  const last = frames.at(-1)
  assert.ok(last?.kind === 'record')
  assert.equal(
    last.rejected?.message,
    `The file ends after 50 bytes of this record, which says it has ${emma.length}. Get the file again from its source.`,
  )
})

test('a record beyond the limit is rejected by name, its rest is junk, and its neighbours go on', async () => {
  const limits = { ...fileLimits, record: 1000 }
  const frames = await frame(concat(emma, note(5000), emma, note(900), emma), limits)
  assert.equal(sketch(frames), 'record TOO_LARGE FOREIGN record record record')
  const large = frames[1]
  assert.ok(large?.kind === 'record')
  assert.equal(large.bytes.length, 1000)
  assert.match(large.rejected?.message ?? '', /1000 bytes, the limit for one record/)
})

test('a stream without a terminator is never held beyond twice the limit', async () => {
  const limits = { ...fileLimits, record: 1 << 20 }
  const chunk = new Uint8Array(1 << 16).fill(0x78)
  let given = 0
  async function* stream() {
    yield emma.slice(0, -2)
    for (; given < 200_000_000; given += chunk.length) yield chunk
    yield emma
  }
  let held = 0
  const found: Frame[] = []
  const frames = cutFrames(stream(), (search) => {
    held = Math.max(held, search.bytes.length)
    return nextFrame(search, limits)
  })
  for await (const some of frames) found.push(...some)
  assert.equal(sketch(found), 'TOO_LARGE FOREIGN record')
  assert.ok(held <= 2 * limits.record + chunk.length, String(held))
})

/** Five records of one script and encoding after each other, for each of these. */
const files = samples(1).map((_, place) =>
  [1, 2, 3, 4, 5].map((number) => soundBytes(samples(number)[place] as Sample)),
)

/** Records, and what damage makes of them, with bytes that boundaries are made of. */
const piece: fc.Arbitrary<Uint8Array> = fc.oneof(
  arbitraryRecord.map((record) => encodeIso2709(record).bytes),
  fc
    .tuple(fc.nat({ max: 7 }), fc.nat({ max: 300 }), fc.nat({ max: 40 }))
    .map(
      ([place, from, to]) =>
        files[place]?.[0]?.subarray(from, to === 0 ? undefined : -to) ?? new Uint8Array(),
    ),
  fc.uint8Array({ maxLength: 40 }),
  fc
    .array(fc.constantFrom(0x0a, 0x0d, 0, 0x1a, 0x20, 0x1d, 0x1e, 0x1f, 0x30, 0x32, 0xef, 0xbb, 0xbf), {
      maxLength: 30,
    })
    .map((bytes) => Uint8Array.from(bytes)),
  fc.constantFrom(
    latin1('00500nam a2200'),
    latin1('00500nam a2200037 a 4500'),
    latin1('     nam a2200037 a 4500'),
  ),
)

const file = fc.array(piece, { maxLength: 8 }).map((pieces) => concat(...pieces))

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number
    yield bytes.slice(at, at + size)
    at += size
  }
}

test('frames and junk tile any bytes, and are the same however these come in chunks', async () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 900 })), {
    minLength: 1,
    maxLength: 5,
  })
  await fc.assert(
    fc.asyncProperty(file, sizes, async (bytes, each) => {
      const copies = (frames: readonly Frame[]) =>
        frames.map((found) => (found.kind === 'record' ? { ...found, bytes: found.bytes.slice() } : found))
      const whole = copies(await frame(bytes))
      const parts = copies(await framesOf(bytes, frameIso2709(cut(bytes, each), fileLimits)))
      assert.deepEqual(parts, whole)
      for (const found of whole) if (found.kind === 'record') decodeIso2709(found, 'lossy')
    }),
    { numRuns: 1000 },
  )
})

type Edit = { readonly at: number; readonly kind: 'replace' | 'insert' | 'delete'; readonly byte: number }

const byte = fc.oneof(
  fc.nat({ max: 255 }),
  fc.constantFrom(0x1d, 0x1e, 0x1f, 0x30, 0x31, 0x39, 0x20, 0x0a, 0x1b, 0x3c),
)

const editOf = (kinds: readonly Edit['kind'][]): fc.Arbitrary<Edit> =>
  fc.record({ at: fc.nat({ max: 10_000 }), kind: fc.constantFrom(...kinds), byte })

function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const all = [...bytes]
  for (const { at, kind, byte: value } of edits) {
    const place = at % all.length
    if (kind === 'replace') all[place] = value
    else if (kind === 'insert') all.splice(place, 0, value)
    else if (all.length > 1) all.splice(place, 1)
  }
  return Uint8Array.from(all)
}

/** Records of a file that are not there any more, byte for byte and read without a repair; by their distance from the edited one. */
async function lost(
  records: readonly Uint8Array[],
  at: number,
  edits: readonly Edit[],
): Promise<readonly number[]> {
  const frames = await frame(Buffer.concat(records.with(at, edited(records[at] as Uint8Array, edits))))
  const sound = new Set<string>()
  for (const found of frames) {
    if (found.kind === 'junk') continue
    const decoded = decodeIso2709(found, 'repair')
    if (decoded.ok && decoded.repairs.length === 0) sound.add(Buffer.from(found.bytes).toString('latin1'))
  }
  return records.flatMap((bytes, place) =>
    place === at || sound.has(Buffer.from(bytes).toString('latin1')) ? [] : [Math.abs(place - at)],
  )
}

const anyFile = fc.constantFrom(...files)
const recordPlace = fc.nat({ max: 4 })

test('edits to the bytes of a record lose no record further than one away', async () => {
  const edits = fc.array(editOf(['replace', 'insert', 'delete']), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(anyFile, recordPlace, edits, async (records, at, all) => {
      assert.deepEqual(
        (await lost(records, at, all)).filter((distance) => distance > 1),
        [],
      )
    }),
    { numRuns: 1000 },
  )
})

test('one edit to the bytes of a record loses no other record', async () => {
  const edit = editOf(['replace', 'insert', 'delete'])
  await fc.assert(
    fc.asyncProperty(anyFile, recordPlace, edit, async (records, at, one) => {
      assert.deepEqual(await lost(records, at, [one]), [])
    }),
    { numRuns: 2000 },
  )
})

test('one edit to the bytes of a record that no repair names changes one field at most', async () => {
  const edit = editOf(['replace', 'insert', 'delete'])
  await fc.assert(
    fc.asyncProperty(anyFile, edit, async ([record = emma], one) => {
      const sound = fieldsOf(record)
      const frames = await frame(edited(record, [one]))
      const [found] = frames
      if (frames.length !== 1 || found?.kind !== 'record') return
      const read = decodeIso2709(found, 'repair')
      if (!read.ok || read.repairs.length > 0) return
      const fields = read.record.fields.map(packField)
      assert.equal(fields.length, sound.length)
      assert.ok(fields.filter((text, at) => text !== sound[at]).length <= 1)
    }),
    { numRuns: 2000 },
  )
})

function fieldsOf(bytes: Uint8Array): readonly string[] {
  const read = decodeIso2709({ kind: 'record', position: 1, offset: 0, bytes, repairs: [] }, 'repair')
  assert.ok(read.ok)
  return read.record.fields.map(packField)
}
