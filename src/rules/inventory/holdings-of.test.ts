import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataField, MarcRecord } from '../../marc/record.ts'
import { shippedCallNumberMapping } from '../holdings/call-number-mapping.ts'
import { readHoldings } from '../holdings/holdings-record.ts'
import { holdingsOf } from './holdings-of.ts'
import type { PhysicalSettings } from './inventory-settings.ts'

const settings: PhysicalSettings = {
  make: 'holdings',
  policy: 'basic',
  library: { default: 'MAIN' },
  location: { default: 'STACKS' },
  bibCallNumber: 'on-new',
}

const bib: MarcRecord = {
  leader: '00000nam a2200000 i 4500',
  fields: [{ tag: '050', ind1: ' ', ind2: '0', subfields: [{ code: 'a', value: 'PR4034' }] }],
}

const own852: DataField = { tag: '852', ind1: '1', ind2: ' ', subfields: [{ code: 'h', value: '823.7' }] }

const made = (
  callNumber: string | null,
  fields: readonly DataField[],
  more: Partial<PhysicalSettings> = {},
) => {
  const place = { library: 'MAIN', location: 'STACKS' }
  const wanted = { ...place, callNumber, fields, item: null }
  const record = holdingsOf(
    { ...place, holdingsId: '22', mmsId: '99', position: 1, wanted },
    {
      settings: { ...settings, ...more },
      callNumberType: null,
      bib,
      table: shippedCallNumberMapping,
      entered: '261101',
    },
  )
  const facts = readHoldings(record)
  return 'message' in facts ? facts.message : `${facts.scheme} ${facts.callNumber}`
}

test('the call number is that of the profile, else that of the 852 of the record, else that of the bib', () => {
  assert.equal(made('X 1', [own852], { callNumberType: '8' }), '8 X 1')
  assert.equal(made(null, [own852]), '1 823.7')
  assert.equal(made(null, []), '0 PR4034')
})

test('holdings do not take the number of the bib where the profile says never', () => {
  assert.equal(made(null, [], { bibCallNumber: 'never' }), '0 ')
})
