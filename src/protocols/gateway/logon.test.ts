import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLogon } from './logon.ts'

test('a logon is a zone, or a zone and a person', () => {
  assert.deepEqual(parseLogon('01CARLI_NETWORK'), { zone: '01CARLI_NETWORK', person: null })
  assert.deepEqual(parseLogon('01CARLI_NETWORK/anna'), { zone: '01CARLI_NETWORK', person: 'anna' })
  assert.deepEqual(parseLogon('01CARLI_NETWORK/anna/b'), { zone: '01CARLI_NETWORK', person: 'anna/b' })
  assert.deepEqual(parseLogon('01CARLI_NETWORK/'), { zone: '01CARLI_NETWORK', person: null })
  assert.deepEqual(parseLogon(''), { zone: '', person: null })
})
