import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone, getZone, type Zone } from '../src/catalog/zone.ts'
import { type BatchResult, type BatchRun, importBatch } from '../src/import/batch.ts'
import { verifyDerived } from '../src/import/verify-derived.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import type { ImportProfile, MatchSettings } from '../src/rules/import-profile.ts'
import { prepare } from '../src/rules/prepare.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { addBib, record } from './catalogue.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'Network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'Institution', suffix: '5801', network: 'NZ' })
const network = await getZone(db, 'NZ')
const institution = await getZone(db, 'IZ')
const repository = shippedProfile('repository')

const by = (method: string, more: Partial<MatchSettings> = {}): ImportProfile => ({
  ...repository,
  match: { ...repository.match, method, ...more },
})

let jobs = 0
/** The records as one batch, as a job in a zone would import them. */
function importInto(
  zone: Zone,
  profile: ImportProfile,
  records: readonly MarcRecord[],
  more: Partial<BatchRun> = {},
): Promise<readonly BatchResult[]> {
  const run: BatchRun = {
    profile,
    bibZone: zone,
    inventoryZone: zone,
    by: null,
    job: { jobId: String(++jobs), fileNo: 1 },
    mode: 'apply',
    ...more,
  }
  const prepared = records.map((content, at) => ({
    position: at + 1,
    offset: 0,
    length: 0,
    hash: '00'.repeat(16),
    repairs: [],
    prepared: prepare(content, profile),
  }))
  return importBatch(db, run, prepared, () => Promise.resolve())
}

const outcomes = (results: readonly BatchResult[]) => results.map(({ outcome, code }) => code ?? outcome)

/** Of no number in common with others: what it is matched by is its description. */
function novel(title: string, author: string, year: number, ...more: readonly string[]): MarcRecord {
  const lines = [`100 1_ $a ${author}`, `245 10 $a ${title}`, '264 _1 $b John Murray', '300 __ $a 324 p.']
  const { leader, fields } = record(...lines, ...more)
  const coded = { tag: '008', value: `151105s${year}    enk           000 1 eng d` }
  return { leader, fields: [coded, ...fields.slice(1)] }
}

/** What bibs are found by is what their records give. */
const holds = async () => {
  const checks = await Array.fromAsync(verifyDerived(db, { zones: null, job: null }, 1000))
  assert.deepEqual(
    checks.filter(({ breaches }) => breaches > 0),
    [],
  )
}

for (const method of ['fuzzy', 'fuzzy-extended-non-serial', 'title-fuzzy-non-serial', 'weighted']) {
  test(`D7: by ${method} a title twice in a batch is one bib, and the file again changes nothing`, async () => {
    const title = `Emma by ${method}`
    const file = [
      novel(title, 'Austen, Jane', 1998, '520 __ $a A summary.'),
      novel('Something else', 'Burney, Fanny', 1998),
      novel(title, 'Austen, Jane, $d 1775-1817', 1998, '520 __ $a Another summary.'),
    ]
    const results = await importInto(network, by(method), file)
    assert.equal(results[0]?.outcome, 'created')
    assert.equal(results[2]?.outcome, 'merged')
    assert.equal(results[2]?.mmsId, results[0]?.mmsId)
    assert.deepEqual(outcomes(await importInto(network, by(method), file)), [
      'unchanged',
      'unchanged',
      'unchanged',
    ])
    await holds()
  })

  test(`by ${method} a preview finds what it has planned in an earlier batch`, async () => {
    const job = { jobId: String(++jobs), fileNo: 1 }
    const title = `Camilla by ${method}`
    const preview = (...lines: readonly string[]) =>
      importInto(network, by(method), [novel(title, 'Burney, Fanny', 1998, ...lines)], {
        mode: 'preview',
        job,
      })
    const [first] = await preview()
    const [second] = await preview('520 __ $a A summary.')
    assert.deepEqual([first?.outcome, second?.outcome, second?.mmsId], ['created', 'merged', first?.mmsId])
  })

  test(`D14: by ${method} a linked bib is found and compared by the record that it is linked to`, async () => {
    const title = `Evelina by ${method}`
    const shared = await addBib(db, 'NZ', novel(title, 'Burney, Fanny', 1998))
    const local = { ...record('590 __ $a Signed.'), fields: record('590 __ $a Signed.').fields.slice(1) }
    const linked = await addBib(db, 'IZ', local, { linkedMmsId: shared })
    const [met] = await importInto(institution, by(method), [
      novel(title, 'Burney, Fanny', 1998, '520 __ $a A summary.'),
    ])
    assert.deepEqual([met?.code, met?.mmsId], ['NOT_ADDED_LINKED', linked])
    const [other] = await importInto(institution, by(method), [novel(title, 'Smith, John', 1960)])
    assert.equal(other?.outcome, 'created')
    await holds()
  })
}

test('the newest of several wins by the title statement, in a later batch as in the same', async () => {
  const edition = (...lines: readonly string[]) => novel('Belinda', 'Edgeworth, Maria', 1998, ...lines)
  const profile = by('title-fuzzy-non-serial')
  const apart: ImportProfile = { ...profile, onMatch: { ...profile.onMatch, action: 'import' } }
  const [, second] = await importInto(network, apart, [edition(), edition('500 __ $a Twice.')])
  const [third, again] = await importInto(network, profile, [
    edition('520 __ $a A summary.'),
    edition('520 __ $a Another summary.'),
  ])
  assert.deepEqual([third?.mmsId, again?.mmsId], [second?.mmsId, second?.mmsId])
  assert.deepEqual(
    third?.trace?.candidates?.map(({ dropped }) => dropped),
    ['added-earlier', undefined],
  )
})

test('a year apart is the same to the title statement, two years apart is not, nor another type', async () => {
  const profile = by('title-fuzzy-non-serial')
  const of = (year: number) => novel('Marriage', 'Ferrier, Susan', year)
  await importInto(network, profile, [of(1998)])
  assert.deepEqual(outcomes(await importInto(network, profile, [of(1999)])), ['merged'])
  const map = { ...of(1998), leader: '00000nem a2200000 i 4500' }
  assert.deepEqual(outcomes(await importInto(network, profile, [map, of(2002)])), ['created', 'created'])
})

test('a title of the one is that of the other in an extended method alone', async () => {
  const variant = novel('Reuben and Rachel, or, Tales of old times', 'Rowson', 1798, '246 30 $a Old tales')
  const incoming = novel('Old tales', 'Rowson', 1798)
  await importInto(network, by('fuzzy'), [variant])
  assert.deepEqual(outcomes(await importInto(network, by('fuzzy-non-serial'), [incoming])), ['created'])
  await db.execute(
    `delete from bib where mms_id = (select max(mms_id) from bib where zone_id = ${network.zoneId})`,
  )
  assert.deepEqual(outcomes(await importInto(network, by('fuzzy-extended-non-serial'), [incoming])), [
    'merged',
  ])
})

test('what the weighing is unsure of names its candidates, and is skipped where the profile says so', async () => {
  const bib = await addBib(db, 'NZ', novel('Ormond', 'Edgeworth, Maria', 1998))
  const incoming = novel('Ormond', 'Edgeworth, Maria', 1995)
  const [unsure] = await importInto(network, by('weighted'), [incoming])
  assert.deepEqual([unsure?.outcome, unsure?.code, unsure?.candidates], ['unresolved', 'MATCH_UNSURE', [bib]])
  const multi = { ...repository.match.multi, skipUnresolved: true }
  const [skipped] = await importInto(network, by('weighted', { multi }), [incoming])
  assert.deepEqual([skipped?.outcome, skipped?.code], ['not_imported', 'MATCH_UNSURE'])
})

test('024 finds the bib by its number in the originating system, or by its own', async () => {
  const source = { ...record('245 10 $a Discipline'), fields: record('245 10 $a Discipline').fields }
  const numbered = {
    ...source,
    fields: [{ tag: '001', value: 'X77' }, { tag: '003', value: 'VEN' }, ...source.fields],
  }
  const [made] = await importInto(network, by('oclc-else-source'), [numbered])
  const from = (number: string) =>
    importInto(network, by('024-source'), [record('024 8_ $a ' + number, '245 10 $a Discipline, again')])
  assert.equal((await from('(VEN)X77'))[0]?.mmsId, made?.mmsId)
  assert.equal((await from(made?.mmsId ?? ''))[0]?.mmsId, made?.mmsId)
})

test('001 finds the bib that has it as its MMS ID', async () => {
  const bib = await addBib(db, 'NZ', record('245 10 $a The absentee'))
  const content = record('245 10 $a The absentee', '520 __ $a A summary.')
  const own = { ...content, fields: [{ tag: '001', value: bib }, ...content.fields] }
  const [result] = await importInto(network, by('mms-001'), [own])
  assert.deepEqual([result?.outcome, result?.mmsId], ['merged', bib])
})

test('of 035 a row of multi-step asks for one prefix alone', async () => {
  const bib = await addBib(db, 'NZ', record('035 __ $a (DLC)12', '245 10 $a Patronage'))
  const incoming = (prefix: string) => by('multi-step', { steps: [{ method: '035', for: 'all', prefix }] })
  const content = record('035 __ $a (DLC)12', '245 10 $a Patronage', '520 __ $a A summary.')
  const [other] = await importInto(network, incoming('NjP'), [content], { mode: 'preview' })
  assert.equal(other?.outcome, 'created')
  const [found] = await importInto(network, incoming('DLC'), [content])
  assert.deepEqual([found?.outcome, found?.mmsId], ['merged', bib])
  await holds()
})

test('records of one new title, imported at once by many by title alone, become one bib', async () => {
  for (const method of ['title-fuzzy-non-serial', 'weighted']) {
    const one = novel(`Leonora by ${method}`, 'Edgeworth, Maria', 1998)
    const results = await Promise.all(Array.from({ length: 6 }, () => importInto(network, by(method), [one])))
    assert.deepEqual(results.flatMap(outcomes).toSorted(), [
      'created',
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
    ])
  }
})
