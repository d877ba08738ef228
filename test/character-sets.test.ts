import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { fieldNames } from '../src/marc/encoding-repairs.ts'
import type { FieldBytes } from '../src/marc/encoding.ts'
import { decodeFields } from '../src/marc/encoding.ts'
import { decodeMarc8 } from '../src/marc/marc8/decode.ts'

/*
 * The character sets against real files and against YAZ. Records are cut at their terminators here, not by
 * our reader, so that what is compared is text alone.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const corpus = join(root, '../shared/data')
const needsCorpus = { skip: existsSync(corpus) ? false : '../shared/data is not here' }
const hasYaz = spawnSync('yaz-marcdump', ['-V']).status === 0
const needsYaz = {
  skip: needsCorpus.skip || (hasYaz ? false : 'yaz-marcdump (Debian package yaz) is not here'),
}

type RawRecord = { readonly leader09: string; readonly fields: readonly FieldBytes[] }

function readBytes(path: string): Uint8Array {
  const bytes = readFileSync(join(corpus, path))
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

function split(bytes: Uint8Array, terminator: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(terminator); end !== -1; end = bytes.indexOf(terminator, start)) {
    parts.push(bytes.subarray(start, end))
    start = end + 1
  }
  return parts
}

/** Fields in the order of their bytes, with the tags in the order of their offsets. */
function records(bytes: Uint8Array): RawRecord[] {
  return split(bytes, 0x1d).map((record) => {
    const [head = new Uint8Array(), ...contents] = split(record, 0x1e)
    const text = Buffer.from(head).toString('latin1')
    const entries = text.slice(24).match(/.{12}/gs) ?? []
    const tags = entries
      .map((entry) => ({ tag: entry.slice(0, 3), offset: Number(entry.slice(7)) }))
      .sort((one, other) => one.offset - other.offset)
    const fields = contents.map((content, at) => ({ tag: tags[at]?.tag ?? '???', bytes: content }))
    return { leader09: text.charAt(9), fields }
  })
}

const recordsOf = (path: string): RawRecord[] => records(readBytes(path))

/** D40: halves of ligatures and double tildes against the one mark. */
const comparable = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('\ufe20', '\u0361')
    .replaceAll('\ufe22', '\u0360')
    .replace(/[\ufe21\ufe23]/g, '')

const unicode = (bytes: Uint8Array): string => comparable(new TextDecoder().decode(bytes))

function yazRecords(bytes: Uint8Array): RawRecord[] {
  const folder = mkdtempSync(join(tmpdir(), 'accession-'))
  try {
    const file = join(folder, 'records.mrc')
    writeFileSync(file, bytes)
    const args = ['-f', 'marc-8', '-t', 'utf-8', '-o', 'marc', file]
    return records(spawnSync('yaz-marcdump', args, { maxBuffer: 1 << 28 }).stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Fields that differ from YAZ's text though no repair names them, and how many do not differ. */
function againstYaz(path: string): {
  readonly same: number
  readonly repaired: number
  readonly differ: string[]
} {
  const bytes = readBytes(path)
  const theirs = yazRecords(bytes)
  const differ: string[] = []
  let same = 0
  let repaired = 0
  for (const [at, record] of records(bytes).entries()) {
    const { texts, repairs } = decodeFields(record.fields, record.leader09, 'repair')
    const named = new Set(repairs.map((repair) => repair.field))
    const names = fieldNames(record.fields.map((field) => field.tag))
    for (const [place, text] of texts.entries()) {
      const name = names[place]
      const expected = theirs[at]?.fields[place]?.bytes ?? new Uint8Array()
      // YAZ drops a delimiter that nothing follows.
      if (comparable(text).replace(/\x1f$/, '') === unicode(expected)) same++
      else if (named.has(name)) repaired++
      else differ.push(`${path} record ${at + 1} ${name}: ${text} | ${unicode(expected)}`)
    }
  }
  return { same, repaired, differ }
}

test('MARC-8 files without a fault read as in YAZ, field for field', needsYaz, () => {
  const files = [
    'marc8/marc4j_brkrtest_8.mrc',
    'marc8/perl-marc-charset_cjk1.marc',
    'marc8/perl-marc-charset_cjk2.marc',
    'marc8/perl-marc-charset_cyrillic.marc',
    'marc8/perl-marc-charset_hebrew1.marc',
    'marc8/perl-marc-charset_hebrew2.marc',
    'marc8/pymarc_marc8.dat',
    'marc8/solrmarc_specTestRecs_76.mrc',
    'marc8/solrmarc_uva_001_2000.mrc.gz',
    'marc8/yaz_marc7.marc',
    'triples/gpo_aiannh_oilgas_202103_282_marc8.mrc',
    'triples/gpo_covid19_181_marc8.mrc',
  ]
  for (const file of files) {
    const { same, repaired, differ } = againstYaz(file)
    assert.deepEqual(differ, [])
    assert.equal(repaired, 0, file)
    assert.ok(same > 0, file)
  }
})

test('where a MARC-8 file has faults, only the fields of named repairs differ from YAZ', needsYaz, () => {
  // An acute or grave for an apostrophe, a reference, CP1252 under the MARC-8 label, form feeds in Chinese.
  const repairedFields = new Map([
    ['marc8/eg_jazz_1k.mrc', 4],
    ['marc8/ruby-marc_escaped_character_reference.marc8.marc', 1],
    ['marc8/yaz_marc1.marc', 1],
    ['marc8/yaz_marc10.marc', 8],
    ['marc8/yaz_marc12.marc', 2],
  ])
  for (const [file, fields] of repairedFields) {
    const { repaired, differ } = againstYaz(file)
    assert.deepEqual(differ, [])
    assert.equal(repaired, fields, file)
  }
})

test('the same records in MARC-8 and in UTF-8 have the same texts', needsCorpus, () => {
  for (const name of ['gpo_aiannh_oilgas_202103_282', 'gpo_covid19_181']) {
    const marc8 = recordsOf(`triples/${name}_marc8.mrc`)
    const utf8 = recordsOf(`triples/${name}_utf8.mrc`)
    const texts = (each: RawRecord): string =>
      decodeFields(each.fields, each.leader09, 'repair').texts.map(comparable).join('\n')
    const same = marc8.filter((record, at) => texts(record) === texts(utf8[at] as RawRecord)).length
    assert.ok(same >= marc8.length - 2, `${name}: ${same} of ${marc8.length}`)
  }
})

test('1,514 of the 1,515 lines of pymarc read as pymarc reads them', needsCorpus, () => {
  const marc8 = split(readBytes('marc8/pymarc_test_marc8.txt'), 0x0a)
  const utf8 = split(readBytes('marc8/pymarc_test_utf8.txt'), 0x0a)
  const differ = marc8.flatMap((line, at) =>
    comparable(decodeMarc8(line).text) === unicode(utf8[at] as Uint8Array) ? [] : [at + 1],
  )
  // That line has codes outside the Library of Congress's East Asian tables: chips.
  assert.deepEqual(differ, [1515])
})

test('real files whose leader lies are read by their bytes', needsCorpus, () => {
  const encodings = new Map([
    ['malformed/gpo_202402_1495_marc8-label-utf8-bytes.mrc.gz', ['ascii', 'marc-8', 'utf-8']],
    ['multilingual/eg_FSL_cyrillic_52.marc', ['utf-8']],
    ['malformed/pymarc_utf8_without_leader_flag.dat', ['utf-8']],
    ['eod/folio_980-982_10.mrc', ['ascii', 'utf-8']],
  ])
  for (const [file, expected] of encodings) {
    const read = recordsOf(file).map((each) => decodeFields(each.fields, each.leader09, 'repair'))
    assert.deepEqual([...new Set(read.map((each) => each.encoding))].sort(), expected, file)
    for (const { encoding, repairs } of read) {
      const labelled = repairs.filter((repair) => repair.code === 'ENCODING_LABEL').length
      assert.equal(labelled, encoding === 'utf-8' ? 1 : 0, file)
    }
  }
})

test('no real file yields U+FFFD that its bytes do not hold', needsCorpus, () => {
  const files = [
    'malformed/marc4j_pride-and-prejudice-with-many-errors_383.mrc',
    'malformed/marc4j_incomplete_esc_seq.mrc',
    'malformed/pymarc_bad_eacc_encoding.dat',
    'malformed/ruby_utf8_with_bad_bytes.marc',
    'malformed/traject_bad_utf_byte.utf8.marc',
  ]
  for (const file of files) {
    for (const record of recordsOf(file)) {
      const { texts } = decodeFields(record.fields, record.leader09, 'repair')
      for (const [at, text] of texts.entries()) {
        const held = Buffer.from(record.fields[at]?.bytes ?? []).includes('\ufffd')
        assert.equal(text.includes('\ufffd'), held, `${file}: ${text}`)
      }
    }
  }
})

test('the code tables are what the script makes of the published ones', needsCorpus, () => {
  const script = join(root, 'scripts/make-code-tables.ts')
  const made = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  assert.equal(made.status, 0, made.stderr)
})
