import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Frame, fileLimits } from '../src/marc/frame.ts'
import { decodeIso2709 } from '../src/marc/iso2709/decode.ts'
import { frameIso2709 } from '../src/marc/iso2709/frame.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { contentDamages } from './damage/content.ts'
import { directoryDamages } from './damage/directory.ts'
import { encodingDamages } from './damage/encoding.ts'
import { framingDamages } from './damage/framing.ts'
import { lengthDamages } from './damage/lengths.ts'
import { type Damage, type Sample, samples, soundBytes } from './damage/sample.ts'

/*
 * Every kind of damage, to records of every script and encoding, as the first, the middle and the last of
 * three records. The neighbours have to come out whole and without a repair. The record itself has to be
 * right, or rejected with a reason; whatever was mended has to be named.
 */

const places = ['first', 'middle', 'last'] as const

async function framesOf(bytes: Uint8Array): Promise<Frame[]> {
  async function* chunks() {
    yield bytes
  }
  const frames: Frame[] = []
  for await (const some of frameIso2709(chunks(), fileLimits)) frames.push(...some)
  return frames
}

/** What of a leader means something: the rest is lengths, and what ISO 2709 fixes. */
const comparable = ({ leader, fields }: MarcRecord) => ({
  leader: leader.slice(5, 10) + leader.slice(17, 20),
  fields,
})

async function check(damage: Damage, sample: Sample, at: number, bytes: Uint8Array): Promise<void> {
  const place = places[at] as string
  const where = `${sample.script}, ${sample.encoding}, ${place}`
  const neighbours = [1, 3].map(
    (number) =>
      samples(number).find(
        ({ script, encoding }) => script === sample.script && encoding === sample.encoding,
      ) as Sample,
  )
  const parts = neighbours.map(soundBytes).toSpliced(at, 0, bytes)
  const frames = await framesOf(Buffer.concat(parts))
  const junk = frames.filter((frame) => frame.kind === 'junk')
  assert.deepEqual(
    junk.map(({ why }) => why),
    damage.junk ?? [],
    where,
  )
  const records = frames.filter((frame) => frame.kind === 'record')
  assert.equal(records.length, 3, where)
  const decoded = records.map((frame) => decodeIso2709(frame, 'repair'))
  for (const [place, read] of decoded.toSpliced(at, 1).entries()) {
    const expected = (neighbours[place] as Sample).record
    assert.deepEqual(read.repairs, [], where)
    assert.deepEqual(read.ok && comparable(read.record), comparable(expected), where)
  }
  const read = decoded[at]
  assert.ok(read)
  const expected = damage.rejected
    ? damage.rejected
    : comparable(damage.becomes ? damage.becomes(sample.record) : sample.record)
  assert.deepEqual(read.ok ? comparable(read.record) : read.rejected.code, expected, where)
  const named = read.repairs.map(({ code }) => code)
  assert.deepEqual([...new Set(named)].toSorted(), [...(damage.repairs ?? [])].toSorted(), where)
}

const groups = new Map([
  ['around a record and to its leader', framingDamages],
  ['to lengths', lengthDamages],
  ['to a directory', directoryDamages],
  ['to fields', contentDamages],
  ['to the encoding', encodingDamages],
])

for (const [name, damages] of groups)
  suite(`damage ${name}`, () => {
    for (const damage of damages)
      test(damage.rule, async () => {
        let done = 0
        for (const sample of samples(2)) {
          const bytes = damage.bytes(sample)
          if (bytes === null) continue
          for (const at of places.keys()) await check(damage, sample, at, bytes)
          done++
        }
        assert.ok(done > 0, 'the damage can be done to no sample')
      })
  })
