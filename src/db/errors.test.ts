import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommitUnknown, errorCode, isDataError, isDiskFull, isTransient, retrying } from './errors.ts'

function withCode(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code }, more)
}

test('what a record carries is its own fault: bad text, a broken constraint, a key too long for its index', () => {
  for (const code of ['22021', '22P02', '23505', '23514', '54000', '21000']) {
    assert.equal(isDataError(withCode(code)), true, code)
    assert.equal(isTransient(withCode(code)), false, code)
  }
})

test('deadlock, lost connection, exhausted memory and a stopping server are transient and condemn no record', () => {
  const lost = new Error('Connection terminated unexpectedly')
  const absent = withCode('ENOENT', { syscall: 'connect' })
  for (const error of [
    ...['40001', '40P01', '53200', '53300', '57P01', '57P03', '08006', 'ECONNRESET'].map((code) =>
      withCode(code),
    ),
    lost,
    absent,
  ]) {
    assert.equal(isTransient(error), true, error.message)
    assert.equal(isDataError(error), false, error.message)
  }
})

test('a missing file, a malformed message and a mistake in SQL are not retried', () => {
  for (const error of [
    withCode('ENOENT', { syscall: 'open' }),
    withCode('08P01'),
    withCode('42601'),
    new Error('no'),
  ]) {
    assert.equal(isTransient(error), false)
    assert.equal(isDataError(error), false)
  }
})

test('a full disk is neither: PostgreSQL says 53100, this process ENOSPC', () => {
  for (const code of ['53100', 'ENOSPC']) {
    assert.equal(isDiskFull(withCode(code)), true)
    assert.equal(isTransient(withCode(code)), false)
    assert.equal(isDataError(withCode(code)), false)
  }
})

test('what has no code has none', () => {
  assert.equal(errorCode(null), null)
  assert.equal(errorCode({ code: 7 }), null)
})

test('retrying stops at the first success, at another error and at its last attempt', async () => {
  let runs = 0
  const value = await retrying(async () => {
    if (++runs < 3) throw withCode('40P01')
    return 'done'
  })
  assert.deepEqual([value, runs], ['done', 3])

  runs = 0
  await assert.rejects(
    retrying(async () => {
      runs++
      throw withCode('23505')
    }),
    { code: '23505' },
  )
  assert.equal(runs, 1)

  runs = 0
  await assert.rejects(
    retrying(
      async () => {
        runs++
        throw withCode('40001')
      },
      { attempts: 2 },
    ),
    { code: '40001' },
  )
  assert.equal(runs, 2)
})

test('a commit of unknown outcome is run again only by work that finds its own effects', async () => {
  const fails = async (attempt: number) => {
    if (attempt === 1) throw new CommitUnknown(withCode('08006'))
    return attempt
  }
  await assert.rejects(retrying(fails), CommitUnknown)
  assert.equal(await retrying(fails, { findsItsOwnEffects: true }), 2)
})

test('an aborted signal ends the waiting between attempts', async () => {
  const abort = new AbortController()
  const run = retrying(
    async () => {
      abort.abort(new Error('cancelled'))
      throw withCode('40001')
    },
    { signal: abort.signal },
  )
  await assert.rejects(run, { name: 'AbortError' })
})
