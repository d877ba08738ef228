import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repairsOf } from '../../../test/read-marc.ts'
import type { Decoded } from '../frame.ts'
import { packField } from '../packed.ts'
import { decodeJson } from './decode.ts'

const leader = '00000nam a2200000 a 4500'

function decode(json: string | Uint8Array): Decoded {
  const bytes = typeof json === 'string' ? new TextEncoder().encode(json) : json
  return decodeJson({ kind: 'record', position: 1, offset: 0, bytes, repairs: [] }, 'repair')
}

/** A record of such fields, as they come out, and what was mended. */
function read(fields: string): readonly [fields: readonly string[], repairs: readonly string[]] {
  const decoded = decode(`{"leader":"${leader}","fields":${fields}}`)
  assert.ok(decoded.ok, decoded.ok ? '' : decoded.rejected.message)
  return [decoded.record.fields.map((field) => packField(field).replaceAll('\x1f', '$')), repairsOf(decoded)]
}

function refusal(json: string | Uint8Array) {
  const decoded = decode(json)
  assert.ok(!decoded.ok)
  return `${decoded.rejected.code}: ${decoded.rejected.message}`
}

test('fields, indicators and subfields are read in their order, blanks and all', () => {
  const [fields, repairs] = read(
    '[{"001":" 1 "},{"245":{"subfields":[{"a":"Caf\\u00e9 \\ud83d\\ude00"},{"9":"x"},{"a":""}],"ind1":"1","ind2":" "}}]',
  )
  assert.deepEqual(fields, ['001 1 ', '2451 $aCafé 😀$9x$a'])
  assert.deepEqual(repairs, [])
})

test('members that are not of MARC are passed over', () => {
  const decoded = decode(
    `{"_id":{"$oid":"x"},"leader":"${leader}","fields":[{"001":"1"}],"note":[1,null]},\n`,
  )
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.repairs, [])
})

test('several fields or subfields in one object stand in the order of the file, repeated keys too', () => {
  const [fields, repairs] = read(
    '[{"500":{"ind1":" ","ind2":" ","subfields":[{"b":"1","2":"2","b":"3"}]},"001":"x"},{"501":{"ind1":" ","ind2":" ","subfields":{"a":"y"}}}]',
  )
  assert.deepEqual(fields, ['500  $b1$22$b3', '001x', '501  $ay'])
  assert.deepEqual(
    repairs.map((each) => each.split(':')[0]),
    ['JSON_SHAPE 500', 'JSON_SHAPE 500', 'JSON_SHAPE 001', 'JSON_SHAPE 501'],
  )
})

test('numbers are the text that they are written as, null is none', () => {
  const [fields, repairs] = read(
    '[{"001":9007199254740993},{"020":{"ind1":1,"ind2":null,"subfields":[{"c":12.50},{"a":true}]}}]',
  )
  assert.deepEqual(fields, ['0019007199254740993', '0201 $c12.50$atrue'])
  assert.ok(repairs.includes('JSON_SHAPE 020: 12.50 > "12.50"'))
})

test('control characters and lone surrogates do not come into the record', () => {
  const [fields, repairs] = read(
    '[{"500":{"ind1":" ","ind2":" ","subfields":[{"a":"a\\u0000b\\u001fc\\ud800d\\ne"}]}}]',
  )
  assert.deepEqual(fields, ['500  $aabc⟦D800⟧d e'])
  assert.deepEqual(repairs, [
    'LINE_ENDS_INSIDE 500: a\0b\x1fc\ufffdd¶e > a\0b\x1fc\ufffdd e',
    'CONTROL_CHARACTER 500: U+001F > ',
    'ENCODING_BYTES 500: D800 > ⟦D800⟧',
    'CONTROL_CHARACTER 500: U+0000 > ',
  ])
})

test('line ends and tabs that stand in strings as they are do not reject the record', () => {
  const [fields] = read('[{"500":{"ind1":" ","ind2":" ","subfields":[{"a":"one\n  two\tthree"}]}}]')
  assert.deepEqual(fields, ['500  $aone two three'])
})

test('a missing leader, indicator, tag or code is filled and named', () => {
  const decoded = decode(
    '{"fields":[{"24":{"subfields":[{"":"x"}]}},{"FMT":"BK"},{"003":{"ind1":" ","ind2":" ","subfields":[{"a":"OCoLC"}]}}]}',
  )
  assert.ok(decoded.ok)
  assert.equal(decoded.record.leader, leader)
  assert.deepEqual(decoded.record.fields.map(packField), ['24?  \x1fax', 'FMT  \x1faBK', '003OCoLC'])
  assert.deepEqual(
    decoded.repairs.map(({ code }) => code),
    [
      'TAG',
      'INDICATORS',
      'INDICATORS',
      'TEXT_BEFORE_SUBFIELD',
      'LEADER_FILLED',
      'SUBFIELD_CODE',
      'SUBFIELD_CODE',
    ],
  )
})

test('what is no JSON is refused with the place where it broke', () => {
  const cases: readonly (readonly [json: string, what: string])[] = [
    ['{"leader":"x"\n,"fields":[}', 'line 2, column 12 of the record: } stands where a value belongs'],
    ['{"leader":"x" "fields":[]}', 'line 1, column 15 of the record: " stands where a comma or } belongs'],
    ['{"leader":"x","fields":[{"001":"\\x"}]}', 'line 1, column 33 of the record: \\x is no escape of JSON'],
    ['{"leader":"x","fields":[{"001":01}]}', '0 stands where a value belongs'],
    ['{"leader":"x","fields":[],}', '} stands where a key in quotes belongs'],
    ['{"leader":"x","fields', 'column 15 of the record: a string begins that does not end'],
    ['{"leader":"x","fields":[]', 'column 26 of the record: the end stands where a comma or } belongs'],
    ['{"leader":"x","fields":[]} x', 'column 28 of the record: more follows the end of the record'],
    [`{"fields":${'['.repeat(40)}`, 'values are more than 32 deep in each other'],
  ]
  for (const [json, what] of cases) {
    const said = refusal(json)
    assert.ok(said.startsWith('NOT_WELL_FORMED') && said.includes(what), said)
  }
})

test('JSON that is no record is refused with the reason', () => {
  const cases: readonly (readonly [json: string, what: string])[] = [
    ['{"leader":"x"}', 'It has no list of "fields".'],
    ['{"fields":[],"fields":[]}', 'It has "fields" more than once.'],
    ['{"fields":["x"]}', 'Item 1 of "fields" is no object.'],
    ['{"fields":[{"245":["x"]}]}', 'Field 245 has no text and no subfields as MARC-in-JSON has them.'],
    ['{"fields":[{"245":{"subfields":["x"]}}]}', 'Field 245 has no text'],
    ['{"fields":[{"245":{"subfields":[{"a":{}}]}}]}', 'Field 245 has no text'],
  ]
  for (const [json, what] of cases) {
    const said = refusal(json)
    assert.ok(said.startsWith('NOT_A_RECORD') && said.includes(what), said)
  }
})

test('bytes that are no UTF-8 are read as what they are', () => {
  const json = `{"leader":"${leader}","fields":[{"001":"Caf\xe9 M\xfcller"}]}`
  const decoded = decode(Uint8Array.from(json, (character) => character.charCodeAt(0)))
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.record.fields, [{ tag: '001', value: 'Café Müller' }])
  assert.equal(decoded.repairs[0]?.code, 'ENCODING_LATIN1')
})
