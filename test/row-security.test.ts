import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { addZone, getZone, listZones } from '../src/catalog/zone.ts'
import type { Database, Queryable } from '../src/db/database.ts'
import { beyondScope, type Scope, withinScope } from '../src/db/scope.ts'
import { prepareWebRole } from '../src/db/web-role.ts'
import type { Actor } from '../src/people/permissions.ts'
import { scopeOf } from '../src/server/hold-to.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

/*
 * The second net under zone isolation: what a statement of somebody's request gives and changes, whatever its
 * text says. One row of every table that the net is under, for each of two institutions and their network.
 */

const { db } = await testServer()
await addZone(db, { code: 'OTHER', kind: 'institution', name: 'Other', suffix: '5802', network: 'NZ' })
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community', suffix: '5000' })

const zones = await listZones(db)
const numberOf = (code: string): number => zones.find((zone) => zone.code === code)?.zoneId ?? 0
const cataloguer: Actor = {
  name: 'cataloguer',
  personId: null,
  apiKeyId: null,
  roles: { IZ: ['cataloger'] },
  readsOnly: false,
}
const scope = scopeOf(cataloguer, zones)

/** Tables with a zone or a job that have no policy, and why that is right. */
const exceptions: Readonly<Record<string, string>> = {
  bib_search:
    'its words are looked up by an operator that is not leakproof, and so no index would serve it under a policy; its numbers lead nowhere without bib',
  derived_version: 'how far a start has brought keys, headings and search rows: nothing of any record',
}

type Table = {
  readonly name: string
  readonly column: 'zone_id' | 'zone_code' | 'job_id'
  readonly secured: boolean
}

const tables = await db.query<Table>(
  `select c.relname as name, (array_agg(a.attname order by a.attname desc))[1] as column,
          c.relrowsecurity and exists (
            select from pg_policy p where p.polrelid = c.oid and p.polcmd = 'r') as secured
   from pg_class c
   join pg_attribute a on a.attrelid = c.oid and a.attname in ('zone_id', 'zone_code', 'job_id') and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
   group by c.oid order by c.relname`,
)
const secured = tables.filter((table) => table.secured)

type Content = { readonly zone: number; readonly job: number; readonly mmsId: string }

/** A row of each table that bibs and jobs alone do not bring. */
const rowsOf = ({ zone, job, mmsId }: Content): Readonly<Record<string, string>> => {
  const place = `${job}, 1, 1`
  const changed = `'added', now(), now(), null, null, null, null, 1`
  return {
    audit: `(who, zone_code, action, request_id) select 'somebody', code, '', '' from zone where zone_id = ${zone}`,
    bib_lock: `(zone_id, mms_id, holder, since, seen_at, part) values (${zone}, '${mmsId}', 'somebody', now(), now(), 1)`,
    bib_version: `select (jsonb_populate_record(null::bib_version, to_jsonb(b) || '{"version": 1}')).* from bib b where mms_id = '${mmsId}'`,
    collection_load: `(zone_id, collection_id, format, file_name, lines, blank, further, deletes, added, changed, unchanged, rejected, withdrawn, report)
      values (${zone}, '61100000${zone}', 'kbart', 'a.txt', 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}')`,
    combined_bib: `(job_id, file_no, position, ordinal, zone_id, mms_id, became, into_mms_id, version_before, version_after, part)
      values (${place}, 1, ${zone}, '${mmsId}', 'deleted', '${mmsId}', 1, 2, 1)`,
    combined_inventory: `(job_id, file_no, position, zone_id, inventory_id, from_mms_id, into_mms_id, part)
      values (${place}, ${zone}, '221', '${mmsId}', '${mmsId}', 1)`,
    electronic_collection: `(zone_id, collection_id, name) values (${zone}, '61100000${zone}', 'Novels')`,
    electronic_service: `values (${zone}, '62100000${zone}', '61100000${zone}', 'Full text')`,
    gateway_export: `(zone_id, bib_zone_id, logon, oclc_user, sent_by, address, header, record, sha256, title, keys, reply, part)
      values (${zone}, ${zone}, '', '', '', '', '', '', '', '', '{}', '', 1)`,
    holdings: `values (${zone}, '22100000${zone}', '${mmsId}', 1, '', 'main', 'stacks', '', '', false, ${changed})`,
    import_event: `(job_id, level, code, message) values (${job}, 'note', 'RESUMED', '')`,
    import_file: `(job_id, file_no, name, sha256) values (${job}, 1, 'a.mrc', repeat('0', 64))`,
    import_inventory: `(job_id, file_no, position, is_settled, kind, result, zone_id, inventory_id, part)
      values (${place}, false, 'holdings', 'added', ${zone}, '221', 1)`,
    import_issue: `(zone_id, job_id, file_no, position, outcome, code) values (${zone}, ${place}, 'unresolved', 'MULTI_MATCH')`,
    import_junk: `values (${job}, 1, 0, 1, 'noise')`,
    import_part: `values (${job}, 1, 1, 1, 1, 0, 1)`,
    import_profile: `values (${zone}, 'vendor', 1, true, '{}')`,
    import_record: `(job_id, file_no, position, byte_offset, byte_length, hash, outcome, matched, duplicate_in_file, headings, part)
      values (${place}, 0, 1, '', 'created', 0, false, 0, 1)`,
    integration_profile: `(zone_id, logon, secret_hash, profile, version) values (${zone}, 'logon${zone}', '', '{}', 1)`,
    inventory_version: `values (${zone}, '22100000${zone}', 1, '${mmsId}', '{}', 'added', now(), null, null, null, null, 1)`,
    item: `(zone_id, item_id, holdings_id, mms_id, version, status, action, part)
      values (${zone}, '23100000${zone}', '22100000${zone}', '${mmsId}', 1, 'in-place', 'added', 1)`,
    item_barcode: `values (${zone}, '3917', '23100000${zone}', '${mmsId}', 1)`,
    library: `values (${zone}, 'main', 'Main')`,
    location: `values (${zone}, 'main', 'stacks', 'Stacks')`,
    person_role: `select person_id, ${zone}, 'cataloger' from person`,
    portfolio: `(zone_id, portfolio_id, mms_id, version, availability, action, part)
      values (${zone}, '53100000${zone}', '${mmsId}', 1, 'available', 'added', 1)`,
    preview_bib: `values (${job}, '${mmsId}', '{}')`,
    preview_inventory: `values (${job}, 'a', '221', '${mmsId}')`,
    preview_key: `values (${job}, 'oclc', '1', '${mmsId}', 'a')`,
    preview_record: `values (${place}, '${mmsId}')`,
    replay_difference: `values (${place}, '{outcome}', '', '')`,
    rule_file: `(zone_id, kind, code, version, is_current, name, text, active, shared)
      values (${zone}, 'merge', 'own', 1, true, '', '', true, false)`,
    saved_set: `(zone_id, name, kind, entity) values (${zone}, 'mine', 'itemised', 'all-titles')`,
    saved_set_member: `(set_id, zone_id, member_id, part) select set_id, zone_id, '${mmsId}', 1 from saved_set where zone_id = ${zone}`,
    undo_record: `values (${place}, '${mmsId}', 'removed')`,
  }
}

/** Fills a zone, and answers the number of its job. */
async function fill(code: string): Promise<number> {
  const zone = numberOf(code)
  const mmsId = await addBib(
    db,
    code,
    record('020 __ $a 9780141439587', '100 1_ $a Austen', '245 10 $a Emma'),
  )
  const [job] = await db.query<{ id: number }>(
    `insert into import_job (kind, zone_id, bib_zone_id, status) values ('import', $1, $1, 'completed') returning job_id as id`,
    [zone],
  )
  const rows = Object.entries(rowsOf({ zone, job: job?.id ?? 0, mmsId }))
  // What others refer to goes first.
  const first = ['library', 'import_file', 'electronic_collection', 'saved_set']
  for (const [table, row] of rows.toSorted(([a], [b]) => first.indexOf(b) - first.indexOf(a)))
    await db.execute(`insert into ${table} ${row}`)
  return job?.id ?? 0
}

await db.execute(`insert into stored_file (sha256, size) values (repeat('0', 64), 1)`)
await db.execute(`insert into person (login, name) values ('somebody', 'Somebody')`)
const jobs: Readonly<Record<string, number>> = {
  IZ: await fill('IZ'),
  OTHER: await fill('OTHER'),
  NZ: await fill('NZ'),
}

const isOf = ({ column }: Table, zone: string): string =>
  ({
    zone_id: `zone_id = ${numberOf(zone)}`,
    zone_code: `zone_code = '${zone}'`,
    job_id: `job_id = ${jobs[zone]}`,
  })[column]

async function count(of: Queryable, table: Table, zone: string): Promise<number> {
  const [row] = await of.query<{ n: number }>(
    `select count(*)::int as n from ${table.name} where ${isOf(table, zone)}`,
  )
  return row?.n ?? 0
}

/** Seen by everybody, as a whole. */
const open = new Set(['zone', 'person_role'])

test('a table of a zone or of a job has a policy, or a reason why not', () => {
  const bare = tables.flatMap(({ name, secured: isSecured }) => (isSecured ? [] : [name]))
  assert.deepEqual(bare, Object.keys(exceptions).toSorted())
})

test('every table with a policy is tried below', async () => {
  for (const table of secured)
    for (const zone of ['IZ', 'OTHER', 'NZ'])
      assert.ok((await count(db, table, zone)) > 0, `${table.name} has no row of ${zone}`)
})

test('a request reads nothing of another institution in any table, and all of its own', async () => {
  for (const table of secured) {
    const seen = await withinScope(scope, async () => ({
      own: await count(db, table, 'IZ'),
      other: await count(db, table, 'OTHER'),
    }))
    assert.deepEqual(
      seen,
      { own: await count(db, table, 'IZ'), other: open.has(table.name) ? 1 : 0 },
      table.name,
    )
  }
})

test('a request reads the catalogue of its network, and nothing of what goes on there', async () => {
  const seen = async (table: Table) => (await withinScope(scope, () => count(db, table, 'NZ'))) > 0
  const names: string[] = []
  for (const table of secured) if (await seen(table)) names.push(table.name)
  assert.deepEqual(names, [
    'bib',
    'bib_facet',
    'bib_heading',
    'bib_lock',
    'bib_version',
    'collection_load',
    'combined_bib',
    'combined_inventory',
    'electronic_collection',
    'electronic_service',
    'holdings',
    'import_profile',
    'inventory_version',
    'item',
    'item_barcode',
    'library',
    'location',
    'match_key',
    'person_role',
    'portfolio',
    'rule_file',
    'zone',
  ])
})

test('a request changes nothing of another zone in any table: not of an institution, nor of its network', async () => {
  for (const table of secured) {
    for (const zone of ['OTHER', 'NZ']) {
      const [row] = await db.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${table.name} t where ${isOf(table, zone)} limit 1`,
      )
      await withinScope(scope, async () => {
        const where = `${table.name} ${zone}`
        assert.equal(
          await db.execute(
            `update ${table.name} set ${table.column} = ${table.column} where ${isOf(table, zone)}`,
          ),
          0,
          where,
        )
        assert.equal(await db.execute(`delete from ${table.name} where ${isOf(table, zone)}`), 0, where)
        const again = db.execute(
          `insert into ${table.name} overriding system value select (jsonb_populate_record(null::${table.name}, $1::jsonb)).*`,
          [row?.row],
        )
        await assert.rejects(again, { code: '42501', message: /violates row-level security policy/ }, where)
      })
    }
  }
})

test('a key that only reads changes nothing of its own zone either', async () => {
  const reading = scopeOf({ ...cataloguer, readsOnly: true }, zones)
  await withinScope(reading, async () => {
    assert.equal(await db.execute(`update import_job set notes = 'mine'`), 0)
    assert.equal(await db.execute(`delete from bib_lock`), 0)
  })
  const taken = withinScope(scope, () => db.execute(`update import_job set notes = 'mine'`))
  assert.equal(await taken, 1)
})

test('a rule that a member shares is read in its network, and in no other', async () => {
  await db.execute(`update rule_file set shared = true where zone_id = $1`, [numberOf('OTHER')])
  const shared = async (of: Scope) =>
    (await withinScope(of, () => db.query(`select from rule_file where zone_id = $1`, [numberOf('OTHER')])))
      .length
  await addZone(db, { code: 'APART', kind: 'institution', name: 'Apart', suffix: '5803' })
  const apart = scopeOf({ ...cataloguer, roles: { APART: ['cataloger'] } }, await listZones(db))
  assert.deepEqual([await shared(scope), await shared(apart)], [1, 0])
  await db.execute(`update rule_file set shared = false`)
})

test('a job is seen from the zone whose bibs it changes, with all that it did', async () => {
  const network = scopeOf({ ...cataloguer, roles: { NZ: ['cataloger'] } }, zones)
  const seen = () =>
    withinScope(network, async () => [
      await db.query(`select from import_record where job_id = $1`, [jobs['IZ']]),
      await db.query(`select from import_issue where job_id = $1`, [jobs['IZ']]),
    ])
  assert.deepEqual(await seen(), [[], []])
  await db.execute(`update import_job set bib_zone_id = $2 where job_id = $1`, [jobs['IZ'], numberOf('NZ')])
  assert.deepEqual(await seen(), [[{}], [{}]])
  await db.execute(`update import_job set bib_zone_id = zone_id`)
})

test('where nobody has said what is reached, a request reaches nothing, and what is none reaches everything', async () => {
  const bibs = async (of: Database) => (await of.query(`select from bib`)).length
  assert.deepEqual([await bibs(db), await bibs(db.forRequests())], [3, 0])
  assert.equal(await beyondScope(() => bibs(db.forRequests())), 3)
})

test('COPY is not for requests: it would pass by what holds them', async () => {
  const copied = withinScope(scope, () =>
    db.copyIn(`copy library (zone_id, code, name) from stdin`, Buffer.from(`${numberOf('IZ')}\tlaw\tLaw\n`)),
  )
  await assert.rejects(copied, /COPY FROM not supported with row-level security/)
  const beyond = withinScope(scope, () =>
    beyondScope(() =>
      db.copyIn(
        `copy library (zone_id, code, name) from stdin`,
        Buffer.from(`${numberOf('IZ')}\tlaw\tLaw\n`),
      ),
    ),
  )
  assert.equal(await beyond, 1)
})

test('the role of requests owns nothing, may not sign in, and is passed by nobody in its name', async () => {
  const roles = await db.query(
    `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
            exists (select from pg_class where relowner = r.oid) as owns
     from pg_roles r where rolname = 'accession_web'`,
  )
  assert.deepEqual(roles, [
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owns: false,
    },
  ])
  await assert.rejects(
    withinScope(scope, () => db.query(`select from migration`)),
    { code: '42501' },
  )
})

test('a login that may not make the role is told how it is done by hand', async () => {
  const made = db.transaction(async (tx) => {
    await tx.execute(
      `create role plain nologin; grant create, usage on schema public to plain; set local role plain`,
    )
    await tx.query(`select make_web_role()`)
  })
  await assert.rejects(made, /create role accession_web nologin; grant accession_web to plain;/)
})

test('a database that was restored where the role may do nothing is mended at the next start', async () => {
  const look = () => withinScope(scope, () => db.query(`select from bib`))
  await db.execute(`revoke all on all tables in schema public from accession_web`)
  await assert.rejects(look(), { code: '42501' })
  await prepareWebRole(db)
  assert.equal((await look()).length, 2)
})

test('every step out of a request is one of these', async () => {
  const uses: string[] = []
  for (const file of await readdir(new URL('../src', import.meta.url), { recursive: true })) {
    if (!file.endsWith('.ts') || file === 'db/scope.ts') continue
    const text = await readFile(new URL(`../src/${file}`, import.meta.url), 'utf8')
    uses.push(...Array.from(text.matchAll(/\bbeyondScope\(|\bwithinScope\(\s*'people'/g), () => file))
  }
  assert.deepEqual(uses.toSorted(), [
    // Whether a bib was combined is known by a job of any zone.
    'catalog/find-successor.ts',
    // Who holds a title of the network, in all institutions.
    'catalog/search/held-by.ts',
    // In how many institutions copies are.
    'catalog/search/hint.ts',
    // Linking and copying hold a bib of the network, and write by COPY.
    'catalog/share-bib.ts',
    'catalog/share-bib.ts',
    'catalog/share-bib.ts',
    // Every record enters here, and what becomes of it does not depend on who sends it.
    'import/batch.ts',
    'import/explain.ts',
    // A logon is one of all zones.
    'import/integration-profile.ts',
    // What is withdrawn of a title list is so in the institutions that have activated it.
    'import/load-collection.ts',
    // Who runs by a rule that is shared.
    'import/rule-use.ts',
    // A job that is run while somebody waits is run as the importer runs it.
    'import/share-one.ts',
    'import/share-one.ts',
    // What sharing would come to, as the import will do it.
    'import/share-preview.ts',
    // What is activated is held against a title list that changes it meanwhile.
    'inventory/activate.ts',
    // Whom a change of a network bib reaches, in all institutions.
    'inventory/impact.ts',
    // The audit trail is the guard's.
    'people/audit.ts',
    'people/audit.ts',
    // The first person has no role yet to give roles by.
    'people/invitation.ts',
    // Who asks, and which zones there are: the guard, before it knows what is reached.
    'server/access.ts',
    'server/access.ts',
    // Looked at once for all who listen or ask, and told to each what is of their zones.
    'server/app.ts',
    'server/zone-rows.ts',
  ])
})

test('zones are what they were to the guard: own, network, community', async () => {
  const codes = (numbers: readonly number[]) =>
    zones.filter(({ zoneId }) => numbers.includes(zoneId)).map(({ code }) => code)
  assert.deepEqual(
    [codes(scope.catalogue), codes(scope.own), codes(scope.changed)],
    [['NZ', 'IZ', 'CZ'], ['IZ'], ['IZ']],
  )
  assert.equal((await getZone(db, 'IZ')).zoneId, scope.own[0])
})
