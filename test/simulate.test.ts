import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import { encodeMarcxml } from '../src/marc/marcxml/encode.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import type { Explanation } from '../src/server/api/explanation.ts'
import { addBib } from './catalogue.ts'
import { book } from './jobs.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()
const zone = await getZone(db, 'NZ')
const repository = shippedProfile('repository')
await saveProfile(db, zone, repository, null)
await saveProfile(db, zone, { ...repository, onNoMatch: 'do-not-import' }, null)
const emma = await addBib(db, 'NZ', book(1, 'Emma', '650 _0 $a England.'))
const other = await addBib(db, 'NZ', book(2, 'Persuasion'))

const text = (oclc: number, title: string) =>
  [
    `035 ## $a (OCoLC)${oclc}`,
    `245 10 $a ${title} / $c Jane Austen.`,
    '264 #1 $a London : $b Murray, $c 1816.',
    '300 ## $a 3 v.',
    '500 ## $a Sent.',
    '650 #0 $a England.',
  ].join('\n')

const send = (payload: object, to = 'NZ') =>
  app.inject({ method: 'POST', url: `/api/zones/${to}/simulate`, payload })

async function simulated(payload: object): Promise<Explanation> {
  const reply = await send(payload)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json<Explanation>()
}

/** All that an import would write to. */
async function rows(): Promise<object[]> {
  const tables = [
    'bib',
    'bib_version',
    'match_key',
    'import_job',
    'import_record',
    'preview_bib',
    'preview_key',
    'rule_file',
    'import_profile',
  ]
  return Promise.all(
    tables.map(async (table) => (await db.query(`select count(*) as n from ${table}`))[0] ?? {}),
  )
}

test('a record is simulated in every serialisation, by a profile of the zone, and nothing is written', async () => {
  const before = await rows()
  const marc = book(1, 'Emma', '500 __ $a Sent.', '650 _0 $a England.')
  const iso = encodeIso2709(marc).bytes
  const forms = [
    { record: text(1, 'Emma'), format: 'mrk' },
    { record: Buffer.from(iso).toString('base64'), encoding: 'base64', format: 'iso2709' },
    { record: Buffer.from(iso).toString(), format: 'iso2709' },
    { record: Buffer.from(encodeMarcxml(marc).bytes).toString(), format: 'marcxml' },
    {
      record:
        '=LDR  00000nam a2200000 i 4500\n=035  \\\\$a(OCoLC)1\n=245  10$aEmma /$cJane Austen.\n=264  \\1$c1816.\n=300  \\\\$a3 v.\n',
      format: 'mrk',
    },
  ]
  for (const { format, ...form } of forms) {
    const { decode, outcome, result, match } = await simulated({ ...form, profile: 'repository' })
    assert.deepEqual([decode.format, outcome, result.mmsId], [format, 'merged', emma])
    assert.deepEqual(
      match?.steps[0]?.candidates.map(({ mmsId, by }) => [mmsId, ...by]),
      [[emma, 'oclc:1/a']],
    )
  }
  assert.deepEqual(await rows(), before)
})

test('a version of the profile may be named, and a profile that is nowhere saved', async () => {
  const fresh = { record: text(77, 'Sanditon') }
  assert.equal((await simulated({ ...fresh, profile: 'repository' })).code, 'NO_MATCH_DO_NOT_IMPORT')
  assert.equal((await simulated({ ...fresh, profile: 'repository', version: 1 })).outcome, 'created')
  const draft = {
    ...repository,
    code: 'draft',
    onNoMatch: 'import',
    tags: { ...repository.tags, suppress: { set: true, when: 'new' } },
  }
  const { outcome, result } = await simulated({ ...fresh, profile: draft })
  assert.deepEqual([outcome, result.after?.suppressed, result.mmsId], ['created', true, 'new:0:1'])
})

const strip = ['rule "Notes go"', 'when', '  TRUE', 'then', '  removeField "500"', 'end'].join('\n')
const byRule = { ...repository, code: 'draft', normalize: [{ do: 'rule', rule: 'strip' }] }

test('a rule is tried before it is saved, and its lines are named', async () => {
  const { normalize, trace } = await simulated({
    record: text(1, 'Emma'),
    profile: byRule,
    rules: [{ kind: 'normalize', code: 'strip', text: strip }],
  })
  assert.deepEqual(
    normalize[0]?.rules.map(({ place, isMet, lines }) => [
      place.text,
      isMet,
      ...lines.map((line) => line.place.text),
    ]),
    [['rule "Notes go"', true, 'removeField "500"']],
  )
  assert.deepEqual(trace?.normalized, ['strip:5: - 500 ## $a Sent.'])
})

test('a bib may be taken as the match, whatever matching would find, and its guards are asked', async () => {
  const draft = { ...repository, code: 'draft', onMatch: { ...repository.onMatch, briefGuard: true } }
  const record = '=LDR  00000nam a22000005i 4500\n=035  \\\\$a(OCoLC)1\n=245  10$aEmma /$cJane Austen.\n'
  const { code, guards, result } = await simulated({ record, profile: draft, against: other })
  assert.deepEqual([code, result.mmsId], ['NOT_ADDED_BRIEF', other])
  assert.deepEqual(guards.at(-1)?.said, 'refused')
  const gone = await send({ record, profile: draft, against: '991234567895816' })
  assert.deepEqual([gone.statusCode, gone.json().error.code], [404, 'NO_SUCH_BIB'])
})

test('what cannot be simulated is refused with its place', async () => {
  const record = text(1, 'Emma')
  const refused = async (payload: object, status: number, code: string, path?: string) => {
    const reply = await send(payload)
    const { error } = reply.json<{ error: { code: string; problems?: { path: string; line?: number }[] } }>()
    assert.deepEqual(
      [reply.statusCode, error.code, error.problems?.[0]?.path],
      [status, code, path],
      reply.body,
    )
    return error.problems?.[0]
  }
  await refused(
    { record, profile: { ...repository, onNoMatch: 'ignore' } },
    422,
    'INVALID_PROFILE',
    'profile.onNoMatch',
  )
  await refused(
    { record, profile: { ...repository, match: { ...repository.match, method: 'magic' } } },
    422,
    'INVALID_PROFILE',
    'profile.match.method',
  )
  await refused({ record }, 422, 'INVALID', 'profile')
  await refused({ record: '', profile: 'repository' }, 422, 'INVALID', 'record')
  await refused({ record, profile: 'none' }, 404, 'NO_SUCH_PROFILE')
  await refused({ record, profile: 'repository', version: 9 }, 404, 'NO_SUCH_VERSION')
  await refused({ record, profile: byRule }, 409, 'NO_SUCH_RULE')
  await refused({ record: 'Dear colleague,', profile: 'repository' }, 422, 'NOT_A_RECORD')
  await refused({ record: `${record}\n`.repeat(2) + 'x', profile: 'repository' }, 422, 'NOT_A_RECORD')
  const wrong = { kind: 'normalize', code: 'strip', text: strip.replace('removeField', 'removeFeild') }
  const problem = await refused(
    { record, profile: byRule, rules: [wrong] },
    422,
    'INVALID_RULE',
    'rules[0].text',
  )
  assert.equal(problem?.line, 5)
  await refused(
    { record, profile: 'repository', rules: [{ ...wrong, text: strip }] },
    422,
    'INVALID_RULE',
    'rules[0].code',
  )
  assert.equal((await send({ record, profile: 'repository' }, 'NO')).statusCode, 404)
})

test('a hostile rule leaves the record to a person, and others are answered meanwhile', async () => {
  const hostile = [
    'rule "Grows"',
    'when',
    '  TRUE',
    'then',
    ...Array.from({ length: 30 }, () => '  replaceContents "500.a" matches "(a*)*b" with "aaaa"'),
    ...Array.from({ length: 60 }, () => '  copyField "500" to "500"'),
    'end',
  ].join('\n')
  const record = `=LDR  00000nam a2200000 i 4500\n=035  \\\\$a(OCoLC)1\n=245  10$aEmma /$cJane Austen.\n=500  \\\\$a${'a'.repeat(5000)}\n`
  let isOver = false
  const slow = send({
    record,
    profile: byRule,
    rules: [{ kind: 'normalize', code: 'strip', text: hostile }],
  }).then((reply) => {
    isOver = true
    return reply
  })
  const status = await app.inject({ url: '/api/zones' })
  assert.equal(status.statusCode, 200)
  assert.equal(isOver, false)
  const reply = await slow
  const body = reply.json<Explanation & { error?: { code: string } }>()
  // Either the budget of a record ends it, with the line, or the parser refuses it: never does it go on.
  assert.equal(
    body.error === undefined ? body.code : body.error.code,
    'RULE_FAILED',
    reply.body.slice(0, 500),
  )
  assert.ok((body.failed?.line?.line ?? 0) > 4)
})

test('many at once wait for each other, and those too many are told to try again', async () => {
  const replies = await Promise.all(
    Array.from({ length: 80 }, () => send({ record: text(1, 'Emma'), profile: 'repository' })),
  )
  const [answered, refused] = [200, 503].map((status) =>
    replies.filter(({ statusCode }) => statusCode === status),
  )
  assert.ok(answered !== undefined && refused !== undefined)
  assert.equal(answered.length + refused.length, replies.length)
  // Two are worked on and twenty wait; how many more find a place hangs on how soon the first are done.
  assert.ok(answered.length >= 22 && refused.length > 0, `${answered.length} answered`)
  assert.ok(refused.every((reply) => reply.json().error.code === 'RULES_BUSY'))
})
