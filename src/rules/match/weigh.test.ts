import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { shippedProfile } from '../profiles.ts'
import { matchFeatures } from './match-features.ts'
import { weigh } from './weigh.ts'
import { defaultWeighing, weighing } from './weighing.ts'

const { match } = shippedProfile('repository')

const features = (...lines: readonly string[]) => matchFeatures(recordOf(...lines))
const emma = features('020 ## $a 0141439513', '100 1# $a Austen, Jane', '245 10 $a Emma', '338 ## $b nc')

test('what agrees is added up, what differs taken away, and the most telling named first', () => {
  const other = features(
    '020 ## $a 9780141439518',
    '100 1# $a Bloom, Harold',
    '245 10 $a Emma',
    '338 ## $b nc',
  )
  assert.deepEqual(weigh(emma, other, defaultWeighing), {
    score: 28 + 25 - 25 + 5 + 5,
    evidence: ['isbn +28', 'title +25', 'author -25', 'record-type +5', 'carrier +5'],
    isVetoed: false,
    isDoubted: false,
  })
})

test('a veto and a doubt are named before all else', () => {
  const online = features('020 ## $a 0141439513', '245 10 $a Emma', '338 ## $b cr')
  const { isVetoed, evidence } = weigh(emma, online, defaultWeighing)
  assert.equal(isVetoed, true)
  assert.deepEqual(evidence.slice(0, 2), ['carrier veto', 'carrier -50'])
  const doubting = weighing({ ...match, weighted: { vetoes: [], doubts: ['carrier'] } })
  assert.deepEqual(weigh(emma, online, doubting).evidence.slice(0, 2), ['carrier doubt', 'carrier -50'])
  assert.equal(weigh(emma, online, doubting).isDoubted, true)
})

test('what a profile does not say of the weighing is as shipped', () => {
  assert.deepEqual(weighing(match), defaultWeighing)
  const own = weighing({
    ...match,
    weighted: { weights: { title: { agree: 40 } }, thresholds: { match: 80, review: 50 } },
  })
  assert.deepEqual(own.weights.title, { agree: 40, disagree: defaultWeighing.weights.title.disagree })
  assert.deepEqual(own.weights.isbn, defaultWeighing.weights.isbn)
  assert.deepEqual([own.match, own.review], [80, 50])
  assert.deepEqual([own.vetoes, own.doubts], [defaultWeighing.vetoes, defaultWeighing.doubts])
})

test('the weighing of a profile is worked out once', () => {
  const settings = { ...match, weighted: { vetoes: [] } }
  assert.equal(weighing(settings), weighing(settings))
})
