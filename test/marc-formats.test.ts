import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Format } from '../src/marc/frame.ts'
import { packField } from '../src/marc/packed.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { sniff, sniffed } from '../src/marc/sniff.ts'
import { writerOf } from '../src/marc/write.ts'
import { type ReadMarc, readMarc, sketch } from './read-marc.ts'

/*
 * MARCXML, MARC-in-JSON and mnemonic text against real files, against the same records in ISO 2709, and
 * against YAZ.
 */

const corpus = fileURLToPath(new URL('../../shared/data', import.meta.url))
const needsCorpus = { skip: existsSync(corpus) ? false : '../shared/data is not here' }
const hasYaz = spawnSync('yaz-marcdump', ['-V']).status === 0
const needsYaz = {
  skip: needsCorpus.skip || (hasYaz ? false : 'yaz-marcdump (Debian package yaz) is not here'),
}

function readBytes(path: string): Uint8Array {
  const bytes = readFileSync(join(corpus, path))
  return path.endsWith('gz') ? gunzipSync(bytes) : bytes
}

const read = (path: string): Promise<ReadMarc> => readMarc(readBytes(path), { chunk: 10_007 })

/** Fields in the packed form and NFC; of the leader what is not a length. */
const linesOf = ({ leader, fields }: MarcRecord): readonly string[] => [
  leader.slice(5, 12) + leader.slice(17),
  ...fields.map((field) => packField(field).normalize('NFC')),
]

/** Lines of two readings that differ, those that `allowed` makes alike counted and left out. */
function compare(
  some: readonly MarcRecord[],
  others: readonly MarcRecord[],
  allowed: (line: string) => string = (line) => line,
): { readonly allowed: number; readonly differ: readonly string[] } {
  assert.equal(some.length, others.length)
  const differ: string[] = []
  let count = 0
  for (const [at, record] of some.entries()) {
    const ours = linesOf(record)
    const theirs = linesOf(others[at] as MarcRecord)
    for (let line = 0; line < Math.max(ours.length, theirs.length); line++) {
      const [one = '', other = ''] = [ours[line], theirs[line]]
      if (one === other) continue
      if (allowed(one) === allowed(other)) count++
      else differ.push(`record ${at + 1}: ${one} | ${other}`)
    }
  }
  return { allowed: count, differ }
}

test('every file of the corpus is told by its content', needsCorpus, () => {
  const kinds = new Map<string, string[]>()
  for (const path of globSync('**/*.*', { cwd: corpus }).toSorted()) {
    const found = sniff(readBytes(path).subarray(0, sniffed))
    const kind = 'format' in found ? found.format : found.notMarc.code
    const files = kinds.get(kind) ?? []
    files.push(path)
    kinds.set(kind, files)
  }
  const named = (kind: string) => kinds.get(kind) ?? []
  for (const path of named('iso2709')) assert.match(path, /\.(mrc|marc|usmarc|dat)(\.gz)?$/)
  for (const path of named('marcxml')) assert.match(path, /\.xml(\.gz)?$/)
  assert.deepEqual(named('json'), ['utf8/blacklight_test_data.utf8_30.json'])
  assert.deepEqual(
    named('mrk').filter((path) => !path.endsWith('.mrk')),
    ['malformed/watson_CCT_PDF_2020_mrk-content.mrc.gz', 'mrk/marc4j_brkrtest.mrk8'],
  )
  assert.deepEqual(named('EMPTY'), ['malformed/folio_empty_0.mrc'])
  assert.deepEqual(named('ARCHIVE'), ['pairs/natlibfi_merge-reducers_test-fixtures.tgz'])
  // The second has records of OAI-PMH, all of them Dublin Core.
  assert.deepEqual(named('OTHER_XML'), ['marcxml/traject_oai-no-namespace.xml', 'tables/codetables.xml'])
  for (const path of [...named('TABLE'), ...named('TEXT')])
    if (path !== 'malformed/folio_invalidMarcFile.mrc') assert.match(path, /\.(tsv|txt|md)$/)
  assert.deepEqual([...kinds.keys()].toSorted(), [
    'ARCHIVE',
    'EMPTY',
    'OTHER_XML',
    'TABLE',
    'TEXT',
    'iso2709',
    'json',
    'marcxml',
    'mrk',
  ])
})

test(
  'every file of MARCXML, JSON and mnemonic text is tiled by its frames, and its records are read',
  needsCorpus,
  async () => {
    const refused: string[] = []
    for (const path of globSync('**/*.{xml,xml.gz,json,mrk,mrk8}', { cwd: corpus }).toSorted()) {
      if ('notMarc' in sniff(readBytes(path).subarray(0, sniffed))) continue
      const { decoded, frames } = await read(path)
      assert.ok(decoded.length > 0, path)
      assert.doesNotMatch(sketch(frames), /FOREIGN|TRUNCATED|TOO_LARGE/, path)
      for (const each of decoded) if (!each.ok) refused.push(`${path} ${each.rejected.code}`)
    }
    assert.deepEqual(refused, [
      'malformed/marc4j_chabon-bad-subfields-element.xml NOT_A_RECORD',
      'malformed/perl_empty-record.xml NO_FIELDS',
    ])
  },
)

test('the same records in another format are the same, field for field', needsCorpus, async () => {
  const twins = [
    ['triples/gpo_aiannh_oilgas_202103_282_utf8.xml.gz', 'triples/gpo_aiannh_oilgas_202103_282_utf8.mrc'],
    ['eresources/gpo_cmr_420_utf8.xml.gz', 'eresources/gpo_cmr_420_utf8.mrc'],
    ['marcxml/loc_books_50.xml', 'utf8/loc_books_50.mrc'],
    ['marc8/solrmarc_specTestRecs_76.xml', 'marc8/solrmarc_specTestRecs_76.mrc'],
    ['utf8/blacklight_test_data.utf8_30.json', 'utf8/blacklight_test_data.utf8_30.mrc'],
    ['mrk/marc4j_brkrtest.mrk', 'marc8/marc4j_brkrtest_8.mrc'],
    ['mrk/marc4j_brkrtest.mrk8', 'marc8/marc4j_brkrtest_UTF8_8.mrc'],
    ['mrk/perl-marcmaker_camel.mrk', 'mrk/perl-marcmaker_camel.usmarc'],
    ['mrk/watson_StateDeptPDFs_471.mrk', 'eresources/watson_StateDeptPDFs_471.mrc'],
  ] as const
  for (const [path, twin] of twins) {
    const [{ records }, { records: others }] = [await read(path), await read(twin)]
    assert.deepEqual(compare(records, others), { allowed: 0, differ: [] }, path)
  }
  // Blanks at the end of control fields were lost when this file was made.
  const [xml, iso] = ['triples/gpo_covid19_181_utf8.xml', 'triples/gpo_covid19_181_utf8.mrc']
  const [{ records }, { records: others }] = [await read(xml), await read(iso)]
  const trimmed = (line: string) => (line.startsWith('00') ? line.trimEnd() : line)
  assert.deepEqual(compare(records, others, trimmed), { allowed: 95, differ: [] })
})

/** Records as YAZ reads them, in its JSON. */
async function yazReads(bytes: Uint8Array, from: 'marcxml' | 'marc'): Promise<readonly MarcRecord[]> {
  const folder = mkdtempSync(join(tmpdir(), 'accession-'))
  try {
    const file = join(folder, 'records')
    writeFileSync(file, bytes)
    const args = ['-i', from, '-f', 'utf-8', '-t', 'utf-8', '-o', 'json', file]
    return (await readMarc(spawnSync('yaz-marcdump', args, { maxBuffer: 1 << 28 }).stdout, { chunk: 65_536 }))
      .records
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('MARCXML is read as YAZ reads it', needsYaz, async () => {
  const files = globSync('{marcxml,triples,holdings,multilingual,pairs,eod,eresources}/*.{xml,xml.gz}', {
    cwd: corpus,
  })
  const differ: string[] = []
  for (const path of files.toSorted()) {
    const bytes = readBytes(path)
    if ('notMarc' in sniff(bytes.subarray(0, sniffed))) continue
    const { records } = await readMarc(bytes, { chunk: 10_007 })
    const theirs = await yazReads(bytes, 'marcxml')
    if (theirs.length !== records.length)
      differ.push(`${path}: ${records.length} records, ${theirs.length} of YAZ`)
    else differ.push(...compare(records, theirs).differ.map((line) => `${path} ${line}`))
  }
  // A leader with no-break spaces, and three records without a leader, which YAZ leaves out.
  assert.deepEqual(differ, [
    'marcxml/ol_39002054008678_yale_edu_marc.xml record 1: cam a22 a 4500 | cam#a225##4504',
    'multilingual/stanford_vernacularSearchTests_24.xml: 24 records, 21 of YAZ',
  ])
})

test('YAZ reads what is written as it was', needsYaz, async () => {
  const files = [
    'triples/gpo_covid19_181_utf8.mrc',
    'utf8/blacklight_test_data.utf8_30.mrc',
    'marc8/solrmarc_specTestRecs_76.mrc',
    'eod/ybp_uk_61PRINT160129_246.mrc',
  ]
  for (const path of files) {
    const { records } = await read(path)
    for (const [format, from] of [
      ['marcxml', 'marcxml'],
      ['iso2709', 'marc'],
    ] as const)
      assert.deepEqual(
        compare(records, await yazReads(fileOf(format, records), from)).differ,
        [],
        `${path} as ${format}`,
      )
  }
})

test('real records written in any format are read back as they were', needsCorpus, async () => {
  for (const path of [
    'multilingual/yaz_marccol1_19.u8.marc',
    'eod/chicago_gobi_firm_14.mrc',
    'marc8/pymarc_marc8.dat',
  ]) {
    const { records } = await read(path)
    for (const format of ['marcxml', 'json', 'mrk', 'iso2709'] as const) {
      const again = await readMarc(fileOf(format, records), { chunk: 10_007 })
      assert.equal(again.format, format)
      assert.deepEqual(compare(again.records, records).differ, [], `${path} as ${format}`)
    }
  }
})

function fileOf(format: Format, records: readonly MarcRecord[]): Uint8Array {
  const { head, between, tail, encode } = writerOf(format)
  const parts = records.flatMap((record, at) => [...(at > 0 ? [between] : []), encode(record).bytes])
  return Buffer.concat([head, ...parts, tail])
}
