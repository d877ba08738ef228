import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backOff, plainAddress, sourceOf } from './back-off.ts'

function stillClock() {
  let now = 0
  return {
    now: () => now,
    after: () => () => {},
    advance(ms: number) {
      now += ms
    },
  }
}

/** Guesses as often as the back-off lets it, a second apart, and counts them. */
function guesses(seconds: number, addresses: number, zone: (at: number) => string): number {
  const clock = stillClock()
  const waits = backOff(clock)
  let tried = 0
  for (let at = 0; at < seconds; at++, clock.advance(1000))
    for (let guess = 0; guess < 20; guess++) {
      const source = `192.0.2.${(at * 20 + guess) % addresses}`
      if (waits.wait(source, zone(guess)) > 0) continue
      tried++
      waits.failed(source, zone(guess))
    }
  return tried
}

test('a few failures are free; then each doubles the wait, up to a minute', () => {
  const clock = stillClock()
  const waits = backOff(clock)
  const seen = []
  for (let failure = 1; failure <= 13; failure++) {
    waits.failed('a', 'Z')
    const wait = waits.wait('a', 'Z')
    seen.push(wait / 1000)
    clock.advance(wait)
    assert.equal(waits.wait('a', 'Z'), 0)
  }
  assert.deepEqual(seen, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60])
})

test('in ten minutes one address gets at most 60 guesses, at one zone or at many', () => {
  const one = guesses(600, 1, () => 'Z')
  const many = guesses(600, 1, (at) => `Z${at}`)
  assert.ok(one > 5 && one <= 60, `${one} at one zone`)
  assert.ok(many > 5 && many <= 60, `${many} at many zones`)
})

test('many addresses at one zone get little more than one guess each', () => {
  const tried = guesses(600, 200, () => 'Z')
  assert.ok(tried <= 200 + 70, `${tried} tries`)
})

test('who has not failed at a zone does not wait for those who fail there', () => {
  const waits = backOff(stillClock())
  for (let failure = 0; failure < 1000; failure++) waits.failed(`bad${failure % 100}`, 'Z')
  assert.ok(waits.wait('bad1', 'Z') > 0)
  assert.equal(waits.wait('good', 'Z'), 0)
})

test('who has logged on to a zone does not wait for what its address does at other zones', () => {
  const waits = backOff(stillClock())
  waits.succeeded('oclc', 'GOOD')
  for (let failure = 0; failure < 100; failure++) waits.failed('oclc', 'BAD')
  assert.equal(waits.isProven('oclc', 'GOOD'), true)
  assert.equal(waits.wait('oclc', 'GOOD'), 0)
  assert.ok(waits.wait('oclc', 'BAD') > 0)
  assert.ok(waits.wait('oclc', 'NEW') > 0)
})

test('a success forgets the failures at its zone, and time forgets all', () => {
  const clock = stillClock()
  const waits = backOff(clock)
  for (let failure = 0; failure < 6; failure++) waits.failed('a', 'Z')
  waits.succeeded('a', 'Z')
  assert.equal(waits.wait('a', 'Z'), 0)
  for (let failure = 0; failure < 30; failure++) waits.failed('b', 'Z')
  clock.advance(15 * 60_000)
  waits.failed('b', 'Z')
  assert.equal(waits.wait('b', 'Z'), 0)
  clock.advance(24 * 60 * 60_000)
  assert.equal(waits.isProven('a', 'Z'), false)
})

test('one source is an IPv4 address or a /64 of IPv6', () => {
  assert.equal(sourceOf('192.0.2.7'), '192.0.2.7')
  assert.equal(sourceOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(sourceOf('2001:db8::6'), '2001:db8:0:0::/64')
  assert.equal(sourceOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
  assert.equal(sourceOf('::1'), '0:0:0:0::/64')
  assert.equal(plainAddress('::ffff:192.0.2.7'), '192.0.2.7')
  assert.equal(plainAddress('::1'), '::1')
})
