import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeIso2709 } from '../marc/iso2709/encode.ts'
import { shippedProfile } from '../rules/profiles.ts'
import { prepareFrame } from './prepare-frame.ts'

const frameOf = (...tags: readonly string[]) => {
  const fields = tags.map((tag) => ({ tag, ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: 'Emma' }] }))
  const { bytes } = encodeIso2709({ leader: '00000nam a2200000 i 4500', fields })
  return { kind: 'record', position: 1, offset: 0, bytes, repairs: [] } as const
}

test('a record that brings a fault of the program to light is rejected alone, with what it was', () => {
  // Asked what it makes of a missing title, it fails; a record with a title does not come to that.
  const getOwnPropertyDescriptor = (_: object, finding: string | symbol) => {
    if (finding === 'TITLE_MISSING') throw new RangeError('out of all bounds')
    return undefined
  }
  const profile = { ...shippedProfile('repository'), validate: new Proxy({}, { getOwnPropertyDescriptor }) }
  assert.equal(prepareFrame('iso2709', frameOf('245'), profile).prepared.status, 'ready')
  const { prepared, hash, length } = prepareFrame('iso2709', frameOf('500'), profile)
  assert.ok(prepared.status === 'out' && prepared.code === 'PROGRAM_FAULT')
  assert.deepEqual(prepared.problems, ['RangeError: out of all bounds'])
  assert.match(hash, /^[0-9a-f]{32}$/)
  assert.equal(length, frameOf('500').bytes.length)
})
