import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { matchKeys } from './match-key.ts'
import { lookupsFor, matchMethod, matchMethods } from './match-methods.ts'

const keys = matchKeys(
  recordOf(
    '019 ## $a 9',
    '020 ## $a 0141439513 $z 9780141439519',
    '035 ## $a (OCoLC)1 $z (OCoLC)2',
    '035 ## $a (DLC)3',
  ),
)
const lookups = (code: string) => matchMethod(code).steps.map((step) => lookupsFor(step, keys, '991'))

test('the OCLC method asks $a and $z against $a and $z, 019 only where it has become $z', () => {
  const existing = ['a', 'z']
  assert.deepEqual(lookups('oclc'), [
    [
      { kind: 'oclc', value: '1', origin: 'a', existing, sameOrigin: false },
      { kind: 'oclc', value: '2', origin: 'z', existing, sameOrigin: false },
    ],
  ])
})

test('an exact method asks each subfield against its like', () => {
  const [asked = []] = lookups('isbn-exact')
  assert.deepEqual(
    asked.map((lookup) => lookup.kind !== 'mms' && [lookup.origin, lookup.sameOrigin]),
    [
      ['a', true],
      ['z', true],
    ],
  )
})

test('the 001 method asks for the number as it came, and for nothing without one', () => {
  assert.deepEqual(lookups('mms-001'), [[{ kind: 'mms', value: '991' }]])
  const [step] = matchMethod('mms-001').steps
  assert.deepEqual(step && lookupsFor(step, keys, null), [])
})

test('the fuzzy method asks for identifiers first, for the title only then', () => {
  const [identifiers, title] = matchMethod('fuzzy').steps
  assert.ok(identifiers?.lookups.every(({ kind }) => kind !== 'title'))
  assert.deepEqual(
    title?.lookups.map(({ kind }) => kind),
    ['title'],
  )
})

test('ISBN and title methods match only the same carrier', () => {
  for (const { code, sameCarrier, steps } of matchMethods) {
    const asks = steps.flatMap((step) => step.lookups.map(({ kind }) => kind))
    if (asks.includes('isbn') || asks.includes('title')) assert.equal(sameCarrier, true, code)
  }
  assert.equal(matchMethod('oclc').sameCarrier, false)
})

test('codes are unique, and an unknown one is refused with those that exist', () => {
  assert.equal(new Set(matchMethods.map(({ code }) => code)).size, matchMethods.length)
  assert.throws(() => matchMethod('olcc'), /There is no match method olcc; there are .*oclc/)
})
