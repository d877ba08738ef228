import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptIo } from '../../test/kept-io.ts'
import { ImportRefusal } from '../import/refusal.ts'
import { CommandFailure, UsageFailure } from './failure.ts'
import { reportFailure } from './failures.ts'
import { ReaderGone } from './io.ts'

/** The exit code that an error comes to, and what is said of it. */
function told(error: unknown): { readonly code: number; readonly said: string } {
  const { io, said } = keptIo()
  const code = reportFailure(error, io)
  return { code, said: said.stderr.trimEnd() }
}

const coded = (code: string, more: object = {}) =>
  Object.assign(new Error(`it failed: ${code}`), { code, ...more })

test('What a person can cause is told with what to do, and without a stack', () => {
  assert.deepEqual(told(new CommandFailure('There is no zone X.', 'Did you mean IZ?')), {
    code: 1,
    said: 'accession: There is no zone X.\nDid you mean IZ?',
  })
  assert.deepEqual(
    told(new ImportRefusal('missing', 'NO_SUCH_JOB', 'There is no job 9.', 'List the jobs.')),
    {
      code: 1,
      said: 'accession: There is no job 9.\nList the jobs.',
    },
  )
  const missing = coded('ENOENT', { syscall: 'open', path: 'books.mrc' })
  assert.match(told(missing).said, /^accession: books\.mrc does not exist\.\n/)
})

test('A full disk, an absent server and a refused password are told apart', () => {
  assert.match(told(coded('ENOSPC')).said, /^accession: The disk is full\./)
  assert.match(told(coded('ECONNREFUSED')).said, /^accession: The database does not answer \(/)
  for (const code of ['ENOTFOUND', 'EAI_AGAIN'])
    assert.match(
      told(coded(code, { syscall: 'getaddrinfo', hostname: 'db.example' })).said,
      /^accession: The database’s host db\.example cannot be found\.\n.*DATABASE_URL/,
    )
  assert.match(told(coded('28P01')).said, /^accession: The database server refused: .*\n.*DATABASE_URL/)
})

test('A command line that cannot be understood shows how it is typed, and has an exit code of its own', () => {
  assert.deepEqual(told(new UsageFailure('ID is missing.', 'accession job show ID')), {
    code: 2,
    said: 'accession: ID is missing.\n\nUsage: accession job show ID',
  })
})

test('A reader who has enough is no error', () => {
  assert.deepEqual(told(new ReaderGone()), { code: 0, said: '' })
})

test('What nobody could have caused shows its stack', () => {
  const { code, said } = told(new TypeError('x is not a function'))
  assert.equal(code, 1)
  assert.match(said, /a fault of Accession itself[\s\S]*TypeError: x is not a function\n\s+at /)
})
