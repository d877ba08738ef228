import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fieldNames } from '../src/marc/encoding-repairs.ts'
import type { Decoded } from '../src/marc/frame.ts'
import { packField } from '../src/marc/packed.ts'
import { decodeFrame, openMarc } from '../src/marc/read.ts'
import { corpusFiles, isMarc, needsYaz, readCorpusFile } from './corpus.ts'
import { chunksOf } from './read-marc.ts'

/* Well-formed files beside a second reader: a field that differs is a fault of the file, and a repair names it. */

/** D40: halves of ligatures and double tildes against the one mark, after NFC. */
const comparable = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll('\ufe20', '\u0361')
    .replaceAll('\ufe22', '\u0360')
    .replace(/[\ufe21\ufe23]/g, '')

type Compared = { same: number; readonly differ: string[]; readonly repaired: Record<string, number> }

/** Records as YAZ reads them, in ISO 2709 and UTF-8, cut at their terminators. */
function* yazRecords(bytes: Uint8Array, encoding: string): Generator<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'accession-'))
  try {
    const file = join(folder, 'records.mrc')
    writeFileSync(file, bytes)
    const args = ['-f', encoding, '-t', 'utf-8', '-l', '9=97', '-o', 'marc', file]
    const { stdout } = spawnSync('yaz-marcdump', args, { maxBuffer: 1 << 28 })
    for (let from = 0, to = stdout.indexOf(0x1d); to !== -1; from = to + 1, to = stdout.indexOf(0x1d, from))
      yield stdout.toString('utf8', from, to).split('\x1e')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Nothing where the file is no ISO 2709. */
async function compare(path: string): Promise<Compared | null> {
  const bytes = readCorpusFile(path)
  const opened = await openMarc(chunksOf(bytes, 1 << 16))
  if ('notMarc' in opened || opened.format !== 'iso2709') return null
  const compared: Compared = { same: 0, differ: [], repaired: {} }
  // Leader/09 of that file is `#`, and its text is UTF-8.
  const theirs = yazRecords(bytes, path.endsWith('eg_FSL_cyrillic_52.marc') ? 'utf-8' : 'marc-8')
  for await (const frames of opened.frames)
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      const decoded = decodeFrame(opened.format, frame, 'repair')
      const their = theirs.next()
      const where = `${path} record ${frame.position}`
      if (!decoded.ok || their.done) compared.differ.push(`${where}: in one reader alone`)
      else compareRecord(decoded, their.value, where, compared)
    }
  if (!theirs.next().done) compared.differ.push(`${path}: YAZ has more records`)
  return compared
}

function compareRecord(
  { record, repairs }: Extract<Decoded, { ok: true }>,
  [head = '', ...contents]: readonly string[],
  where: string,
  compared: Compared,
): void {
  const { leader, fields } = record
  if (leader.slice(5, 9) + leader.slice(17, 20) !== head.slice(5, 9) + head.slice(17, 20))
    compared.differ.push(`${where} leader: ${leader} | ${head.slice(0, 24)}`)
  const tags = head.slice(24).match(/.{12}/gs) ?? []
  if (tags.length !== fields.length)
    compared.differ.push(`${where}: ${fields.length} | ${tags.length} fields`)
  const whole = repairs.find(({ field, code }) => field === undefined && code === 'LENGTH_IN_CHARACTERS')
  let names: readonly string[] | undefined
  for (const [at, field] of fields.entries()) {
    const ours = packField(field)
    const their = (tags[at] ?? '').slice(0, 3) + (contents[at] ?? '')
    if (ours === their || comparable(ours) === comparable(their)) {
      compared.same++
      continue
    }
    names ??= fieldNames(fields.map(({ tag }) => tag))
    const name = names[at]
    const code = (repairs.find((repair) => repair.field === name) ?? whole)?.code
    if (code === undefined) compared.differ.push(`${where} ${name}: ${ours} | ${their}`)
    else compared.repaired[code] = (compared.repaired[code] ?? 0) + 1
  }
}

test(
  'records of well-formed ISO 2709 files are those of YAZ, field for field, but for named repairs',
  needsYaz,
  async () => {
    const repaired: Record<string, Compared['repaired']> = {}
    let same = 0
    for (const path of corpusFiles().filter((each) => isMarc(each) && !each.startsWith('malformed/'))) {
      const compared = await compare(path)
      if (compared === null) continue
      assert.deepEqual(compared.differ, [], path)
      same += compared.same
      if (Object.keys(compared.repaired).length > 0) repaired[path] = compared.repaired
    }
    assert.deepEqual(repaired, {
      'bulk/gpo_union_50000_utf8.mrc.gz': { CONTROL_CHARACTER: 19 },
      'eod/folio_980-982_10.mrc': { LENGTH_IN_CHARACTERS: 78 },
      'marc8/eg_jazz_1k.mrc': { ENCODING_LATIN1: 4 },
      'marc8/ruby-marc_escaped_character_reference.marc8.marc': { CHARACTER_REFERENCE: 1 },
      'marc8/yaz_marc1.marc': { ENCODING_LATIN1: 1, INDICATORS: 18, SUBFIELD_CODE: 4 },
      'marc8/yaz_marc10.marc': { ENCODING_LATIN1: 8 },
      'marc8/yaz_marc12.marc': { CONTROL_CHARACTER: 1, ENCODING_BYTES: 1 },
      'utf8/idzebra_usmarc_sample-marc_24': { ENCODING_LATIN1: 2, SUBFIELD_CODE: 3 },
    })
    assert.ok(same > 2_200_000, String(same))
  },
)
