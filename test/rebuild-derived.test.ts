import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rebuildDerived } from '../src/catalog/rebuild-derived.ts'
import { addZone } from '../src/catalog/zone.ts'
import { verifyDerived } from '../src/import/verify-derived.ts'
import { derivedVersions } from '../src/rules/derive.ts'
import { addBib, record } from './catalogue.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'Network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'Institution', suffix: '5801', network: 'NZ' })

const emma = await addBib(db, 'NZ', record('035 __ $a (OCoLC)1', '245 10 $a Emma : $b a novel.'))
await addBib(db, 'NZ', record('100 1_ $a Austen, Jane.', '245 10 $a Persuasion.', '650 _0 $a Bath.'))
await addBib(
  db,
  'IZ',
  { ...record('590 __ $a Signed.'), fields: record('590 __ $a Signed.').fields.slice(1) },
  { linkedMmsId: emma },
)

const breaches = async () => {
  const checks = await Array.fromAsync(verifyDerived(db, { zones: null, job: null }, 1000))
  return checks.flatMap(({ id, breaches: count }) => (count > 0 ? [id] : []))
}

const asOld = () =>
  db.execute(
    `update derived_version set version = 0, towards = null;
     update match_key set value = 'as an old version made it', origin = 't' where kind = 'title';
     delete from bib_heading; update bib_search set title = 'old'; update bib_facet set year = 1`,
  )

const versions = () => db.query<object>('select what, version, towards from derived_version order by what')

const current = Object.entries(derivedVersions)
  .map(([what, version]) => ({ what, version, towards: null }))
  .toSorted((a, b) => (a.what < b.what ? -1 : 1))

test('a catalogue whose rows an old version made holds again when it has been opened, and it is said', async () => {
  await asOld()
  assert.deepEqual(await breaches(), ['KEYS_DERIVED', 'HEADINGS_DERIVED', 'SEARCH_DERIVED', 'FACETS_DERIVED'])
  const said: string[] = []
  await rebuildDerived(db, (text) => void said.push(text))
  assert.deepEqual(await breaches(), [])
  assert.deepEqual(await versions(), current)
  assert.match(said[0] ?? '', /made anew for this version of the program, from 3 bibs/)
})

test('one that is current is left alone', async () => {
  await db.execute(`update bib_search set title = 'kept'`)
  const said: string[] = []
  await rebuildDerived(db, (text) => void said.push(text))
  assert.deepEqual(said, [])
  assert.deepEqual(await breaches(), ['SEARCH_DERIVED'])
})

test('a rebuild that was killed goes on after the bib that it had reached', async () => {
  await asOld()
  const [first] = await db.query<{ zoneId: number; mmsId: string }>(
    `select zone_id as "zoneId", mms_id as "mmsId" from bib order by zone_id, mms_id limit 1`,
  )
  // As after the first batch: the rows of the others are gone, and its own are there.
  await db.execute(`delete from match_key`)
  await db.execute(`update derived_version set towards = $3, zone_id = $1, mms_id = $2 where what = 'keys'`, [
    first?.zoneId,
    first?.mmsId,
    derivedVersions.keys,
  ])
  await rebuildDerived(db, () => {})
  const keyed = await db.query<{ mmsId: string }>(
    `select distinct mms_id as "mmsId" from match_key order by mms_id`,
  )
  assert.equal(keyed.length, 1)
  assert.ok(keyed.every(({ mmsId }) => mmsId !== first?.mmsId))
  assert.deepEqual(await versions(), current)
})

test('processes that open a catalogue at the same time make each row once', async () => {
  await asOld()
  await Promise.all([rebuildDerived(db, () => {}), rebuildDerived(db, () => {})])
  assert.deepEqual(await breaches(), [])
})
