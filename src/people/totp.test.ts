import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newTotpSecret, periodOf, totpCode } from './totp.ts'

/** `12345678901234567890` in base32: the secret of the examples in RFC 4226 and RFC 6238. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('codes are those of RFC 4226', () => {
  const expected = [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]
  assert.deepEqual(
    expected.map((_, at) => totpCode(secret, at)),
    expected,
  )
})

test('codes are those of RFC 6238 at its times, of which six digits are taken', () => {
  const times = { 59: '287082', 1111111109: '081804', 1234567890: '005924', 2000000000: '279037' }
  for (const [seconds, code] of Object.entries(times))
    assert.equal(totpCode(secret, Math.floor(Number(seconds) / 30)), code)
})

test('a code counts half a minute before and after its own, and no code counts twice', () => {
  const now = new Date(1_111_111_109_000)
  const current = Math.floor(1_111_111_109 / 30)
  for (const at of [current - 1, current, current + 1])
    assert.equal(periodOf(secret, totpCode(secret, at), now, null), at)
  for (const at of [current - 2, current + 2])
    assert.equal(periodOf(secret, totpCode(secret, at), now, null), null)
  assert.equal(periodOf(secret, totpCode(secret, current), now, current), null)
  assert.equal(periodOf(secret, '081 804', now, null), current)
})

test('a new secret is 160 bits in base32, another each time', () => {
  assert.match(newTotpSecret(), /^[A-Z2-7]{32}$/)
  assert.notEqual(newTotpSecret(), newTotpSecret())
})
