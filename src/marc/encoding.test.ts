import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { takeControls } from './control-characters.ts'
import type { FieldBytes, Reading } from './encoding.ts'
import { decodeFields } from './encoding.ts'
import { encodeMarc8 } from './marc8/encode.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

type Tagged = readonly [tag: string, bytes: Uint8Array]

const decode = (fields: readonly Tagged[], leader09 = ' ', reading: Reading = 'repair') =>
  decodeFields(
    fields.map(([tag, bytes]): FieldBytes => ({ tag, bytes })),
    leader09,
    reading,
  )

const codes = (fields: readonly Tagged[], leader09 = ' '): string[] =>
  decode(fields, leader09).repairs.map((repair) => repair.code)

test('ASCII alone is ASCII under either label, without a repair', () => {
  for (const leader09 of ['a', ' ']) {
    const read = decode([['245', latin1('10\x1faTitle & more')]], leader09)
    assert.deepEqual(read, { texts: ['10\x1faTitle & more'], encoding: 'ascii', repairs: [] })
  }
})

test('sound records in the encoding that they claim need no repair', () => {
  const marc8 = decode([['245', latin1('10\x1faCaf\xe2e')]], ' ')
  assert.deepEqual(marc8, { texts: ['10\x1faCafé'], encoding: 'marc-8', repairs: [] })
  const unicode = decode([['245', utf8('10\x1faCafé 日本 𝔸')]], 'a')
  assert.deepEqual(unicode, { texts: ['10\x1faCafé 日本 𝔸'], encoding: 'utf-8', repairs: [] })
})

test('UTF-8 stays as it came, composed or not', () => {
  assert.deepEqual(decode([['245', utf8('Cafe\u0301 \ufeff')]], 'a').texts, ['Cafe\u0301 \ufeff'])
})

test('UTF-8 under the MARC-8 label is UTF-8, said once a record', () => {
  const read = decode([
    ['245', utf8('10\x1faCafé')],
    ['500', utf8('  \x1faÉtudes')],
  ])
  assert.deepEqual(read.texts, ['10\x1faCafé', '  \x1faÉtudes'])
  assert.deepEqual(read.repairs, [
    { code: 'ENCODING_LABEL', field: 'leader', before: 'marc-8', after: 'utf-8' },
  ])
})

test('MARC-8 under the UTF-8 label is MARC-8', () => {
  const read = decode([['245', encodeMarc8('10\x1faDvořák, Antonín, Čajkovskij')]], 'a')
  assert.deepEqual(read.texts, ['10\x1faDvořák, Antonín, Čajkovskij'])
  assert.deepEqual(read.repairs, [
    { code: 'ENCODING_LABEL', field: 'leader', before: 'utf-8', after: 'marc-8' },
  ])
})

test('an escape sequence makes a field of ASCII bytes MARC-8 under either label', () => {
  for (const leader09 of ['a', ' ']) {
    assert.deepEqual(decode([['880', encodeMarc8('1 \x1faМосква')]], leader09).texts, ['1 \x1faМосква'])
  }
})

test('CP1252 is told from MARC-8 by the company of its letters, and reported field by field', () => {
  for (const leader09 of ['a', ' ']) {
    const read = decode(
      [
        ['245', latin1('10\x1faDas M\xe4rchen f\xfcr Gr\xf6\xdfere')],
        ['500', latin1('  \x1faCaf\xe9 \x93du monde\x94 \x97 1998')],
      ],
      leader09,
    )
    assert.deepEqual(read.texts, ['10\x1faDas Märchen für Größere', '  \x1faCafé “du monde” — 1998'])
    assert.equal(read.encoding, 'cp1252')
    const latin = read.repairs.filter((repair) => repair.code === 'ENCODING_LATIN1')
    assert.deepEqual(latin[1], {
      code: 'ENCODING_LATIN1',
      field: '500',
      before: '  $aCaf⟦E9⟧ ⟦93⟧du monde⟦94⟧ ⟦97⟧ 1998',
      after: '  $aCafé “du monde” — 1998',
    })
  }
})

test('fields of one record in different encodings are each read in their own', () => {
  const read = decode(
    [
      ['245', utf8('10\x1faLe café')],
      ['650', latin1(' 0\x1faM\xfcller, G\xfcnter')],
      ['650', encodeMarc8(' 0\x1faМосква')],
      ['650', encodeMarc8(' 0\x1faGarcía Márquez, José')],
    ],
    'a',
  )
  assert.deepEqual(read.texts, [
    '10\x1faLe café',
    ' 0\x1faMüller, Günter',
    ' 0\x1faМосква',
    ' 0\x1faGarcía Márquez, José',
  ])
  assert.equal(read.encoding, 'mixed')
  assert.deepEqual(
    read.repairs.find((repair) => repair.code === 'ENCODING_MIXED'),
    {
      code: 'ENCODING_MIXED',
      before: 'utf-8',
      after: 'utf-8: 245; cp1252: 650; marc-8: 650#2 650#3',
    },
  )
})

test('a field that could be either follows its record', () => {
  const either: Tagged = ['700', latin1('1 \x1faP\xe9rez')]
  const cp1252 = decode([['245', latin1('00\x1faA\xf1o de la canci\xf3n espa\xf1ola')], either], 'a')
  assert.equal(cp1252.texts[1], '1 \x1faPérez')
  const marc8 = decode([['245', encodeMarc8('00\x1faPříliš žluťoučký kůň')], either], 'a')
  assert.equal(marc8.texts[1], '1 \x1faPřez')
})

test('a few broken bytes in UTF-8 become chips and leave the rest alone', () => {
  const bytes = new Uint8Array([...utf8('  \x1faČajkovskij a Dvořák '), 0xc3, 0x28, ...utf8(' é')])
  const read = decode([['500', bytes]], 'a')
  assert.deepEqual(read.texts, ['  \x1faČajkovskij a Dvořák ⟦C3⟧( é'])
  assert.deepEqual(read.repairs, [{ code: 'ENCODING_BYTES', field: '500', before: 'C3', after: '⟦C3⟧' }])
})

test('surrogates and overlong forms are no UTF-8', () => {
  const bytes = new Uint8Array([...utf8('日本語 '), 0xed, 0xa0, 0x80, 0xc0, 0xaf, ...utf8(' 日本語')])
  assert.deepEqual(decode([['500', bytes]], 'a').texts, ['日本語 ⟦ED⟧⟦A0⟧⟦80⟧⟦C0⟧⟦AF⟧ 日本語'])
})

test('double-encoded UTF-8 is proposed, and applied by the lossy reading alone', () => {
  const doubled = utf8('10\x1faCafÃ© â€œdu mondeâ€\u009d')
  for (const reading of ['strict', 'repair', 'lossy'] as const) {
    const read = decode([['245', doubled]], 'a', reading)
    assert.equal(
      read.texts[0],
      reading === 'lossy' ? '10\x1faCafé “du monde”' : '10\x1faCafÃ© â€œdu mondeâ€\u009d',
    )
    assert.equal(read.repairs[0]?.code, 'ENCODING_DOUBLE')
    assert.equal(read.repairs[0]?.after, '10$aCafé “du monde”')
  }
})

test('entities are proposed in every encoding, and applied by the lossy reading alone', () => {
  const fields: Tagged[] = [
    ['245', latin1('10\x1faSmith &amp; Sons &#233;')],
    ['500', latin1('  \x1faCaf\xe2e &quot;Z&quot;')],
  ]
  const read = decode(fields, ' ')
  assert.deepEqual(read.texts, ['10\x1faSmith &amp; Sons &#233;', '  \x1faCafé &quot;Z&quot;'])
  assert.deepEqual(read.repairs, [
    { code: 'CHARACTER_ENTITY', field: '245', before: '&amp; &#233;', after: '& é' },
    { code: 'CHARACTER_ENTITY', field: '500', before: '&quot; &quot;', after: '" "' },
  ])
  assert.deepEqual(decode(fields, ' ', 'lossy').texts, ['10\x1faSmith & Sons é', '  \x1faCafé "Z"'])
})

test('numeric character references are resolved in MARC-8, in fields of ASCII too, and kept in UTF-8', () => {
  const reference: Tagged = ['500', latin1('  \x1fa1998&#x2014;2001')]
  assert.deepEqual(decode([reference], ' ').texts, ['  \x1fa1998—2001'])
  assert.deepEqual(codes([reference], ' '), ['CHARACTER_REFERENCE'])
  assert.deepEqual(decode([reference], 'a').texts, ['  \x1fa1998&#x2014;2001'])
  assert.deepEqual(decode([reference, ['245', utf8('é')]], ' ').texts[0], '  \x1fa1998&#x2014;2001')
})

test('escape sequences that a conversion to UTF-8 left behind mean what they meant', () => {
  const read = decode([['255', utf8('  \x1fcW 85\x1bp0\x1bs26ʹ')]], 'a')
  assert.deepEqual(read.texts, ['  \x1fcW 85⁰26ʹ'])
  assert.deepEqual(read.repairs, [
    { code: 'ESCAPE_SEQUENCE', field: '255', before: 'ESC p0ESC s26', after: '⁰26' },
  ])
})

test('control characters are taken out of every encoding and named', () => {
  for (const bytes of [latin1('a\0b\tc\x7f'), utf8('a\0b\tc\x7fé'), latin1('a\0b\tc\x7f\xe2e')]) {
    const read = decode([['500', bytes]], 'a')
    assert.match(read.texts[0] as string, /^ab cé?$/)
    const control = read.repairs.find((repair) => repair.code === 'CONTROL_CHARACTER')
    assert.equal(control?.before, 'U+0000 U+0009 U+007F')
  }
})

test('a repair names the field by tag and occurrence', () => {
  const fields: Tagged[] = [
    ['650', latin1('a')],
    ['650', latin1('b\0')],
    ['650', latin1('c\0')],
  ]
  assert.deepEqual(
    decode(fields).repairs.map((repair) => repair.field),
    ['650#2', '650#3'],
  )
})

test('texts in UTF-8 come back unchanged under either label', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((each) => takeControls(each).text)
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.constantFrom('a', ' '), (texts, leader09) => {
      fc.pre(leader09 === 'a' || !texts.some((each) => each.includes('&#x')))
      const read = decode(
        texts.map((each) => ['500', utf8(each)] as const),
        leader09,
      )
      assert.deepEqual(read.texts, texts)
    }),
    { numRuns: 1000 },
  )
})

test('no bytes make it fail, and every text is well formed and free of control characters', () => {
  const fields = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 })
  fc.assert(
    fc.property(
      fields,
      fc.constantFrom('a', ' ', '#'),
      fc.constantFrom('strict', 'repair', 'lossy'),
      (all, leader09, reading) => {
        const read = decode(
          all.map((each) => ['500', each] as const),
          leader09,
          reading,
        )
        assert.equal(read.texts.length, all.length)
        for (const each of read.texts) {
          assert.ok(each.isWellFormed())
          assert.deepEqual(takeControls(each).controls, [])
        }
      },
    ),
    { numRuns: 2000 },
  )
})
