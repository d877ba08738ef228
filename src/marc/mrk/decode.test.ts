import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repairsOf } from '../../../test/read-marc.ts'
import type { Decoded } from '../frame.ts'
import { encodeMarc8 } from '../marc8/encode.ts'
import { packField } from '../packed.ts'
import { decodeMrk } from './decode.ts'

const leader = '=LDR  00000nam a2200000 a 4500\n'

function decode(mrk: string | Uint8Array): Decoded {
  const bytes = typeof mrk === 'string' ? new TextEncoder().encode(mrk) : mrk
  return decodeMrk({ kind: 'record', position: 1, offset: 0, bytes, repairs: [] }, 'repair')
}

/** The fields of a record of such lines, and what was mended. */
function read(lines: string): readonly [fields: readonly string[], repairs: readonly string[]] {
  const decoded = decode(leader + lines)
  assert.ok(decoded.ok)
  return [decoded.record.fields.map((field) => packField(field).replaceAll('\x1f', '‡')), repairsOf(decoded)]
}

const fieldsOf = (lines: string) => read(lines)[0]

test('a backslash is a blank in control fields and indicators, and itself in subfields', () => {
  assert.deepEqual(fieldsOf('=008  \\\\a\\\n=245  \\0$aC:\\temp\n=500    $ablank indicators\n'), [
    '008  a ',
    '245 0‡aC:\\temp',
    '500  ‡ablank indicators',
  ])
})

test('blanks in a leader may be blanks or backslashes', () => {
  for (const written of ['00000nam\\a2200000\\a\\4500', '00000nam a2200000 a 4500']) {
    const decoded = decode(`=LDR  ${written}\n=001  1\n`)
    assert.ok(decoded.ok)
    assert.equal(decoded.record.leader, '00000nam a2200000 a 4500')
  }
})

test('what has a meaning of its own has a mnemonic', () => {
  assert.deepEqual(
    fieldsOf(
      '=500  {bsol}\\$a{dollar}5 {lcub}acute{rcub} {bsol}${dollar}x${lcub}y\n=001  {bsol}\\{dollar}\n',
    ),
    ['500\\ ‡a$5 {acute} \\‡$x‡{y', '001\\ $'],
  )
})

test('mnemonics of letters and marks are read, marks behind their letters', () => {
  assert.deepEqual(
    fieldsOf(
      '=500  \\\\$a{Lstrok}{acute}od{acute}z, k{uml}uhl, {llig}i{rlig}a, {ldbltil}n{rdbltil}g, caf{eacute}, {copy}{deg}{mllhring}\n',
    ),
    ['500  ‡aŁódź, kühl, i͡a, n͠g, café, ©°ʻ'.normalize('NFC')],
  )
  assert.deepEqual(fieldsOf('=500  \\\\$a{circ}{acute}a{ogon}$b{acute}\n'), ['500  ‡aą\u0302\u0301‡b\u0301'])
})

test('names that nothing has stay as they are', () => {
  assert.deepEqual(fieldsOf('=500  \\\\$a{foo} { } {}{acute\n'), ['500  ‡a{foo} { } {}{acute'])
})

test('a line without a tag goes on with its field', () => {
  const [fields, repairs] = read('=520  \\\\$aone\ntwo \n three\n=500  \\\\$ax\n')
  assert.deepEqual(fields, ['520  ‡aone two  three', '500  ‡ax'])
  assert.deepEqual(repairs, [
    'LINE_ENDS_INSIDE 520: two  > more of 520',
    'LINE_ENDS_INSIDE 520:  three > more of 520',
  ])
})

test('the blanks after a tag may be one, or none after digits', () => {
  assert.deepEqual(fieldsOf('=001 x\n=24510$aEmma\n=FMT  \\\\$aBK\n'), ['001x', '24510‡aEmma', 'FMT  ‡aBK'])
})

test('the encoding is found as in ISO 2709', () => {
  const inMarc8 = Uint8Array.from([
    ...new TextEncoder().encode('=LDR  00000nam  2200000 a 4500\n=245  10$a'),
    ...encodeMarc8('Dvořák, Москва, 一丁'),
    ...new TextEncoder().encode('$bx\n'),
  ])
  const decoded = decode(inMarc8)
  assert.ok(decoded.ok)
  assert.equal(decoded.encoding, 'marc-8')
  assert.equal(decoded.record.leader.charAt(9), 'a')
  assert.deepEqual(decoded.record.fields.map(packField), ['24510\x1faDvořák, Москва, 一丁\x1fbx'])
  const latin1 = decode(
    Uint8Array.from(`${leader}=245  10$aCaf\xe9 M\xfcller\n`, (each) => each.charCodeAt(0)),
  )
  assert.ok(latin1.ok)
  assert.deepEqual(latin1.record.fields.map(packField), ['24510\x1faCafé Müller'])
  assert.deepEqual(
    latin1.repairs.map(({ code }) => code),
    ['ENCODING_LABEL', 'ENCODING_LATIN1'],
  )
})

test('a leader alone is no record', () => {
  const decoded = decode(leader)
  assert.ok(!decoded.ok)
  assert.equal(decoded.rejected.code, 'NO_FIELDS')
})
