import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Repair } from '../frame.ts'
import { packField } from '../packed.ts'
import { mendField, soundField } from './field.ts'

function mend(tag: string, text: string): [string, ...string[]] {
  const repairs: Repair[] = []
  const field = mendField(tag, text.replaceAll('$', '\x1f'), tag, repairs)
  const said = repairs.map(({ code, before, after }) => `${code}: ${before} > ${after}`)
  return [packField(field).slice(3).replaceAll('\x1f', '$'), ...said]
}

test('a field with nothing to mend is sound', () => {
  assert.deepEqual(soundField('001', 'ocm1'), { tag: '001', value: 'ocm1' })
  assert.deepEqual(soundField('245', '10\x1faEmma /\x1fc'), {
    tag: '245',
    ind1: '1',
    ind2: '0',
    subfields: [
      { code: 'a', value: 'Emma /' },
      { code: 'c', value: '' },
    ],
  })
})

test('what has to be mended is not sound', () => {
  for (const text of [
    '',
    '10',
    '1\x1faEmma',
    '100\x1faEmma',
    'é0\x1faEmma',
    '10\x1f',
    '10\x1f Emma',
    '10\x1féEmma',
  ])
    assert.equal(soundField('245', text), null, text)
  assert.equal(soundField('001', '\x1faocm1'), null)
})

test('indicators are two, of ASCII', () => {
  assert.deepEqual(mend('245', '$aEmma'), ['  $aEmma', 'INDICATORS:  >   '])
  assert.deepEqual(mend('245', '1$aEmma'), ['1 $aEmma', 'INDICATORS: 1 > 1 '])
  assert.deepEqual(mend('245', '100$aEmma'), ['10$aEmma', 'INDICATORS: 100 > 10'])
  assert.deepEqual(mend('245', '1é$aEmma'), ['1 $aEmma', 'INDICATORS: 1é > 1 '])
})

test('text that no delimiter parts from the indicators is $a', () => {
  assert.deepEqual(mend('245', '10Poetry$cWe'), [
    '10$aPoetry$cWe',
    'TEXT_BEFORE_SUBFIELD: 10Poetry > $a Poetry',
  ])
  assert.deepEqual(mend('245', 'Poetry$cWe'), [
    '  $aPoetry$cWe',
    'INDICATORS: Poetry >   ',
    'TEXT_BEFORE_SUBFIELD: Poetry > $a Poetry',
  ])
  assert.deepEqual(mend('500', '2009 edition')[0], '  $a2009 edition')
})

test('delimiters without a code are named once a field, however many there are', () => {
  assert.deepEqual(mend('300', '  $a12 p.$$c20 cm$'), [
    '  $a12 p.$c20 cm',
    'SUBFIELD_CODE: $ $ > nothing nothing',
  ])
  assert.deepEqual(mend('300', '  $ 12 p.$é20 cm'), [
    '  $a12 p.$aé20 cm',
    'SUBFIELD_CODE: $ 12 p. $é20 cm > $a 12 p. $a é20 cm',
  ])
  const [text, ...said] = mend('300', `  $a12 p.${'$'.repeat(100_000)}`)
  assert.equal(text, '  $a12 p.')
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /and 99980 more > /)
})

test('a control field has no subfields', () => {
  assert.deepEqual(mend('001', '$aocm1$bx'), ['ocm1x', 'SUBFIELD_CODE: $aocm1$bx > ocm1x'])
})
