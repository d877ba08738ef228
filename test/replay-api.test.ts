import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { buildApp } from '../src/server/app.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import type { JobReport } from '../src/server/api/job.ts'
import type { RecordExplanation } from '../src/server/api/explanation.ts'
import type { ReplayedRecordPage } from '../src/server/api/replay.ts'
import { book, mrc, testJobs } from './jobs.ts'
import { everybody } from './everybody.ts'

const jobs = await testJobs()
const app = await buildApp(
  {
    db: jobs.db,
    address: jobs.db.address,
    dataDir: jobs.dataDir,
    version: '0.0.0',
    demo: false,
    signIn: everybody,
    webDir: jobs.dataDir,
    gateway: () => noGateway,
    hosts: [],
  },
  { checkReplies: true },
)
after(() => app.close())
const repository = shippedProfile('repository')
await jobs.load({ 'old.mrc': mrc([1, 2].map((oclc) => book(oclc, `Title ${oclc}`, '650 _0 $a Old.'))) })
const job = await jobs.load({
  'new.mrc': mrc([1, 2, 3].map((oclc) => book(oclc, `Title ${oclc}`, '650 _0 $a New.'))),
})

const post = (url: string, payload?: object) =>
  app.inject({ method: 'POST', url, ...(payload === undefined ? {} : { payload }) })
const report = async (of: number) => (await app.inject({ url: `/api/jobs/${of}` })).json<JobReport>()

test('a replay is a job like others, and its differences come in pages', async () => {
  const draft = { ...repository, onMatch: { ...repository.onMatch, mergeRule: 'keep-existing' } }
  const submitted = await post(`/api/jobs/${job}/replay`, { profile: draft })
  assert.equal(submitted.statusCode, 200, submitted.body)
  const { job: replay, kind, ofJob } = submitted.json<JobReport>()
  assert.deepEqual([kind, ofJob], ['replay', job])
  assert.equal(await jobs.run(replay), 'completed')
  const { replay: counts, canReplay } = await report(replay)
  assert.deepEqual(counts?.turns, [
    { was: { outcome: 'merged', code: null }, now: { outcome: 'unchanged', code: null }, count: 2 },
  ])
  assert.equal(canReplay.allowed, false)
  const url = `/api/jobs/${replay}/differences`
  const first = (await app.inject({ url: `${url}?limit=1` })).json<ReplayedRecordPage>()
  assert.deepEqual(
    first.rows.map(({ position, differs }) => [position, differs]),
    [[1, ['outcome', 'content']]],
  )
  const rest = (await app.inject({ url: `${url}?after=${first.next}` })).json<ReplayedRecordPage>()
  assert.deepEqual([rest.rows.map(({ position }) => position), rest.next], [[2], null])
  const none = (await app.inject({ url: `${url}?differs=target` })).json<ReplayedRecordPage>()
  assert.deepEqual(none.rows, [])
  const moved = (await app.inject({ url: '/api/jobs?kind=replay' })).json<{ rows: { job: number }[] }>()
  assert.deepEqual(
    moved.rows.map((row) => row.job),
    [replay],
  )
})

test('a replay by nothing said is one by the present profile; by too much, or by a faulty one, it is refused', async () => {
  const { job: replay } = (await post(`/api/jobs/${job}/replay`)).json<JobReport>()
  await jobs.run(replay)
  assert.equal((await report(replay)).replay?.different, 0)
  const twice = await post(`/api/jobs/${job}/replay`, { version: 1, same: true })
  assert.deepEqual([twice.statusCode, twice.json().error.code], [422, 'INVALID'])
  const faulty = await post(`/api/jobs/${job}/replay`, { profile: { ...repository, deletes: 'perhaps' } })
  assert.equal(faulty.statusCode, 422)
  assert.equal(faulty.json().error.problems[0].path, 'profile.deletes')
  assert.equal((await post(`/api/jobs/${replay}/replay`)).json().error.code, 'NOT_REPLAYED')
  assert.equal((await app.inject({ url: `/api/jobs/${job}/differences` })).json().error.code, 'NOT_A_REPLAY')
})

test('the explanation of an imported record is derived anew, and agrees with its ledger', async () => {
  const reply = await app.inject({ url: `/api/jobs/${job}/records/1/1/explanation` })
  assert.equal(reply.statusCode, 200, reply.body)
  const { explanation, agrees } = reply.json<RecordExplanation>()
  assert.ok(agrees)
  assert.equal(explanation.outcome, 'merged')
  assert.ok(
    explanation.merge?.fields.some(
      ({ after, decision }) => after === '650 #0 $a New.' && decision === 'replaced',
    ),
  )
  const gone = await app.inject({ url: `/api/jobs/${job}/records/1/9/explanation` })
  assert.deepEqual([gone.statusCode, gone.json().error.code], [404, 'NO_SUCH_RECORD'])
})
