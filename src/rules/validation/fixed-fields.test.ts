import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader } from '../../../test/record-of.ts'
import { validateFixedField, validateLeader, validateMaterialField } from './fixed-fields.ts'
import type { Findings } from './problem.ts'

const findings = (check: (findings: Findings) => void): string[] => {
  const found: Findings = { problems: [], seen: null }
  check(found)
  return found.problems.map(({ code, field, value }) => `${code} ${field} “${value}”`)
}

/** An 008 whose positions 18 to 34 are these, under a leader of this type and level. */
const coded = (typeAndLevel: string, characters: string): string[] => {
  const leader = bookLeader.slice(0, 6) + typeAndLevel + bookLeader.slice(8)
  const value = `030101s2003    enk${characters.padEnd(17, ' ')}eng d`
  return findings((found) => validateFixedField(value, 0, leader, found))
}

test('each material has its own codes in 008/18-34', () => {
  assert.deepEqual(coded('am', 'abcdj      000 1 '), [])
  assert.deepEqual(coded('as', 'ar p       0   a0'), [])
  assert.deepEqual(coded('ai', 'kx w o     0    2'), [])
  assert.deepEqual(coded('mm', '     o  m '), [])
  assert.deepEqual(coded('em', 'a   bd a     0 r '), [])
  assert.deepEqual(coded('cm', 'syl            n '), [])
  assert.deepEqual(coded('jm', 'zzn  s         n'), [])
  assert.deepEqual(coded('gm', '095 g          vl'), [])
  assert.deepEqual(coded('pc', ''), [])
  assert.deepEqual(coded('gm', 'abcdj      000 1 '), [
    'FIXED_POSITION_UNDEFINED 008/21 “d”',
    'FIXED_CODE_UNDEFINED 008/29 “0”',
    'FIXED_POSITION_UNDEFINED 008/30-32 “00 ”',
    'FIXED_CODE_UNDEFINED 008/33 “1”',
    'FIXED_CODE_OBSOLETE 008/34 “ ”',
    'FIXED_CODE_UNDEFINED 008/18-20 “abc”',
  ])
})

test('the fill character may stand anywhere in 008, and nowhere in the leader', () => {
  assert.deepEqual(coded('am', '|||||||||||||||||'), [])
  assert.deepEqual(coded('em', '|||||||||||||||||'), [])
  const leader = `${bookLeader.slice(0, 17)}|${bookLeader.slice(18)}`
  assert.deepEqual(
    findings((found) => validateLeader(leader, found)),
    ['FIXED_CODE_UNDEFINED LDR/17 “|”'],
  )
})

test('the encoding levels of OCLC are levels too', () => {
  for (const level of 'IKM8 ') {
    const leader = bookLeader.slice(0, 17) + level + bookLeader.slice(18)
    assert.deepEqual(
      findings((found) => validateLeader(leader, found)),
      [],
    )
  }
})

test('place and language are codes of letters', () => {
  const value = (place: string, language: string) =>
    findings((found) =>
      validateFixedField(`030101s2003    ${place}a          000 1 ${language} d`, 0, bookLeader, found),
    )
  assert.deepEqual(value('gw ', 'ger'), [])
  assert.deepEqual(value('|||', '   '), [])
  assert.deepEqual(value('G12', 'EN '), [
    'FIXED_CODE_UNDEFINED 008/15-17 “G12”',
    'FIXED_CODE_UNDEFINED 008/35-37 “EN ”',
  ])
})

const material = (tag: string, value: string): string[] =>
  findings((found) => validateMaterialField(tag, value, 0, found))

test('006 has the codes of the 008 of its form of material, 17 positions earlier', () => {
  assert.deepEqual(material('006', 'm     o  d        '), [])
  assert.deepEqual(material('006', 'sar p       0   a0'), [])
  assert.deepEqual(material('006', 'aabcdj      000 1 '), [])
  assert.deepEqual(material('006', 'm     x  d        '), ['FIXED_CODE_UNDEFINED 006/06 “x”'])
  assert.deepEqual(material('006', 'x                 '), ['FIXED_CODE_UNDEFINED 006/00 “x”'])
  assert.deepEqual(material('006', 'm     o  d'), ['MATERIAL_FIELD_LENGTH 006 “m     o  d”'])
})

test('007 has the length and the codes of its category', () => {
  for (const value of [
    'aj canzn',
    'cr |n|||||||||',
    'cr cna',
    'cd cgannnauauu',
    'da aan',
    'fb a bnnnn',
    'gs cj  jc',
    'hd afu015buuu',
    'kf co ',
    'mr caaaduabouuaan||||||',
    'ou',
    'qu',
    'ru uuuuuuuu',
    'sd fsngnnmmned',
    'ta',
    'vd cvaizq',
    'zm',
  ])
    assert.deepEqual(material('007', value), [], value)
  assert.deepEqual(material('007', 'sd xsngnnmmned'), ['FIXED_CODE_UNDEFINED 007/03 “x”'])
  assert.deepEqual(material('007', 'sd'), ['MATERIAL_FIELD_LENGTH 007 “sd”'])
  assert.deepEqual(material('007', 'x'), ['FIXED_CODE_UNDEFINED 007/00 “x”'])
})
