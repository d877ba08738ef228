import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCandidates } from '../src/catalog/find-candidates.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import type { Queryable } from '../src/db/database.ts'
import type { KeyLookup, Lookup } from '../src/rules/match/lookup.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'Network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'Institution', suffix: '5801', network: 'NZ' })

/** Nothing but the test gathers statistics. */
for (const table of ['bib', 'match_key'])
  await db.execute(`alter table ${table} set (autovacuum_enabled = false)`)

const bibs = 20_000
const load = async () => {
  await db.execute(
    `insert into bib (zone_id, mms_id, version, record, brief_level, carrier, suppressed, publish_to_oclc, originating_system, action, part)
     select 1, '99' || (100000000000 + n) || '5816', 1, repeat('x', 200), 10, 'print', false, 'publish', 'OCLC', 'created', n % 64
     from generate_series(1, ${bibs}) as n`,
  )
  await db.execute(
    `insert into match_key (kind, value, zone_id, mms_id, origin, part)
     select k.kind, n::text, 1, '99' || (100000000000 + n) || '5816', k.origin, n % 64
     from generate_series(1, ${bibs}) as n,
       (values ('oclc', 'a'), ('isbn', 'a'), ('title', '245.00000000.1998'), ('source', 'a')) as k (kind, origin)`,
  )
}

const looked = (at: number, more: Partial<KeyLookup> = {}): Lookup => ({
  kind: 'oclc',
  value: String(at * 40 + 1),
  origin: 'a',
  existing: 'any',
  sameOrigin: false,
  ...more,
})

/** Numbers, and titles of any year, of a few years, and whole. */
const lookups = Array.from({ length: 250 }, (_, at): readonly Lookup[] => [
  looked(at),
  looked(at, { kind: 'title', origin: '245.00000000.1998' }),
  looked(at, { kind: 'title', origin: '245.00000000.1998', years: [1997, 1999] }),
  looked(at, {
    kind: 'title',
    origin: '245.00000000.1998',
    existing: { from: '245.00000000.1997', to: '245.00000000.1999' },
    years: [1997, 1999],
  }),
]).flat()

/** The plans of the look-ups of one batch, as they run: with the settings of their transaction. */
const plansOfFind = (code: string): Promise<string[]> =>
  db.transaction(async (tx) => {
    const plans: string[] = []
    const explaining: Queryable = {
      ...tx,
      async query<Row extends object>(text: string, values?: readonly unknown[]) {
        if (/from match_key|from bib b/.test(text)) {
          const lines = await tx.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, values)
          plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
        }
        return tx.query<Row>(text, values)
      },
    }
    const index = await findCandidates(explaining, await getZone(tx, code), lookups)
    if (code === 'NZ') assert.equal(index.bibs.size, 250)
    return plans
  })

const assertWalked = (plans: readonly string[]) => {
  assert.ok(plans.length > 0)
  for (const plan of plans) {
    assert.doesNotMatch(plan, /Seq Scan on (bib|match_key)|Hash Join|Merge Join/, plan)
    assert.match(plan, /Index (Only )?Scan using (match_key_pkey on match_key|bib_pkey on bib b)/, plan)
  }
}

test('the look-up of a batch walks the indexes of tables that were analysed when they were empty', async () => {
  await db.execute('analyze bib, match_key')
  await load()
  assertWalked(await plansOfFind('NZ'))
  assertWalked(await plansOfFind('IZ'))
})

test('it does so without statistics, and with fresh ones', async () => {
  await db.execute(`delete from pg_statistic where starelid in ('bib'::regclass, 'match_key'::regclass)`)
  assertWalked(await plansOfFind('NZ'))
  await db.execute('analyze bib, match_key')
  assertWalked(await plansOfFind('NZ'))
  assertWalked(await plansOfFind('IZ'))
})
