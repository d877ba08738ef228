import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decoded, Format } from '../src/marc/frame.ts'
import { packField } from '../src/marc/packed.ts'
import { decodeFrame, openMarc } from '../src/marc/read.ts'
import { corpusFiles, isMarc, needsCorpus, noMarc, readCorpusFile, streamCorpusFile } from './corpus.ts'

/* Every real file from its first byte to its last. What is said of a file below is what it holds. */

type Read = {
  readonly format: Format
  readonly bytes: number
  readonly records: number
  readonly rejected: readonly string[]
  /** Repairs by code, each counted once a record. */
  readonly repairs: Readonly<Record<string, number>>
}

/** Reads a file to its end; frames have to follow each other without gap, and each has to decode or say why not. */
async function read(path: string): Promise<Read | string> {
  const opened = await openMarc(streamCorpusFile(path))
  if ('notMarc' in opened) {
    assert.match(opened.notMarc.message, /^\S.{20,}\.$/s, path)
    return opened.notMarc.code
  }
  let at = 0
  let records = 0
  const rejected: string[] = []
  const repairs: Record<string, number> = {}
  for await (const frames of opened.frames)
    for (const frame of frames) {
      assert.equal(frame.offset, at, path)
      at += frame.kind === 'junk' ? frame.length : frame.bytes.length
      if (frame.kind === 'junk') continue
      assert.equal(frame.position, ++records, path)
      const decoded = decodeFrame(opened.format, frame, 'repair')
      for (const code of new Set(decoded.repairs.map((repair) => repair.code)))
        repairs[code] = (repairs[code] ?? 0) + 1
      if (decoded.ok) assertSound(decoded, `${path}, record ${records}`)
      else {
        assert.match(decoded.rejected.message, /^\S.{20,}\.$/s, path)
        rejected.push(`${records} ${decoded.rejected.code}`)
      }
    }
  return { format: opened.format, bytes: at, records, rejected, repairs }
}

/** What `MarcRecord` promises to everything that comes after. */
function assertSound({ record }: Extract<Decoded, { ok: true }>, where: string): void {
  assert.match(record.leader, /^[ -~]{9}a[ -~]{14}$/, where)
  for (const field of record.fields) {
    const text = packField(field)
    assert.ok(
      text.isWellFormed() && !/[\0-\x1e\x7f]/.test(text) && /^[!-~]{3}/.test(text),
      `${where}: ${text}`,
    )
  }
}

const files = corpusFiles()
const reads = new Map<string, Promise<Read | string>>()
function readOnce(path: string): Promise<Read | string> {
  const known = reads.get(path) ?? read(path)
  reads.set(path, known)
  return known
}

test(
  'frames and junk are all the bytes of every MARC file, and every record decodes or says why not',
  needsCorpus,
  async () => {
    let records = 0
    for (const path of files.filter(isMarc)) {
      const found = await readOnce(path)
      assert.ok(typeof found === 'object', path)
      assert.equal(found.bytes, readCorpusFile(path).length, path)
      records += found.records
    }
    assert.ok(records > 70_000, String(records))
  },
)

test('what is no MARC is told apart in words', needsCorpus, async () => {
  for (const path of files.filter((each) => !isMarc(each)))
    assert.equal(typeof (await readOnce(path)), 'string', path)
  for (const [path, code] of noMarc) assert.equal(await readOnce(path), code)
  assert.equal(await readOnce('eod/eg_fund.tsv'), 'TABLE')
  assert.equal(await readOnce('pairs/natlibfi_merge-reducers_test-fixtures.tgz'), 'ARCHIVE')
  assert.equal(await readOnce('README.md'), 'TEXT')
})

test('of all ISO 2709 files only broken ones have rejected records', needsCorpus, async () => {
  const rejected: Record<string, readonly string[]> = {}
  for (const path of files) {
    const found = await readOnce(path)
    if (typeof found === 'object' && found.format === 'iso2709' && found.rejected.length > 0)
      rejected[path] = found.rejected
  }
  assert.deepEqual(rejected, {
    'malformed/perl_badldr.usmarc': ['7 TRUNCATED'],
    'malformed/pymarc_bad_records_8.mrc': ['5 NO_DIRECTORY', '7 NO_FIELDS'],
  })
})

test(
  'well-formed ISO 2709 files need no repair but for the faults that they are known for',
  needsCorpus,
  async () => {
    const repaired: Record<string, Read['repairs']> = {}
    for (const path of files.filter((each) => !each.startsWith('malformed/'))) {
      const found = await readOnce(path)
      if (typeof found === 'object' && found.format === 'iso2709' && Object.keys(found.repairs).length > 0)
        repaired[path] = found.repairs
    }
    assert.deepEqual(repaired, {
      'bulk/gpo_union_50000_utf8.mrc.gz': { CONTROL_CHARACTER: 16 },
      'eod/folio_980-982_10.mrc': { ENCODING_LABEL: 4, LENGTH: 4, LENGTH_IN_CHARACTERS: 4 },
      'eod/ybp_uk_61PRINT160129_246.mrc': { SUBFIELD_CODE: 1 },
      'eresources/pymarc_regression45_12.dat': { INDICATORS: 11 },
      'eresources/watson_MMA_Pubs_2021-07_3804.mrc.gz': { SUBFIELD_CODE: 1 },
      'marc8/eg_jazz_1k.mrc': { ENCODING_LABEL: 4, ENCODING_LATIN1: 4, SUBFIELD_CODE: 5 },
      'marc8/ruby-marc_escaped_character_reference.marc8.marc': { CHARACTER_REFERENCE: 1 },
      'marc8/yaz_marc1.marc': { ENCODING_LABEL: 1, ENCODING_LATIN1: 1, INDICATORS: 1, SUBFIELD_CODE: 1 },
      'marc8/yaz_marc10.marc': { ENCODING_LABEL: 1, ENCODING_LATIN1: 1 },
      'marc8/yaz_marc12.marc': { CONTROL_CHARACTER: 1, ENCODING_BYTES: 1, SUBFIELD_CODE: 1 },
      'multilingual/eg_FSL_cyrillic_52.marc': { ENCODING_LABEL: 52 },
      'multilingual/eg_hebrew_20.marc': { CONTROL_CHARACTER: 1 },
      'utf8/idzebra_usmarc_sample-marc_24': { ENCODING_LABEL: 1, ENCODING_LATIN1: 1, SUBFIELD_CODE: 1 },
    })
  },
)

test('every file of damaged records is read with its faults named', needsCorpus, async () => {
  const repaired: Record<string, Read['repairs']> = {}
  for (const path of files.filter((each) => each.startsWith('malformed/'))) {
    const found = await readOnce(path)
    if (typeof found === 'object' && found.format === 'iso2709' && Object.keys(found.repairs).length > 0)
      repaired[path] = found.repairs
  }
  assert.deepEqual(repaired, {
    'malformed/folio_marcBibFileForC369084_2.mrc': { DIRECTORY: 2, LENGTH: 2 },
    'malformed/folio_merge-conflict-markers.mrc': { DIRECTORY: 1, LENGTH: 1 },
    'malformed/folio_sample100_0x92.mrc': { LEADER_FILLED: 2 },
    'malformed/folio_truncated_marcBibFileForC378894.mrc': { DIRECTORY: 1, LENGTH: 1 },
    'malformed/gpo_202402_1495_marc8-label-utf8-bytes.mrc.gz': { ENCODING_LABEL: 137, ESCAPE_SEQUENCE: 43 },
    'malformed/jorol_bad_data_value.mrc': { TERMINATOR_INSIDE: 1 },
    'malformed/jorol_bad_encoding.mrc': { ENCODING_LABEL: 1, LENGTH: 1, LENGTH_IN_CHARACTERS: 1 },
    'malformed/marc4j_bad_oversize_field_bad_directory.mrc': { OVERSIZE: 1 },
    'malformed/marc4j_bad_too_long_plus_2.mrc': { OVERSIZE: 1 },
    'malformed/marc4j_error.mrc': { DIRECTORY: 1, INDICATORS: 1, LENGTH: 1 },
    'malformed/marc4j_greekmissingcharsetchange_3.mrc': { CHARACTER_REFERENCE: 1, ESCAPE_SEQUENCE: 1 },
    'malformed/marc4j_incomplete_esc_seq.mrc': { ENCODING_BYTES: 1, ESCAPE_SEQUENCE: 1 },
    'malformed/marc4j_pride-and-prejudice-with-many-errors_383.mrc': {
      CHARACTER_ENTITY: 177,
      ENCODING_BYTES: 6,
      ENCODING_LABEL: 68,
      ENCODING_LATIN1: 7,
      ENCODING_MIXED: 2,
      LEADER_LENGTH: 16,
    },
    'malformed/pymarc_bad_eacc_encoding.dat': { ENCODING_BYTES: 1 },
    'malformed/pymarc_bad_records_8.mrc': { BASE_ADDRESS: 3, DIRECTORY: 1 },
    'malformed/pymarc_bad_subfield_code.dat': {
      ENCODING_LABEL: 1,
      LENGTH: 1,
      LENGTH_IN_CHARACTERS: 1,
      SUBFIELD_CODE: 1,
    },
    'malformed/pymarc_testunimarc.dat': { ENCODING_LABEL: 1 },
    'malformed/pymarc_utf8_without_leader_flag.dat': { ENCODING_LABEL: 1 },
    'malformed/ruby_utf8_with_bad_bytes.marc': { ENCODING_BYTES: 1 },
    'malformed/solrmarc_double_007.mrc': { LEADER_FILLED: 1 },
    'malformed/stanford_vernacularSearchTests_24_mislabelled.mrc': { LEADER_FILLED: 12 },
    'malformed/traject_bad_utf_byte.utf8.marc': { ENCODING_BYTES: 1 },
    'malformed/yaz_marc4.marc': { INDICATORS: 1, SUBFIELD_CODE: 1, TEXT_BEFORE_SUBFIELD: 1 },
  })
})
