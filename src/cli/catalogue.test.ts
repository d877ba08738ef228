import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { databaseUrl } from './catalogue.ts'

const before = process.env['DATABASE_URL']
afterEach(() => {
  if (before === undefined) delete process.env['DATABASE_URL']
  else process.env['DATABASE_URL'] = before
})

test('DATABASE_URL is the address of a PostgreSQL server, by TCP or by a socket', () => {
  for (const url of [
    'postgres://reader:p%40ss@db.example:5433/books',
    'postgresql:///books?host=/var/run/postgresql',
    'postgresql://reader@%2Fvar%2Frun%2Fpostgresql/books',
  ]) {
    process.env['DATABASE_URL'] = url
    assert.equal(databaseUrl(), url)
  }
  process.env['DATABASE_URL'] = ''
  assert.equal(databaseUrl(), undefined)
})

test('Another address is refused without showing the password in it', () => {
  for (const url of [
    'garbage',
    'mysql://reader:secret@db/books',
    'postgres://reader:sec%zzret@db/books',
    'postgres://reader:secret@[db/books',
  ]) {
    process.env['DATABASE_URL'] = url
    assert.throws(databaseUrl, (error: Error) => {
      assert.match(error.message, /DATABASE_URL is not the address/)
      assert.doesNotMatch(error.message, /sec/)
      return error.name === 'CommandFailure'
    })
  }
})
