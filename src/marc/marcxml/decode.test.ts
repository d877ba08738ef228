import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMarc, repairsOf } from '../../../test/read-marc.ts'
import type { Decoded } from '../frame.ts'
import { decodeMarcxml } from './decode.ts'

const leader = '<leader>00000nam a2200000 a 4500</leader>'
const title = '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Emma</subfield></datafield>'

/** The only record of a file: its fields, a line each, and its repairs. */
async function read(
  file: string | Uint8Array,
): Promise<{ readonly fields: readonly string[]; readonly repairs: readonly string[] }> {
  const { decoded } = await readMarc(file)
  const [only] = decoded
  assert.ok(only?.ok, only && !only.ok ? only.rejected.message : 'no record')
  const fields = only.record.fields.map((field) =>
    'subfields' in field
      ? `${field.tag} ${field.ind1}${field.ind2}${field.subfields.map(({ code, value }) => `$${code}${value}`).join('')}`
      : `${field.tag} ${field.value}`,
  )
  return { fields, repairs: repairsOf(only) }
}

async function refusal(file: string | Uint8Array) {
  const [only]: readonly (Decoded | undefined)[] = (await readMarc(file)).decoded
  assert.ok(only && !only.ok)
  return only.rejected
}

const fields = (content: string) => read(`<record>${leader}${content}</record>`)

test('values are kept to the blank, in control fields and in subfields', async () => {
  const { fields: found } = await fields(
    '<controlfield tag="008">  a b  </controlfield><datafield tag="245" ind1=" " ind2="4"><subfield code="a"> The  end </subfield><subfield code="b"/></datafield>',
  )
  assert.deepEqual(found, ['008   a b  ', '245  4$a The  end $b'])
})

test('the five entities of XML and references to characters are read', async () => {
  const read = await fields(
    '<controlfield tag="001">&amp;&lt;&gt;&quot;&apos;&#233;&#xE9;&#x1F600;</controlfield>',
  )
  assert.deepEqual(read, { fields: ['001 &<>"\'éé😀'], repairs: [] })
})

test('any other entity rejects the record with its place and what to write', async () => {
  const { code, message } = await refusal(
    `<record>${leader}\n<controlfield tag="001">&eacute;</controlfield></record>`,
  )
  assert.equal(code, 'NOT_WELL_FORMED')
  assert.match(
    message,
    /line 2, column \d+ of the record: .*&eacute; is no entity of XML itself: write the character/,
  )
})

test('an ampersand by itself is found, though the parser trips over something later', async () => {
  const { message } = await refusal(`<record>${leader}<controlfield tag="001">AT&T</controlfield></record>`)
  assert.match(message, /An & stands alone at line 1, column 76: write &amp;/)
})

test('what is not closed rejects its record and no other', async () => {
  const broken = `<record>${leader}<controlfield tag="001">0</record>`
  const { decoded } = await readMarc(`<c>${broken}<record>${leader}${title}</record></c>`)
  assert.deepEqual(
    decoded.map((each) => (each.ok ? 'read' : each.rejected.code)),
    ['NOT_WELL_FORMED', 'read'],
  )
})

test('a DOCTYPE inside of a record is not well formed', async () => {
  assert.equal((await refusal(`<record>${leader}${title}<!DOCTYPE a []></record>`)).code, 'NOT_WELL_FORMED')
})

test('elements that are not MARCXML, text outside of fields and a second leader reject the record', async () => {
  const cases = {
    '<subfields> stands where MARCXML has no such element':
      '<datafield tag="245" ind1=" " ind2=" "><subfields code="a">x</subfields></datafield>',
    '<subfield> stands where MARCXML has no such element': '<subfield code="a">x</subfield>',
    'The text “lost” stands outside of any field': `${title}lost`,
    'A second <leader> stands': leader,
  }
  for (const [what, content] of Object.entries(cases)) {
    const { code, message } = await refusal(`<record>${leader}${content}</record>`)
    assert.equal(code, 'NOT_A_RECORD')
    assert.ok(message.startsWith(what), message)
  }
})

test('a record without fields says so', async () => {
  for (const file of ['<record/>', '<record></record>', `<record>${leader}</record>`])
    assert.equal((await refusal(file)).code, 'NO_FIELDS')
})

test('control characters are taken out however they are written', async () => {
  const read = await fields(
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">a&#x1F;b\u0001c&#0;d</subfield></datafield>',
  )
  assert.deepEqual(read.fields, ['245 10$aabcd'])
  assert.deepEqual(read.repairs, [
    'CONTROL_CHARACTER 245: U+001F > ',
    'CONTROL_CHARACTER 245: U+0001 U+0000 > ',
  ])
})

test('references to surrogates are the character of the pair, or a chip', async () => {
  const read = await fields(
    '<controlfield tag="001">&#xD83D;&#xDE00; &#xD800;&#xE9; &#x110000;</controlfield>',
  )
  assert.deepEqual(read.fields, ['001 😀 ⟦D800⟧é &#x110000;'])
  assert.deepEqual(
    read.repairs[0],
    'CHARACTER_REFERENCE: &#xD83D; &#xD800; &#x110000; > 😀 ⟦D800⟧ &amp;#x110000;',
  )
})

test('in CDATA nothing is a reference', async () => {
  const { fields: found } = await fields('<controlfield tag="001"><![CDATA[&#0;<&amp;]]>&#0;</controlfield>')
  assert.deepEqual(found, ['001 &#0;<&amp;'])
})

test('line ends in a value are the layout of the file', async () => {
  const read = await fields(
    '<datafield tag="245" ind1="1" ind2="0">\n  <subfield code="a">\n    Emma\n    again  and\n  </subfield>\n</datafield>',
  )
  assert.deepEqual(read, {
    fields: ['245 10$aEmma again  and'],
    repairs: ['LINE_ENDS_INSIDE 245: ¶    Emma¶    again  and¶   > Emma again  and'],
  })
})

test('a leader is filled where it is missing, and where its blanks fell away', async () => {
  const { decoded } = await readMarc(
    [
      '',
      '<leader>nam a22002293u 4500</leader>',
      '<leader>01201nam 2200253 a 4500</leader>',
      '<leader>     nam a22002293u 4500 </leader>',
      '<leader>00733cam\u00a0a2200265\u00a0a 4500</leader>',
    ]
      .map((each) => `<record>${each}${title}</record>`)
      .join(''),
  )
  assert.deepEqual(
    decoded.map((each) => [each.ok ? each.record.leader : '', each.repairs[0]?.code]),
    [
      ['00000nam a2200000 a 4500', 'LEADER_FILLED'],
      ['00000nam a22002293u 4500', 'LEADER_LENGTH'],
      ['01201nam a2200253 a 4500', 'LEADER_LENGTH'],
      ['     nam a22002293u 4500', 'LEADER_LENGTH'],
      ['00733cam a2200265 a 4500', 'LEADER_FILLED'],
    ],
  )
})

test('attributes that are missing or too long are mended and named', async () => {
  const read = await fields(
    '<controlfield>x</controlfield><datafield tag="24" ind1="" ind2="10"><subfield>no code</subfield><subfield code="bc">long</subfield></datafield>',
  )
  assert.deepEqual(read.fields, ['???   $ax', '24?  1$ano code$blong'])
  assert.deepEqual(read.repairs, [
    'TAG ???: none > ???',
    'TEXT_BEFORE_SUBFIELD ???: x > $a x',
    'TAG 24?: 24 > 24?',
    'INDICATORS 24?:  >  ',
    'INDICATORS 24?: 10 > 1',
    'SUBFIELD_CODE 24?: bc > b',
    'SUBFIELD_CODE 24?: $ no code > $a no code',
  ])
})

test('data in a field of the other kind stays data', async () => {
  const read = await fields(
    '<controlfield tag="FMT">BK</controlfield><datafield tag="003" ind1=" " ind2=" "><subfield code="a">OCoLC</subfield></datafield><datafield tag="500" ind1=" " ind2=" ">bare <subfield code="b">x</subfield></datafield>',
  )
  assert.deepEqual(read.fields, ['FMT   $aBK', '003 OCoLC', '500   $abare$bx'])
  assert.deepEqual(
    read.repairs.map((each) => each.split(':')[0]),
    ['TEXT_BEFORE_SUBFIELD FMT', 'TEXT_BEFORE_SUBFIELD 500', 'SUBFIELD_CODE 003'],
  )
})

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const inFile = (declared: string, value: string) =>
  `<?xml version="1.0" encoding="${declared}"?><c><record>${leader}<controlfield tag="001">${value}</controlfield></record></c>`

test('Latin-1 that is declared is followed where the bytes are no UTF-8, any other encoding refused', async () => {
  assert.deepEqual(await read(latin1(inFile('ISO-8859-1', 'Caf\xe9 \x96 M\xfcller'))), {
    fields: ['001 Café – Müller'],
    repairs: [],
  })
  const { code, message } = await refusal(latin1(inFile('windows-1251', '\xcc\xee\xf1\xea\xe2\xe0')))
  assert.equal(code, 'NOT_WELL_FORMED')
  assert.match(message, /says that it is in windows-1251, which is not read here\. Convert it to UTF-8/)
})

test('sound UTF-8 is UTF-8, whatever is declared', async () => {
  assert.deepEqual(await read(inFile('UTF-16', 'Café')), { fields: ['001 Café'], repairs: [] })
  assert.deepEqual(await read(inFile('iso-8859-1', 'Café')), {
    fields: ['001 Café'],
    repairs: ['ENCODING_LABEL: iso-8859-1 > utf-8'],
  })
})

test('bytes that are neither UTF-8 nor declared are Windows-1252, chips, or refused', async () => {
  const cp1252 = await read(latin1(inFile('UTF-8', 'Caf\xe9 M\xfcller')))
  assert.deepEqual(cp1252.fields, ['001 Café Müller'])
  assert.match(cp1252.repairs[0] ?? '', /^ENCODING_LATIN1/)
  const damaged = await read(latin1(inFile('UTF-8', '\xc3\xa9 \xe6\x97\xa5 \xe9')))
  assert.deepEqual(damaged, { fields: ['001 é 日 ⟦E9⟧'], repairs: ['ENCODING_BYTES: E9 > ⟦E9⟧'] })
  const marc8 = await refusal(latin1(inFile('UTF-8', 'Caf\xe2e Dvo\xe9r\xe2ak')))
  assert.match(marc8.message, /look like MARC-8/)
})

test('the limits for fields hold', () => {
  const limits = { record: 100_000, field: 100, fields: 3 }
  const decode = (content: string) => {
    const bytes = new TextEncoder().encode(`<record>${leader}${content}</record>`)
    const decoded = decodeMarcxml(
      { kind: 'record', position: 1, offset: 0, bytes, repairs: [] },
      'repair',
      limits,
    )
    return decoded.ok ? 'read' : decoded.rejected.code
  }
  assert.equal(decode(title.repeat(3)), 'read')
  assert.equal(decode(title.repeat(4)), 'TOO_MANY_FIELDS')
  assert.equal(decode(`<controlfield tag="001">${'x'.repeat(101)}</controlfield>`), 'FIELD_TOO_LARGE')
})
