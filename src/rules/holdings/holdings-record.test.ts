import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataField, MarcRecord, Subfield } from '../../marc/record.ts'
import { formatField } from '../field-text.ts'
import {
  type CallNumberRow,
  findCallNumber,
  schemeOf,
  shippedCallNumberMapping,
} from './call-number-mapping.ts'
import { newHoldingsRecord, numberedHoldings, readHoldings, withCallNumber } from './holdings-record.ts'

const field = (tag: string, ind1: string, ...subfields: readonly string[]): DataField => ({
  tag,
  ind1,
  ind2: ' ',
  subfields: subfields.map((text): Subfield => ({ code: text.charAt(0), value: text.slice(1) })),
})
const bib = (...fields: readonly DataField[]): MarcRecord => ({ leader: '00000nam a2200000 i 4500', fields })
const holdings = (...fields: readonly DataField[]): MarcRecord => ({
  leader: '00000nx  a22000001n 4500',
  fields,
})
const text = (subfields: readonly Subfield[] | null) =>
  subfields?.map(({ code, value }) => `$${code} ${value}`).join(' ') ?? null
const shipped = shippedCallNumberMapping

test('the first row of the table that is of the scheme and whose field the bib has gives the call number', () => {
  const both = bib(field('050', '0', 'aPR4034', 'b.E5 1816'), field('090', ' ', 'aPR4034.E5', 'bM3'))
  assert.equal(text(findCallNumber(both, '0', undefined, shipped)), '$h PR4034.E5 $i M3')
  const agency = bib(field('050', '0', 'aPR4034', 'b.E5 1816'))
  assert.equal(text(findCallNumber(agency, '0', undefined, shipped)), '$h PR4034 $i .E5 1816')
  assert.equal(findCallNumber(agency, '1', undefined, shipped), null)
  assert.equal(findCallNumber(bib(field('090', ' ', 'a ')), '0', undefined, shipped), null)
})

test('a Dewey number loses the marks of where it may be cut, and 086 counts where it says SuDoc', () => {
  const found = findCallNumber(bib(field('082', '0', 'a823/.7', '222')), '1', undefined, shipped)
  assert.equal(text(found), '$h 823.7')
  const documents = bib(field('086', '1', 'aCA1 BT'), field('086', '0', 'aY 4.J 89/1:'))
  assert.equal(text(findCallNumber(documents, '3', undefined, shipped)), '$h Y 4.J 89/1:')
})

test('scheme 7 is told by its source', () => {
  const row = (source: string, tag: string): CallNumberRow => ({
    scheme: '7',
    source,
    field: tag,
    subfields: [{ from: 'a', to: 'h' }],
  })
  const table = [row('udc', '080'), row('bcl', '084')]
  const described = bib(field('080', ' ', 'a82-31'), field('084', ' ', 'aXY'))
  assert.equal(text(findCallNumber(described, '7', 'bcl', table)), '$h XY')
  assert.equal(findCallNumber(described, '7', undefined, table), null)
})

test('the scheme of new holdings is that of the first row that gives the bib a number', () => {
  assert.equal(schemeOf(bib(field('082', '0', 'a823.7')), shipped), '1')
  assert.equal(schemeOf(bib(), shipped), null)
})

test('a new holdings record has the leader and the 008 that MARC holdings have', () => {
  const place = { library: 'MAIN', location: 'STACKS', scheme: '0', entered: '261101' } as const
  for (const isSerial of [false, true]) {
    const { leader, fields } = newHoldingsRecord({ ...place, isSerial })
    assert.equal(leader.length, 24)
    assert.equal(leader.charAt(6), isSerial ? 'y' : 'x')
    const [fixed] = fields
    assert.equal(fixed && 'value' in fixed && fixed.value.length, 32)
    const facts = readHoldings({ leader, fields })
    assert.deepEqual('library' in facts && [facts.library, facts.location, facts.callNumber], [
      'MAIN',
      'STACKS',
      '',
    ])
  }
})

test('a call number is shown with prefix and suffix, and sorted without its prefix', () => {
  const shelved = (...subfields: readonly string[]) => {
    const facts = readHoldings(holdings(field('852', '0', 'bMAIN', 'cSTACKS', ...subfields)))
    return 'message' in facts ? facts.message : facts
  }
  const one = shelved('kOversize', 'hPR4034', 'i.E5', 'mv.2')
  const other = shelved('hPR4034', 'i.E5', 'mv.2')
  assert.ok(typeof one === 'object' && typeof other === 'object')
  assert.equal(one.callNumber, 'Oversize PR4034 .E5 v.2')
  assert.equal(one.callNumberSort, other.callNumberSort)
})

test('update from bibliographic changes the number alone', () => {
  const before = holdings(
    field('852', '0', 'bMAIN', 'cSTACKS', 'kOversize', 'hOLD', 'iOLD', 'mc.2', 'xpaid'),
    field('866', ' ', 'av.1-3'),
  )
  const after = withCallNumber(before, [{ code: 'h', value: 'PR4034' }])
  assert.deepEqual(after.fields.map(formatField), [
    '852 0# $b MAIN $c STACKS $k Oversize $h PR4034 $m c.2 $x paid',
    '866 ## $a v.1-3',
  ])
})

test('a record is that of holdings only with one 852 that says where they are', () => {
  const problem = (record: MarcRecord) => {
    const facts = readHoldings(record)
    return 'message' in facts ? facts.message : null
  }
  const place = field('852', '0', 'bMAIN', 'cSTACKS')
  assert.equal(problem(holdings(place)), null)
  assert.match(problem(bib(place)) ?? '', /none of holdings/)
  assert.match(problem({ leader: '', fields: [place] }) ?? '', /none of holdings/)
  assert.match(problem(holdings()) ?? '', /no 852/)
  assert.match(problem(holdings(place, place)) ?? '', /more than one 852/)
  assert.match(problem(holdings(field('852', '0', 'bMAIN'))) ?? '', /no location/)
  assert.match(problem(holdings(field('852', 'x', 'bMAIN', 'cSTACKS'))) ?? '', /no shelving scheme/)
})

test('what a record cannot hold is refused with the field that it is in', () => {
  const place = field('852', '0', 'bMAIN', 'cSTACKS')
  const unsound = [
    field('8661', ' ', 'a'),
    field('866', '12', 'a'),
    field('866', ' ', 'ax\x1ey'),
    field('866', ' ', 'a\ud800'),
    { ...field('866', ' '), subfields: [{ code: '', value: 'x' }] },
    { tag: '866', value: 'no subfields' },
    field('004', ' ', 'a'),
  ]
  for (const one of unsound) {
    const facts = readHoldings(holdings(place, one as DataField))
    assert.match('message' in facts ? facts.message : '', /none that a record can hold/)
  }
})

test('001, 004 and 005 are ours, whatever the record came with', () => {
  const came = { ...holdings(field('852', '0', 'bMAIN', 'cSTACKS')) }
  const record = numberedHoldings(
    { ...came, fields: [{ tag: '001', value: 'x' }, { tag: '003', value: 'y' }, ...came.fields] },
    { holdingsId: '22100', mmsId: '99100', stamp: '20261101000000.0' },
  )
  assert.deepEqual(
    record.fields.slice(0, 3).map((one) => ('value' in one ? `${one.tag} ${one.value}` : one.tag)),
    ['001 22100', '004 99100', '005 20261101000000.0'],
  )
  assert.equal(record.fields.length, 4)
})
