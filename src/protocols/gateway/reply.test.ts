import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Code, codeRemedies, codeSentences } from '../../rules/outcome.ts'
import type { GatewayAnswer, GatewayFailure, Imported, NotImported } from './answer.ts'
import { encodeReply, formatReply } from './reply.ts'

const network = { code: '01CARLI_NETWORK', name: 'Network Zone' }
const decision = {
  method: 'oclc',
  step: 'OCLC number',
  keys: ['oclc:63111280/a'],
  rule: 'overlay-all-but-local',
}
const imported: Imported = {
  kind: 'imported',
  outcome: 'created',
  zone: network,
  mmsId: '991000000015816',
  linked: null,
  title: 'Emma',
  oclcNumber: '63111280',
  decision,
  marks: [],
  replayed: false,
}
const sent: NotImported & { kind: 'failed' } = {
  kind: 'failed',
  zone: network,
  title: 'Emma',
  oclcNumber: '63111280',
  issue: 12,
  decision,
}
const existing = { mmsId: '991000000015816', title: 'Emma / Jane Austen' }
const since = new Date('2026-03-05T14:03:27Z')
const until = new Date('2026-03-05T15:03:27Z')
const lock = { holder: 'anna', zone: { code: '01CARLI_XYZ', name: 'XYZ' }, since, until, own: false }

const failures: readonly GatewayFailure[] = [
  { kind: 'failed', code: 'LOGON_FAILED' },
  { kind: 'failed', code: 'ADDRESS_NOT_ALLOWED' },
  { kind: 'failed', code: 'TOO_MANY_FAILURES', waitSeconds: 8 },
  { kind: 'failed', code: 'NO_INTEGRATION_PROFILE', zone: network },
  { kind: 'failed', code: 'BAD_REQUEST', why: 'A record of 3 bytes cannot be.' },
  { kind: 'failed', code: 'LENGTH_MISMATCH', declared: 99, received: 43 },
  { kind: 'failed', code: 'LENGTH_MISMATCH', declared: 99, received: null },
  { kind: 'failed', code: 'TOO_LARGE', limit: 1_048_576 },
  { kind: 'failed', code: 'TOO_MANY_CONNECTIONS' },
  { kind: 'failed', code: 'TIMED_OUT', during: 'sending', seconds: 30 },
  { kind: 'failed', code: 'TIMED_OUT', during: 'importing', seconds: 90 },
  { kind: 'failed', code: 'DATABASE_AWAY' },
  { kind: 'failed', code: 'UNEXPECTED', reference: 'a1b2' },
  { ...sent, code: 'MULTI_MATCH', matches: [{ ...existing, keys: ['oclc:63111280/z'] }], capped: true },
  { ...sent, code: 'NOT_ADDED_BRIEF', existing, existingLevel: 9, incomingLevel: 4 },
  { ...sent, code: 'NOT_ADDED_LOCKED', existing, lock },
  {
    ...sent,
    code: 'NOT_ADDED_OLD',
    existing,
    existing005: '20260305140327.0',
    incoming005: '20250101000000.0',
  },
  { ...sent, code: 'NOT_ADDED_CZ', existing },
  { ...sent, code: 'NOT_ADDED_LINKED', existing, linkedTo: '991000000095816' },
  { ...sent, code: 'INVALID', existing: null, details: ['245: no title'] },
]

const failure = (code: GatewayFailure['code']) =>
  formatReply(failures.find((each) => each.code === code) as GatewayFailure)
const firstLine = (text: string) => text.split('\n')[0]

test('every reply is text with one NUL at its end', () => {
  for (const answer of [imported, ...failures]) {
    const bytes = encodeReply(answer)
    assert.equal(bytes.indexOf(0), bytes.length - 1)
    assert.equal(new TextDecoder().decode(bytes.subarray(0, -1)), formatReply(answer))
  }
})

test('a failure begins with "Import Failed" and gives its reason on the same line', () => {
  for (const answer of failures) assert.match(formatReply(answer), /^Import Failed: \S.+/)
})

test('a success says outcome, zone, MMS ID, title, OCLC number and what decided', () => {
  assert.equal(
    formatReply({ ...imported, outcome: 'overlaid' }),
    [
      'Updated (overlaid) in Network Zone (01CARLI_NETWORK)',
      'MMS ID: 991000000015816',
      'Title: Emma',
      'OCLC number: 63111280',
      'Decided by: match method oclc; step OCLC number; keys oclc:63111280/a; merge rule overlay-all-but-local',
      'The record has been processed successfully.',
    ].join('\n'),
  )
  assert.equal(firstLine(formatReply(imported)), 'Added to Network Zone (01CARLI_NETWORK)')
  assert.equal(
    firstLine(formatReply({ ...imported, outcome: 'merged' })),
    'Updated (merged) in Network Zone (01CARLI_NETWORK)',
  )
  assert.equal(
    firstLine(formatReply({ ...imported, outcome: 'unchanged' })),
    'Unchanged in Network Zone (01CARLI_NETWORK)',
  )
})

test('a success names the linked bib, the marks that persisted, and that the record came before', () => {
  const text = formatReply({
    ...imported,
    linked: { zone: { code: '01CARLI_XYZ', name: '01CARLI_XYZ' }, mmsId: '991000000025801' },
    marks: ['suppressed', 'not-published'],
    replayed: true,
  })
  assert.match(text, /^Linked in 01CARLI_XYZ: 991000000025801$/m)
  assert.match(text, /^Still suppressed: /m)
  assert.match(text, /^Still not published: /m)
  assert.match(text, /nothing was done a second time/)
})

test('the reasons are those of the guide, to the letter', () => {
  assert.equal(
    firstLine(failure('LOGON_FAILED')),
    'Import Failed: Logon Failed--the Logon ID and/or password is/are not valid',
  )
  assert.equal(
    firstLine(failure('NO_INTEGRATION_PROFILE')),
    'Import Failed: No integration profile found for institution 01CARLI_NETWORK',
  )
  assert.equal(firstLine(failure('MULTI_MATCH')), 'Import Failed: Multi matches found for this record.')
  for (const code of ['NOT_ADDED_BRIEF', 'NOT_ADDED_LOCKED', 'NOT_ADDED_OLD'] as const)
    assert.equal(firstLine(failure(code)), `Import Failed: ${code}`)
})

test('an address that is not allowed is told what a wrong password is told', () => {
  assert.equal(failure('ADDRESS_NOT_ALLOWED'), failure('LOGON_FAILED'))
})

test('a failure gives what a cataloguer needs to go on', () => {
  const bib = '991000000015816 Emma / Jane Austen'
  const gives = (code: GatewayFailure['code'], ...parts: readonly string[]) => {
    for (const part of parts) assert.ok(failure(code).includes(part), `${code}: ${part}\n${failure(code)}`)
  }
  const kept = 'kept as issue 12'
  gives('MULTI_MATCH', `Match: ${bib} (oclc:63111280/z)`, 'More bibs match', 'Merge them', kept)
  gives('NOT_ADDED_BRIEF', bib, '9 of the existing bib, 4 of the record sent', kept)
  gives(
    'NOT_ADDED_LOCKED',
    bib,
    'Locked by anna of XYZ (01CARLI_XYZ) since 2026-03-05 14:03 UTC',
    '15:03 UTC',
    kept,
  )
  gives(
    'NOT_ADDED_OLD',
    bib,
    '20260305140327.0 of the existing bib, 20250101000000.0 of the record sent',
    kept,
  )
  gives('NOT_ADDED_LINKED', bib, '991000000095816', kept)
  gives('NOT_ADDED_CZ', bib, codeRemedies.NOT_ADDED_CZ, kept)
  gives('INVALID', codeSentences.INVALID, '245: no title', codeRemedies.INVALID, kept)
  gives('TOO_MANY_FAILURES', 'wait 8 seconds')
  gives('LENGTH_MISMATCH', 'says that it has 99 bytes, and ends after 43')
  gives('UNEXPECTED', 'a1b2')
})

test("one's own lock is said to be one's own", () => {
  const own = formatReply({ ...sent, code: 'NOT_ADDED_LOCKED', existing, lock: { ...lock, own: true } })
  assert.match(own, /^Locked by yourself since /m)
  assert.match(own, /Release the bib in your metadata editor/)
})

test('every other code is answered with its sentence and its remedy', () => {
  const codes: readonly Code[] = ['DELETE_BLOCKED', 'FILTERED', 'NOT_A_BIB', 'DATABASE_REFUSED', 'ENCODING']
  for (const code of codes) {
    const text = formatReply({ ...sent, code, existing: null, details: [] } as GatewayAnswer)
    assert.equal(text.split('\n')[0], `Import Failed: ${code}`)
    assert.ok(text.includes(codeSentences[code]) && text.includes(codeRemedies[code]))
  }
})

test('what a record holds cannot end the reply or change how it reads', () => {
  const text = formatReply({ ...imported, title: 'Emma\0\nMMS ID: 1\x1b[2J\u202eamme\ud800' })
  assert.ok(text.includes('Title: Emma MMS ID: 1 [2J amme\ufffd\n'))
  assert.equal(encodeReply({ ...imported, title: '\0' }).filter((byte) => byte === 0).length, 1)
})
