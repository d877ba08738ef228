import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataField, MarcRecord } from '../../marc/record.ts'
import type { ElectronicSettings, InventorySettings, PhysicalSettings } from './inventory-settings.ts'
import { readWanted, withoutInventory } from './wanted.ts'

const field = (tag: string, ind2: string, ...subfields: readonly string[]): DataField => ({
  tag,
  ind1: ' ',
  ind2,
  subfields: subfields.map((text) => ({ code: text.slice(0, 1), value: text.slice(1) })),
})

const recordOf = (...fields: readonly DataField[]): MarcRecord => ({
  leader: '00000nam a2200000 i 4500',
  fields,
})

const basic: PhysicalSettings = {
  make: 'holdings-and-items',
  policy: 'basic',
  library: { field: '852', subfield: 'b', default: 'MAIN' },
  location: { field: '852', subfield: 'c', default: 'STACKS' },
  bibCallNumber: 'never',
}

const access: ElectronicSettings = {
  portfolios: 'each',
  url: { field: '856', subfield: 'u' },
  skipIndicators: ['2', '#'],
  activate: false,
}

const physical = (record: MarcRecord, settings: Partial<PhysicalSettings>) =>
  readWanted(record, 'print', { operations: 'physical', physical: { ...basic, ...settings } })?.physical ?? []

test('a value is that of the field by the table of the profile, whatever its case, and else the default', () => {
  const library = { field: '949', subfield: 'l', map: { 'Sci Lib': 'SCIENCE' }, default: 'MAIN' }
  const of = (value: string) => physical(recordOf(field('949', ' ', `l${value}`)), { library })[0]?.library
  assert.deepEqual([of(' SCI lib '), of('LAW'), of('  ')], ['SCIENCE', 'LAW', 'MAIN'])
})

test('the first row of places that fits gives the place, by library, location or both', () => {
  const places = [
    { from: { library: 'v', location: 'ref' }, library: 'MAIN', location: 'REF' },
    { from: { library: 'v' }, library: 'MAIN', location: 'STACKS' },
  ]
  const of = (library: string, location: string) => {
    const [piece] = physical(recordOf(field('852', ' ', `b${library}`, `c${location}`)), { places })
    return `${piece?.library} ${piece?.location}`
  }
  assert.deepEqual([of('V', 'REF'), of('V', 'new'), of('w', 'ref')], ['MAIN REF', 'MAIN STACKS', 'w ref'])
})

test('by the basic policy one set of values is that of a number of items, and the barcode of the first', () => {
  const item = { barcode: { field: '949', subfield: 'b' } }
  const of = (copies: string) =>
    physical(recordOf(field('949', ' ', 'bB1', `n${copies}`)), {
      item,
      number: { field: '949', subfield: 'n' },
    }).map((piece) => piece.item?.barcode)
  assert.deepEqual([of('3'), of('0'), of('many')], [['B1', null, null], [], ['B1']])
})

test('by the advanced policy a value of a field that an item lacks is not taken from another item', () => {
  const record = recordOf(
    field('949', ' ', 'bB1', 'nfirst'),
    field('949', ' ', 'bB2'),
    field('500', ' ', 'aGift'),
  )
  const pieces = physical(record, {
    policy: 'advanced',
    itemField: '949',
    item: {
      barcode: { field: '949', subfield: 'b' },
      publicNote: { field: '949', subfield: 'n' },
      internalNote: { field: '500', subfield: 'a' },
    },
  })
  assert.deepEqual(
    pieces.map(({ item }) => [item?.barcode, item?.publicNote, item?.internalNote]),
    [
      ['B1', 'first', 'Gift'],
      ['B2', null, 'Gift'],
    ],
  )
})

test('levels of enumeration end with the last that is there', () => {
  const enumeration = ['a', 'b', 'c'].map((subfield) => ({ field: '949', subfield }))
  const [piece] = physical(recordOf(field('949', ' ', 'a3', 'c7')), { enumeration })
  const [short] = physical(recordOf(field('949', ' ', 'a3')), { enumeration })
  assert.deepEqual([piece?.item?.enumeration, short?.item?.enumeration], [['3', '', '7'], ['3']])
})

test('fields of the record become fields of holdings; 852 comes without its place', () => {
  const [piece] = physical(
    recordOf(field('852', ' ', 'bX', 'cY', 'hPR1', 'zFragile'), field('866', ' ', 'av.1')),
    {
      holdingsFields: [
        { from: '852', to: '852' },
        { from: '866', to: '866' },
      ],
    },
  )
  assert.deepEqual(
    piece?.fields.map(({ tag, subfields }) => [tag, subfields.map(({ code }) => code).join('')]),
    [
      ['852', 'hz'],
      ['866', 'a'],
    ],
  )
})

test('mixed operations give an electronic record portfolios, and any other items', () => {
  const settings: InventorySettings = { operations: 'mixed', physical: basic, electronic: access }
  const record = recordOf(field('856', '0', 'uhttps://example.org'))
  const counts = (['print', 'electronic', 'other'] as const).map((carrier) => {
    const wanted = readWanted(record, carrier, settings)
    return [wanted?.physical.length, wanted?.portfolios.length]
  })
  assert.deepEqual(counts, [
    [1, 0],
    [0, 1],
    [1, 0],
  ])
})

test('URLs of fields with a skipped indicator are none of the resource; one portfolio is the first of the rest', () => {
  const record = recordOf(
    field('856', '2', 'uhttps://example.org/about'),
    field('856', ' ', 'uhttps://example.org/blank'),
    field('856', '0', 'uhttps://example.org/1', 'uhttps://example.org/2'),
    field('856', '1', 'u '),
  )
  const urls = (portfolios: 'each' | 'one') =>
    readWanted(record, 'electronic', {
      operations: 'electronic',
      electronic: { ...access, portfolios },
    })?.portfolios.map(({ url }) => url)
  assert.deepEqual(urls('each'), ['https://example.org/1', 'https://example.org/2'])
  assert.deepEqual(urls('one'), ['https://example.org/1'])
})

test('control characters never reach a value, and the fields that were read leave the bib', () => {
  const record = recordOf(field('949', ' ', 'lA\u0000B\n'), field('500', ' ', 'aKept'))
  assert.equal(physical(record, { library: { field: '949', subfield: 'l' } })[0]?.library, 'A B')
  const { fields } = withoutInventory(record, { operations: 'none', removeFields: ['949'] })
  assert.deepEqual(
    fields.map(({ tag }) => tag),
    ['500'],
  )
})
