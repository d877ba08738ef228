import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchMethod, matchMethods } from './match-methods.ts'

test('a fuzzy method asks for identifiers first, for the title only then', () => {
  for (const { steps } of matchMethods.filter(({ code }) => code.includes('fuzzy'))) {
    const [identifiers, ...titles] = steps.map((step) => step.lookups.map(({ kind }) => kind))
    assert.ok(identifiers && !identifiers.includes('title'))
    assert.ok(titles.length > 0 && titles.flat().every((kind) => kind === 'title'))
  }
})

test('ISBN and title methods match only the same carrier', () => {
  for (const { code, sameCarrier, steps } of matchMethods) {
    const asks = steps.flatMap((step) => step.lookups.map(({ kind }) => kind))
    if (asks.includes('isbn') || asks.includes('title'))
      assert.equal(sameCarrier || steps.every(({ weighs }) => weighs), true, code)
  }
  assert.equal(matchMethod('oclc').sameCarrier, false)
})

test('codes are unique, and an unknown one is refused with those that exist', () => {
  assert.equal(new Set(matchMethods.map(({ code }) => code)).size, matchMethods.length)
  assert.throws(() => matchMethod('olcc'), /There is no match method olcc; there are .*oclc/)
})
