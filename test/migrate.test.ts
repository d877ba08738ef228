import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { connect } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { dumpSchema } from '../src/db/schema-dump.ts'
import { testDatabase } from './database.ts'

const folder = await mkdtemp(join(tmpdir(), 'accession-migrations-'))
after(() => rm(folder, { recursive: true }))
const db = await testDatabase()
await db.execute('drop schema public cascade; create schema public')

const write = (name: string, text: string) => writeFile(join(folder, name), text)
const names = (ran: readonly { name: string }[]) => ran.map(({ name }) => name)

test('migrations run once, in order, however many starts come at the same time', async () => {
  await write('000001-shelf.sql', 'create table shelf (n int primary key); insert into shelf values (1);')
  await write('000002-book.sql', 'create table book (n int references shelf);')
  const others = [connect(db.address), connect(db.address)]
  const ran = await Promise.all([db, ...others].map((each) => migrate(each, folder)))
  for (const other of others) await other.close()
  assert.deepEqual(names(ran.flat()).sort(), ['book', 'shelf'])
  assert.deepEqual(await migrate(db, folder), [])
})

test('a migration that fails leaves nothing of itself and is named', async () => {
  await write('000003-wrong.sql', 'create table half (n int); create table shelf (n int);')
  await assert.rejects(migrate(db, folder), /Migration 000003-wrong\.sql failed: .*already exists/)
  assert.deepEqual(await db.query(`select to_regclass('half') as half`), [{ half: null }])
  await rm(join(folder, '000003-wrong.sql'))
})

test('a migration that was changed after it had run is refused', async () => {
  await write('000002-book.sql', 'create table book (n int references shelf, title text);')
  await assert.rejects(migrate(db, folder), /000002-book\.sql was changed after it had run/)
  await write('000002-book.sql', 'create table book (n int references shelf);')
})

test('a database that a newer version has opened is refused', async () => {
  await write('000004-newer.sql', 'create table newer (n int);')
  assert.deepEqual(names(await migrate(db, folder)), ['newer'])
  await rm(join(folder, '000004-newer.sql'))
  await assert.rejects(
    migrate(db, folder),
    /000004-newer\.sql, which this version of Accession does not know/,
  )
  await write('000004-newer.sql', 'create table newer (n int);')
})

test('a migration numbered before one that has run is refused', async () => {
  await write('000003-late.sql', 'create table late (n int);')
  await assert.rejects(migrate(db, folder), /000003-late\.sql would run after 000004-newer\.sql/)
  await rm(join(folder, '000003-late.sql'))
})

test('a file that is not named as a migration is refused', async () => {
  await write('5-five.sql', 'select 1;')
  await assert.rejects(migrate(db, folder), /5-five\.sql is not named as a migration/)
  await rm(join(folder, '5-five.sql'))
})

test('the dump of a schema makes the same schema again', async () => {
  await db.execute('drop schema public cascade; create schema public')
  await db.execute(`
    create domain suffix as text check (value ~ '^[0-9]{4}$');
    create type kind as enum ('network', 'institution');
    create sequence number_sequence start 7 increment 3;
    create table area (n smallint primary key, kind kind not null, code text collate "C" not null unique, suffix suffix,
      token bigint generated always as identity, at timestamptz not null default now(), check (n > 0));
    create table "order" (area smallint references area, line int not null, doubled int generated always as (line * 2) stored,
      note text not null default 'it''s', primary key (area, line)) with (fillfactor = 90);
    create index order_open on "order" (line desc) where line > 5;
    alter table area enable row level security;
    alter table area force row level security;
    create policy own on area for select to public using (code = current_setting('x.zone', true));
    grant select on area to public;
    create function one() returns int language sql immutable as 'select 1';
    create view codes as select code from area;
  `)
  const dump = await dumpSchema(db)
  for (const part of [
    'collate "C" not null',
    'fillfactor=90',
    'order_open',
    'create policy own',
    'grant select',
    'force row',
  ]) {
    assert.ok(dump.includes(part), part)
  }
  await db.execute('drop schema public cascade; create schema public')
  await db.execute(dump)
  assert.equal(await dumpSchema(db), dump)
})
