import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { recordOf } from '../../../test/record-of.ts'
import { encodeIso2709 } from '../../marc/iso2709/encode.ts'
import type { Field } from '../../marc/record.ts'
import { decimalHeader, desktopHeader } from './header.ts'
import { gatewayParser } from './parse.ts'

const limit = 1024 * 1024

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** A record of one field 001, as bytes are written in these tests: a character a byte. */
function marc(control = 'ocm1'): string {
  const length = 24 + 12 + 1 + control.length + 2
  return `${String(length).padStart(5, '0')}cam a2200037 a 4500001${String(control.length + 1).padStart(4, '0')}00000\x1e${control}\x1e\x1d`
}

type Seen = string | readonly string[]

/** What comes out of bytes that arrive in these pieces: requests as `[user, local user, password, control number]`, the rest by name. */
function parsed(pieces: readonly string[], after: 'more' | 'silence' | 'end' = 'more', most = limit): Seen[] {
  const parser = gatewayParser(most)
  const seen: Seen[] = []
  const see = (event: ReturnType<typeof parser.next>) => {
    if (event?.kind === 'request') {
      const { user, localUser, password, record } = event
      seen.push([user, localUser, password.reveal(), text(record.subarray(37, -2))])
    } else if (event?.kind === 'notice') seen.push(event.notice)
    else if (event) seen.push(event.failure.code)
  }
  for (const piece of pieces) {
    parser.push(latin1(piece))
    for (let event = parser.next(); event; event = parser.next()) see(event)
  }
  if (after === 'silence') see(parser.quiet())
  if (after === 'end') see(parser.finish())
  return seen
}

test('desktop dialect: a length is one octet, 64 above it', () => {
  assert.deepEqual(parsed([`UI100123456AO01CARLI_NETWORKPGs3cr3t!${marc()}\0`]), [
    ['100123456', '01CARLI_NETWORK', 's3cr3t!', 'ocm1'],
  ])
})

test('decimal dialect: a length has one to three digits, and a bare 0 is an empty value', () => {
  assert.deepEqual(parsed([`U7catuserA0P4pass${marc()}\0`]), [['catuser', '', 'pass', 'ocm1']])
  const long = 'k'.repeat(123)
  assert.deepEqual(parsed([`P0A123${long}${marc()}`]), [['', long, '', 'ocm1']])
})

test('decimal dialect: a value that begins with a digit is not taken for more of its length', () => {
  assert.deepEqual(parsed([`A1501CARLI_NETWORKP79secret${marc()}`]), [
    ['', '01CARLI_NETWORK', '9secret', 'ocm1'],
  ])
  assert.deepEqual(parsed([`P79secretA1501CARLI_NETWORK${marc()}`]), [
    ['', '01CARLI_NETWORK', '9secret', 'ocm1'],
  ])
  assert.deepEqual(parsed([`P1000000abcde${marc()}`]), [['', '', '00000abcde', 'ocm1']])
})

test('of two readings with the same record, the one with more fields is meant', () => {
  assert.deepEqual(parsed([`P16A13abcdefghijklm${marc()}`]), [['', 'abcdefghijklm', '6', 'ocm1']])
})

test('a length octet above 0x7F is a long value', () => {
  const key = 'k'.repeat(100)
  assert.deepEqual(parsed([`A\xa4${key}${marc()}`]), [['', key, '', 'ocm1']])
})

test('values are counted in bytes and read as UTF-8, or as Latin 1 where they are not UTF-8', () => {
  assert.deepEqual(parsed([`U5b\xc5\x93ufPEboeuf${marc()}`]), [['bœuf', '', 'boeuf', 'ocm1']])
  assert.deepEqual(parsed([`U4b\xf8ufPD1234${marc()}`]), [['bøuf', '', '1234', 'ocm1']])
})

test('blanks, line ends and telnet commands may stand before a field or a record', () => {
  assert.deepEqual(parsed([` \r\nUI100123456 ACcat PBpw ${marc()}`]), [['100123456', 'cat', 'pw', 'ocm1']])
  assert.deepEqual(parsed([`\xff\xfb\x18\xff\xfa\x18\x00vt100\xff\xf0\xff\xf1${marc()}`]), [
    ['', '', '', 'ocm1'],
  ])
})

test('the logon of a connection holds until another header replaces it as a whole', () => {
  assert.deepEqual(
    parsed([`UAuAAzPAs${marc('one')}\0${marc('two')}AAyPAt${marc('three')}\r\n${marc('four')}`]),
    [
      ['u', 'z', 's', 'one'],
      ['u', 'z', 's', 'two'],
      ['', 'y', 't', 'three'],
      ['', 'y', 't', 'four'],
    ],
  )
})

test('a NUL ends a record; one that ends none, and five zeros, are notices', () => {
  assert.deepEqual(parsed([`${marc()}\0`]), [['', '', '', 'ocm1']])
  assert.deepEqual(parsed(['\0\0\0']), ['nul'])
  assert.deepEqual(parsed([`${marc()}\0\0\0`]), [['', '', '', 'ocm1'], 'nul'])
  assert.deepEqual(parsed(['00000']), ['zeros'])
  assert.deepEqual(parsed([`${marc()}00000${marc('two')}`]), [
    ['', '', '', 'ocm1'],
    'zeros',
    ['', '', '', 'two'],
  ])
})

test('what is neither a logon nor a record is refused at once, and nothing after it is read', () => {
  for (const bytes of ['HELLO', 'GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01', 'A?', 'A@A', '\xff\x41']) {
    assert.deepEqual(parsed([bytes]), ['BAD_REQUEST'], bytes)
    assert.deepEqual(parsed([bytes, marc()]), ['BAD_REQUEST'], bytes)
  }
  assert.deepEqual(parsed([`AAzAAz${marc()}`]), ['BAD_REQUEST'])
  assert.deepEqual(parsed(['AAzPAs\0']), ['BAD_REQUEST'])
})

test('a record is not acted on where leader, directory and length do not agree', () => {
  const broken = (at: number, put: string) => marc().slice(0, at) + put + marc().slice(at + put.length)
  assert.deepEqual(parsed([broken(0, '00025')]), ['BAD_REQUEST'])
  assert.deepEqual(parsed([broken(10, '44')]), ['BAD_REQUEST'])
  assert.deepEqual(parsed([broken(12, '00024')]), ['BAD_REQUEST'])
  assert.deepEqual(parsed([broken(12, '00099')]), ['BAD_REQUEST'])
  assert.deepEqual(parsed([broken(12, '00036')]), ['BAD_REQUEST'])
  assert.deepEqual(parsed([broken(12, 'abcde')]), ['BAD_REQUEST'])
  assert.deepEqual(parsed([broken(42, '\x1f')]), ['LENGTH_MISMATCH'])
  assert.deepEqual(parsed([broken(0, '00042')]), ['LENGTH_MISMATCH'])
})

test('a record that ended before its declared length is refused after silence, and a cut one is waited for', () => {
  const long = `00099${marc().slice(5)}`
  assert.deepEqual(parsed([long]), [])
  assert.deepEqual(parsed([long], 'silence'), ['LENGTH_MISMATCH'])
  assert.deepEqual(parsed([long], 'end'), ['LENGTH_MISMATCH'])
  assert.deepEqual(parsed([`P79secret${long}`], 'silence'), ['LENGTH_MISMATCH'])
  assert.deepEqual(parsed([marc().slice(0, -1)], 'silence'), [])
  assert.deepEqual(parsed([marc().slice(0, -1)], 'end'), ['BAD_REQUEST'])
  assert.deepEqual(parsed(['000'], 'end'), ['BAD_REQUEST'])
  assert.deepEqual(parsed([`${marc()}\0`], 'silence'), [['', '', '', 'ocm1']])
  assert.deepEqual(parsed([''], 'end'), [])
})

test('a mismatch says what was declared and what came', () => {
  const parser = gatewayParser(limit)
  parser.push(latin1(`00099${marc().slice(5)}`))
  assert.equal(parser.next(), null)
  assert.deepEqual(parser.quiet(), {
    kind: 'refusal',
    failure: { code: 'LENGTH_MISMATCH', declared: 99, received: 43 },
  })
})

test('a message above the limit is refused before it has come, and no more than one message is held', () => {
  assert.deepEqual(parsed(['01000cam a'], 'more', 999), ['TOO_LARGE'])
  assert.deepEqual(parsed([' '.repeat(600), ' '.repeat(600)], 'more', 1000), ['TOO_LARGE'])
  assert.deepEqual(parsed(['\0'.repeat(600), '\0'.repeat(600)], 'more', 1000), ['nul', 'TOO_LARGE'])
  assert.deepEqual(parsed(['AAz', ' '.repeat(600), ' '.repeat(600)], 'more', 1000), ['TOO_LARGE'])

  const parser = gatewayParser(limit)
  let most = 0
  for (let piece = 0; piece < 64; piece++) {
    parser.push(new Uint8Array(65_536).fill(0x20))
    parser.next()
    most = Math.max(most, parser.buffered())
  }
  assert.equal(most, 0)
})

test('a record of 99,999 bytes is taken whole, byte by byte', () => {
  const field = (length: number): Field => ({
    tag: '500',
    ind1: ' ',
    ind2: ' ',
    subfields: [{ code: 'a', value: 'x'.repeat(length) }],
  })
  const fields = (last: number) => [...Array.from({ length: 10 }, () => field(9000)), field(last)]
  const { leader } = recordOf()
  const short = encodeIso2709({ leader, fields: fields(0) }).bytes.length
  const { bytes } = encodeIso2709({ leader, fields: fields(99_999 - short) })
  assert.equal(bytes.length, 99_999)
  const parser = gatewayParser(limit)
  const requests = []
  for (const byte of bytes) {
    parser.push(Uint8Array.of(byte))
    const event = parser.next()
    if (event) requests.push(event)
  }
  assert.deepEqual(
    requests.map((event) => event.kind === 'request' && event.record),
    [bytes],
  )
})

test('a password shows itself to no log, no string and no JSON', () => {
  const parser = gatewayParser(limit)
  parser.push(latin1(`AO01CARLI_NETWORKPGs3cr3t!${marc()}`))
  const request = parser.next()
  assert.ok(request?.kind === 'request')
  assert.equal(request.password.reveal(), 's3cr3t!')
  for (const shown of [
    inspect(request, { depth: 9, showHidden: true }),
    JSON.stringify(request),
    String(request.password),
  ])
    assert.ok(!shown.includes('s3cr3t'), shown)
  assert.equal(request.header, 'AO01CARLI_NETWORKP•••')
})

const value = fc.string({ unit: fc.constantFrom(...'0129UAP xyz\x1dé'), maxLength: 30 })
const field = fc.oneof(
  fc.tuple(fc.constantFrom('U', 'A', 'P'), value).map(([tag, sent]) => desktopHeader([[tag, sent]])),
  fc.tuple(fc.constantFrom('U', 'A', 'P'), value).map(([tag, sent]) => decimalHeader([[tag, sent]])),
)
const piece = fc.oneof(
  { weight: 3, arbitrary: field.map((bytes) => text(bytes)) },
  { weight: 3, arbitrary: fc.constantFrom(marc(), marc('another'), marc('0123456789')) },
  { weight: 2, arbitrary: fc.constantFrom(' ', '\r\n', '\0', '00000', '\xff\xfb\x18', '0', '00099', '\x1d') },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom(...'\0\x1d\x1e 029UAP\xff\xfa\xf0'), maxLength: 8 }),
  },
)

test('however the bytes are cut, the same requests, notices and refusals come out', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.array(fc.nat(400), { maxLength: 12 }),
      fc.constantFrom<'silence' | 'end'>('silence', 'end'),
      (bytes, cuts, after) => {
        const whole = parsed([bytes], after)
        assert.deepEqual(parsed([...bytes], after), whole)
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]
        assert.deepEqual(
          parsed(
            at.slice(1).map((end, index) => bytes.slice(at[index], end)),
            after,
          ),
          whole,
        )
      },
    ),
    { numRuns: 2000 },
  )
})

test('what a client sends is what is asked, in both dialects', () => {
  const sent = fc.string({ unit: fc.constantFrom(...'0123456789abcxyz/_!'), minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(
      fc.constantFrom(desktopHeader, decimalHeader),
      fc.array(fc.tuple(sent, sent, sent, fc.constantFrom('', '\0', '\r\n')), { minLength: 1, maxLength: 4 }),
      (header, messages) => {
        const bytes = messages.map(
          ([user, logon, password, end]) =>
            text(
              header([
                ['U', user],
                ['A', logon],
                ['P', password],
              ]),
            ) +
            marc(user) +
            end,
        )
        assert.deepEqual(
          parsed([bytes.join('')]),
          messages.map(([user, logon, password]) => [user, logon, password, user]),
        )
      },
    ),
  )
})

test('random bytes throw nothing and yield no record', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }),
      fc.constantFrom('', 'AAz', 'P3', '00043cam a22', '00043cam a2200037'),
      (chunks, head) => {
        const parser = gatewayParser(limit)
        parser.push(latin1(head))
        for (const chunk of chunks) {
          parser.push(chunk)
          for (let event = parser.next(); event; event = parser.next()) assert.notEqual(event.kind, 'request')
        }
        parser.quiet()
        parser.finish()
      },
    ),
    { numRuns: 2000 },
  )
})
