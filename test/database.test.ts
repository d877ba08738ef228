import assert from 'node:assert/strict'
import { getPriority } from 'node:os'
import { test } from 'node:test'
import { connect } from '../src/db/database.ts'
import { CommitUnknown, isTransient } from '../src/db/errors.ts'
import { checkServer } from '../src/db/server-check.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await db.execute('create table note (n int primary key, t text)')

test('a transaction commits what it did, and a rejected one leaves nothing', async () => {
  await db.transaction(async (tx) => {
    assert.equal(await tx.execute('insert into note values ($1, $2), ($3, $4)', [1, 'a', 2, 'b']), 2)
  })
  const failed = db.transaction(async (tx) => {
    await tx.execute('delete from note')
    throw new Error('no')
  })
  await assert.rejects(failed, /no/)
  assert.equal((await db.query('select from note')).length, 2)
})

test('a savepoint takes back its own part only, also within another', async () => {
  await db.transaction(async (tx) => {
    await tx.execute(`insert into note values (10, 'kept')`)
    const failed = tx.savepoint(async (outer) => {
      await outer.execute(`insert into note values (11, 'lost')`)
      await assert.rejects(
        outer.savepoint((inner) => inner.execute(`insert into note values (10, 'twice')`)),
        { code: '23505' },
      )
      await outer.execute(`insert into note values (12, 'lost')`)
      throw new Error('no')
    })
    await assert.rejects(failed, /no/)
  })
  assert.deepEqual(await db.query('select n from note where n between 10 and 19'), [{ n: 10 }])
})

test('a query that strays from its transaction throws', async () => {
  const stray = db.transaction(async () => {
    await db.query('select 1')
  })
  await assert.rejects(stray, /inside a transaction/)
  const streamed = db.transaction(async () => {
    for await (const _rows of db.stream('select 1')) assert.fail('read outside the transaction')
  })
  await assert.rejects(streamed, /inside a transaction/)
})

test('a swallowed failure does not pass for a commit', async () => {
  const doomed = db.transaction(async (tx) => {
    await tx.execute('insert into nowhere values (1)').catch(() => undefined)
  })
  await assert.rejects(doomed, /was rolled back/)
})

test('statements given at once run in order; one given and not awaited belongs to the transaction', async () => {
  await db.transaction(async (tx) => {
    const both = [
      tx.execute(`insert into note values (20, 'a')`),
      tx.execute(`update note set t = 'b' where n = 20`),
    ]
    assert.deepEqual(await Promise.all(both), [1, 1])
    void tx.execute(`insert into note values (21, 'not awaited')`)
  })
  assert.deepEqual(await db.query('select n, t from note where n between 20 and 29 order by n'), [
    { n: 20, t: 'b' },
    { n: 21, t: 'not awaited' },
  ])
})

test('a statement after the end of its transaction is refused', async () => {
  let kept: Parameters<Parameters<typeof db.transaction>[0]>[0] | null = null
  await db.transaction(async (tx) => {
    kept = tx
  })
  assert.ok(kept !== null)
  await assert.rejects((kept as { query(text: string): Promise<unknown> }).query('select 1'), /has ended/)
})

test('a terminated session is a transient failure, and the database goes on', async () => {
  const cut = db.transaction(async (tx) => {
    const [self] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
    const other = connect(db.address, { max: 1 })
    await other.query('select pg_terminate_backend($1)', [self?.pid])
    await other.close()
    await tx.query('select 1')
  })
  await assert.rejects(cut, (error) => isTransient(error))
  assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }])
})

test('a connection lost during COMMIT is told apart: the work may stand, and is not simply run again', async () => {
  await db.execute(`
    create function end_session() returns trigger language plpgsql as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
    create table at_commit (n int);
    create constraint trigger at_commit after insert on at_commit deferrable initially deferred
      for each row execute function end_session()`)
  const cut = db.transaction((tx) => tx.execute('insert into at_commit values (1)'))
  await assert.rejects(cut, (error) => error instanceof CommitUnknown && !isTransient(error))
})

test('a stream reads one snapshot in batches, and may be left early', async () => {
  const sizes: number[] = []
  for await (const rows of db.stream<{ n: number }>(
    'select generate_series(1, $1::int) as n',
    [2500],
    1000,
  )) {
    sizes.push(rows.length)
  }
  assert.deepEqual(sizes, [1000, 1000, 500])
  for await (const rows of db.stream('select generate_series(1, 100000)', [], 10)) {
    assert.equal(rows.length, 10)
    break
  }
  assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }])
})

test('a listener hears its channel until it is ended, and is called after a lost connection', async () => {
  const heard: string[] = []
  let wake: () => void = () => undefined
  const end = await db.listen('news of jobs', (payload) => {
    heard.push(payload)
    wake()
  })
  const next = () => new Promise<void>((resolve) => (wake = resolve))

  let waiting = next()
  await db.query('select pg_notify($1, $2)', ['news of jobs', 'first'])
  await waiting
  assert.deepEqual(heard, ['first'])

  waiting = next()
  await db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`,
  )
  await waiting
  assert.deepEqual(heard, ['first', ''])

  waiting = next()
  await db.query('select pg_notify($1, $2)', ['news of jobs', 'second'])
  await waiting
  assert.deepEqual(heard, ['first', '', 'second'])
  await end()
})

test('a statement is prepared once it repeats, and values keep their exact form', async () => {
  const text = `select $1::int8 as big, $2::numeric as price, $3::timestamptz as at, $4::int8[] as many, $5::date as day`
  const values = ['9007199254740993', '12.50', '2026-11-24T08:30:00.000001+01:00', [1, 2], '2026-11-24']
  for (let time = 0; time < 3; time++) {
    const [row] = await db.query<object>(text, values)
    assert.deepEqual(row, {
      big: '9007199254740993',
      price: '12.50',
      at: '2026-11-24T07:30:00.000001Z',
      many: [1, 2],
      day: '2026-11-24',
    })
  }
  const single = connect(db.address, { max: 1 })
  for (let time = 0; time < 3; time++) await single.query('select $1::int as n', [time])
  const prepared = await single.query('select statement from pg_prepared_statements')
  assert.deepEqual(prepared, [{ statement: 'select $1::int as n' }])
  await single.close()
})

test('a server on which commits may be lost is refused, and allowed only by the person who says so', async () => {
  const settings = {
    version: 18,
    encoding: 'UTF8',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'off',
    data_checksums: 'on',
  }
  const told = (row: object) => ({ ...db, query: async <Row extends object>() => [row as Row] })
  await assert.rejects(checkServer(told(settings), {}), /synchronous_commit off/)
  assert.equal((await checkServer(told(settings), { ACCESSION_ALLOW_UNSAFE: '1' })).length, 1)
  await assert.rejects(
    checkServer(told({ ...settings, synchronous_commit: 'on', version: 14 }), {}),
    /15 or later/,
  )
  await assert.rejects(
    checkServer(told({ ...settings, synchronous_commit: 'on', encoding: 'SQL_ASCII' }), {}),
    /UTF8/,
  )

  await db.transaction(async (tx) => {
    await checkServer(tx, {})
    await tx.execute('set local synchronous_commit = off')
    await assert.rejects(checkServer(tx, {}), /synchronous_commit off/)
  })
})

test('the server’s processes of a job give way to those of people, where both run on this machine', async (t) => {
  if (typeof db.address === 'string') return t.skip('the server of the tests is somebody else’s')
  const job = connect(db.address, { max: 1, givesWay: true })
  const [ofJob] = await job.query<{ pid: number }>('select pg_backend_pid() as pid')
  const [ofPerson] = await db.query<{ pid: number }>('select pg_backend_pid() as pid')
  assert.ok(ofJob && ofPerson)
  // Who runs the tests may have given them a priority of their own.
  assert.equal(getPriority(ofJob.pid), Math.max(10, getPriority(ofPerson.pid)))
  await job.close()
})
