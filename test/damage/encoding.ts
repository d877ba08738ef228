import { encodeMarc8 } from '../../src/marc/marc8/encode.ts'
import { concat, latin1, rawBytes, rawRecord, utf8 } from '../raw-record.ts'
import {
  type Damage,
  type Sample,
  bytesOf,
  contentOf,
  leaderWith,
  only,
  textOf,
  withField,
} from './sample.ts'

/* Leaders that lie about the encoding, and text in more than one. */

type Encode = (text: string, tag: string) => Uint8Array

const encoded =
  (leader09: string, encode: Encode) =>
  ({ record }: Sample) =>
    rawBytes(
      rawRecord(
        record.fields.map((field) => [field.tag, encode(contentOf(field), field.tag)]),
        leaderWith(leader09),
      ),
    )

/** CP1252 of the letters of Latin-1 and of the marks of word processors. */
const windows: Encode = (text) =>
  concat(
    text.replace(/[“”’—]/g, (mark) =>
      String.fromCharCode([0x93, 0x94, 0x92, 0x97]['“”’—'.indexOf(mark)] ?? 0),
    ),
  )

const doubled = (text: string) => new TextDecoder('latin1').decode(utf8(text))

const quoted = '10\x1fa“L’étranger” — récit /\x1fcpréface de François Çelik.'

const latin = (bytes: Damage['bytes']) => only({ encoding: 'utf-8', script: 'Latin' }, bytes)

export const encodingDamages: readonly Damage[] = [
  {
    rule: 'UTF-8 under a blank leader/09 is UTF-8',
    bytes: only({ encoding: 'utf-8' }, encoded(' ', utf8)),
    repairs: ['ENCODING_LABEL'],
  },
  {
    rule: 'UTF-8 under a leader/09 that means nothing is UTF-8',
    bytes: only({ encoding: 'utf-8' }, encoded('#', utf8)),
    repairs: ['ENCODING_LABEL'],
  },
  {
    rule: 'MARC-8 under leader/09 a is MARC-8',
    bytes: only({ encoding: 'marc-8' }, encoded('a', encodeMarc8)),
    repairs: ['ENCODING_LABEL'],
  },
  {
    rule: 'Latin-1 under leader/09 a is Latin-1',
    bytes: latin(encoded('a', latin1)),
    repairs: ['ENCODING_LABEL', 'ENCODING_LATIN1'],
  },
  {
    rule: 'Latin-1 under a blank leader/09 is Latin-1',
    bytes: latin(encoded(' ', latin1)),
    repairs: ['ENCODING_LABEL', 'ENCODING_LATIN1'],
  },
  {
    rule: 'curved quotation marks and dashes of CP1252 are what they were',
    bytes: latin(encoded('a', (text, tag) => windows(tag === '245' ? quoted : text, tag))),
    becomes: withField('245', () => quoted),
    repairs: ['ENCODING_LABEL', 'ENCODING_LATIN1'],
  },
  {
    rule: 'fields in different encodings are each read in their own',
    bytes: latin(
      encoded('a', (text, tag) => (tag === '650' ? utf8(' 0\x1faRécits français.') : latin1(text))),
    ),
    becomes: withField('650', () => ' 0\x1faRécits français.'),
    repairs: ['ENCODING_MIXED', 'ENCODING_LATIN1'],
  },
  {
    rule: 'MARC-8 and UTF-8 in one record are each read in their own',
    bytes: only(
      { encoding: 'utf-8' },
      encoded('a', (text, tag) =>
        tag === '245' ? encodeMarc8(text) : utf8(text.replace('Fiction', 'Récits')),
      ),
    ),
    becomes: withField('650', () => ' 0\x1faRécits.'),
    repairs: ['ENCODING_MIXED'],
  },
  {
    rule: 'UTF-8 that was encoded twice is kept, and what it was is proposed',
    bytes: only({ encoding: 'utf-8' }, textOf('245', doubled)),
    becomes: withField('245', doubled),
    repairs: ['ENCODING_DOUBLE'],
  },
  {
    rule: 'decomposed letters stay as they came in UTF-8',
    bytes: only(
      { encoding: 'utf-8' },
      textOf('245', (text) => text.normalize('NFD')),
    ),
    becomes: withField('245', (text) => text.normalize('NFD')),
  },
  {
    rule: 'a numeric character reference is its character in MARC-8',
    bytes: only(
      { encoding: 'marc-8' },
      bytesOf('300', (bytes) => concat(bytes, ' &#x2014; 20 cm')),
    ),
    becomes: withField('300', (text) => `${text} — 20 cm`),
    repairs: ['CHARACTER_REFERENCE'],
  },
  {
    rule: 'a numeric character reference is kept in UTF-8, and its character proposed',
    bytes: only(
      { encoding: 'utf-8' },
      bytesOf('300', (bytes) => concat(bytes, ' &#x2014; 20 cm')),
    ),
    becomes: withField('300', (text) => `${text} &#x2014; 20 cm`),
    repairs: ['CHARACTER_ENTITY'],
  },
  {
    rule: 'entities of HTML are kept, and their characters proposed',
    bytes: textOf('300', (text) => `${text} + &quot;guide&quot; &amp; map`),
    becomes: withField('300', (text) => `${text} + &quot;guide&quot; &amp; map`),
    repairs: ['CHARACTER_ENTITY'],
  },
  {
    rule: 'a broken byte in UTF-8 is kept to be seen',
    bytes: only(
      { encoding: 'utf-8' },
      bytesOf('245', (bytes) => concat(bytes, ' \xc3 end')),
    ),
    becomes: withField('245', (text) => `${text} ⟦C3⟧ end`),
    repairs: ['ENCODING_BYTES'],
  },
  {
    rule: 'a byte that MARC-8 does not know is kept to be seen',
    bytes: only(
      { encoding: 'marc-8' },
      bytesOf('245', (bytes) => concat(bytes, ' \xff end')),
    ),
    becomes: withField('245', (text) => `${text} ⟦FF⟧ end`),
    repairs: ['ENCODING_BYTES'],
  },
]
