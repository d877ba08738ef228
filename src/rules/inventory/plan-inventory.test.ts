import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InventoryRequest, placeKey, planInventory, type PresentInventory } from './plan-inventory.ts'
import type { WantedItem, WantedPhysical } from './wanted.ts'

const emptyItem: WantedItem = {
  barcode: null,
  policy: null,
  materialType: null,
  copyNumber: null,
  description: null,
  publicNote: null,
  fulfilmentNote: null,
  internalNote: null,
  inventoryNumber: null,
  receivedOn: null,
  enumeration: [],
  chronology: [],
}

const piece = (
  barcode: string | null,
  place = 'MAIN STACKS',
  more: Partial<WantedItem> = {},
): WantedPhysical => {
  const [library = null, location = null] = place.split(' ')
  return { library, location, callNumber: null, fields: [], item: { ...emptyItem, barcode, ...more } }
}

const nothingThere = (): PresentInventory => ({
  holdings: new Map(),
  barcodes: new Map(),
  sources: new Map(),
  portfolios: new Map(),
})

let positions = 0
const request = (mmsId: string | null, ...physical: readonly WantedPhysical[]): InventoryRequest => {
  const position = ++positions
  return { position, mmsId, wanted: { physical, portfolios: [] }, contentKey: `file:${position}` }
}

const portfolios = (mmsId: string, ...urls: readonly string[]): InventoryRequest => ({
  ...request(mmsId),
  wanted: {
    physical: [],
    portfolios: urls.map((url) => ({
      url,
      library: null,
      publicNote: null,
      internalNote: null,
      authenticationNote: null,
      materialType: null,
    })),
  },
})

function planOf(present: PresentInventory, ...requests: readonly InventoryRequest[]) {
  let given = 0
  const plan = planInventory(requests, {
    present,
    places: new Map([['MAIN', ['STACKS', 'REF']]]),
    newId: (kind) => `${kind}${++given}`,
  })
  const steps = [...plan.steps.values()].map((own) =>
    own.map(({ kind, result, code }) => [kind, result, code].filter((part) => part !== null).join(' ')),
  )
  return { ...plan, said: steps }
}

test('items at one place are in one holdings record, which is there already or is made', () => {
  const there = nothingThere()
  there.holdings.set(placeKey('99B', { library: 'MAIN', location: 'REF' }), '22old')
  const plan = planOf(there, request('99B', piece('1'), piece('2'), piece('3', 'MAIN REF')))
  assert.deepEqual(plan.said, [
    ['holdings added', 'item added', 'item added', 'holdings reused', 'item added'],
  ])
  const [first] = plan.holdings
  assert.deepEqual(
    plan.items.map(({ holdingsId }) => holdingsId),
    [first?.holdingsId, first?.holdingsId, '22old'],
  )
})

test('a later record finds the holdings that an earlier one of its batch made', () => {
  const plan = planOf(nothingThere(), request('99B', piece('1')), request('99B', piece('2')))
  assert.deepEqual(plan.said, [
    ['holdings added', 'item added'],
    ['holdings reused', 'item added'],
  ])
})

test('a barcode of an item of the bib is that item; of another bib it costs the item alone', () => {
  const there = nothingThere()
  there.barcodes.set('1', { itemId: '23a', mmsId: '99B' })
  const same = planOf(there, request('99B', piece('1')))
  assert.deepEqual(same.said, [['item known']])
  const other = planOf(there, request('99C', piece('1'), piece('2')))
  assert.deepEqual(other.said, [['item refused BARCODE_TAKEN', 'holdings added', 'item added']])
  const why = [...other.steps.values()].flat().map((step) => step.why)
  assert.deepEqual(why, ['Barcode 1 is that of an item of bib 99B.', null, null])
})

test('D35: what came from the same place of the same content is known, wherever it is now', () => {
  const there = nothingThere()
  const one = request('99B', piece(null), piece(null))
  planOf(there, one)
  assert.deepEqual(planOf(there, one).said, [['item known', 'item known']])
  assert.deepEqual(planOf(there, { ...one, contentKey: 'another' }).said, [
    ['holdings reused', 'item added', 'item added'],
  ])
})

test('a place that is none makes neither holdings nor item, and the nearest is named', () => {
  const plan = planOf(
    nothingThere(),
    request('99B', piece('1', 'main STACKS'), piece('2', 'MAIN Ref'), piece('3', 'MAIN'), piece('4', 'X Y')),
  )
  assert.deepEqual([plan.holdings, plan.items], [[], []])
  assert.deepEqual(
    [...plan.steps.values()].flat().map(({ why }) => why),
    [
      'There is no library main. Did you mean MAIN?',
      'Library MAIN has no location Ref. Did you mean REF?',
      'The record names no location, and the profile has no default.',
      'There is no library X.',
    ],
  )
})

test('a day that is none costs the date and not the item', () => {
  const days = ['20260229', '20240229', '2024-02-29', '240229', '00000101']
  const plan = planOf(
    nothingThere(),
    request('99B', ...days.map((receivedOn, at) => piece(`${at}`, 'MAIN STACKS', { receivedOn }))),
  )
  assert.deepEqual(
    plan.items.map(({ receivedOn }) => receivedOn),
    [null, '2024-02-29', '2024-02-29', null, null],
  )
  assert.equal([...plan.steps.values()].flat().filter(({ code }) => code === 'NOT_A_DATE').length, 3)
})

test('a URL that the bib has is known, and one that opens nothing is refused', () => {
  const there = nothingThere()
  const plan = planOf(
    there,
    portfolios('99B', 'https://example.org/1', 'https://example.org/1', 'data:text/html,x'),
    portfolios('99C', 'https://example.org/1'),
  )
  assert.deepEqual(plan.said, [
    ['portfolio added', 'portfolio known', 'portfolio refused NOT_A_URL'],
    ['portfolio added'],
  ])
})

test('where the bib went away in the same moment nothing is made, and it is said', () => {
  assert.deepEqual(planOf(nothingThere(), request(null, piece('1'))).said, [['item refused BIB_GONE']])
})
