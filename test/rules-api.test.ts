import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import type { ApiError } from '../src/server/api/error.ts'
import type { ListedRule, Rule, WholeRule } from '../src/server/api/rule.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()

const tidy = `rule "Tidy"
when
  exists "245.h"
then
  removeSubField "245.h"
end

test "the designation goes"
given
  245 10 $a Emma $h [electronic resource]
expect
  245 10 $a Emma
end
`

const put = (url: string, payload: object) => app.inject({ method: 'PUT', url, payload })
const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
const get = async <T>(url: string): Promise<T> => (await app.inject(url)).json()

const draft = (more: object = {}) => ({ text: tidy, name: 'Tidy', active: true, shared: false, ...more })
const errorOf = (answer: { json<T>(): T }) => answer.json<ApiError>().error

test('a rule file is saved, shown whole with its tests and users, and as it was in a version', async () => {
  const saved = await put('/api/zones/NZ/rules/normalize/tidy', draft())
  assert.equal(saved.statusCode, 200, saved.body)
  await put('/api/zones/NZ/rules/normalize/tidy', draft({ name: 'Tidier', shared: true }))
  await saveProfile(
    db,
    await getZone(db, 'IZ'),
    { ...shippedProfile('repository'), normalize: [{ do: 'rule', rule: 'tidy' }] },
    null,
  )
  const rule = await get<WholeRule>('/api/zones/NZ/rules/normalize/tidy')
  assert.deepEqual(
    [rule.zone, rule.kind, rule.code, rule.name, rule.version, rule.active, rule.shared, rule.changedBy],
    ['NZ', 'normalize', 'tidy', 'Tidier', 2, true, true, 'cataloguer'],
  )
  assert.deepEqual(
    rule.tests.map(({ name, passed }) => [name, passed]),
    [['the designation goes', true]],
  )
  assert.deepEqual(rule.problems, [])
  assert.deepEqual(rule.usedBy, [{ zone: 'IZ', by: 'profile', code: 'repository', active: true }])
  assert.deepEqual(
    rule.versions.map(({ version, name }) => [version, name]),
    [
      [2, 'Tidier'],
      [1, 'Tidy'],
    ],
  )
  const first = await get<WholeRule>('/api/zones/NZ/rules/normalize/tidy?version=1')
  assert.deepEqual([first.version, first.name], [1, 'Tidy'])
  assert.equal((await app.inject('/api/zones/NZ/rules/normalize/tidy?version=7')).statusCode, 404)
  assert.equal((await app.inject('/api/zones/NZ/rules/merge/tidy')).statusCode, 404)
})

test('a zone’s list has its own rules, those that are shared with it, and the built-in ones', async () => {
  const rules = await get<Rule[]>('/api/zones/IZ/rules')
  const listed = rules.map(({ zone, kind, code }) => `${zone ?? 'built in'} ${kind} ${code}`)
  assert.ok(listed.includes('NZ normalize tidy'))
  assert.ok(listed.includes('built in merge overlay-all-but-local'))
  assert.ok(listed.includes('built in brief-level encoding-and-content'))
  assert.ok(listed.includes('built in exceptions import'))
  const merges = await get<Rule[]>('/api/zones/IZ/rules?kind=merge')
  assert.ok(merges.length > 0 && merges.every(({ kind }) => kind === 'merge'))
})

test('the list of all zones says who uses a rule, and which one has errors', async () => {
  const text = tidy.replace('removeSubField', 'removeSubFeild')
  await put('/api/zones/NZ/rules/normalize/faulty', draft({ text, active: false }))
  const rules = await get<ListedRule[]>('/api/rules')
  const of = (code: string) => rules.find((rule) => rule.code === code)
  assert.deepEqual([of('faulty')?.active, of('faulty')?.hasErrors], [false, true])
  assert.equal(of('tidy')?.hasErrors, false)
  const { usedBy } = await get<WholeRule>('/api/zones/NZ/rules/normalize/tidy')
  assert.deepEqual(of('tidy')?.usedBy, usedBy)
  assert.equal(of('keep-existing')?.zone, null)
})

test('a built-in rule is shown as it would be written', async () => {
  const { text, name, zone } = await get<WholeRule>('/api/zones/NZ/rules/merge/keep-existing')
  assert.deepEqual([zone, name], [null, 'Keep the existing record'])
  assert.match(text, /^rule "Keep the existing record"\nwhen\n {2}merge\nthen\nend\n/)
})

test('a rule file with an error is refused with line and column, and may be kept as not active', async () => {
  const text = tidy.replace('removeSubField', 'removeSubFeild')
  const refused = await put('/api/zones/NZ/rules/normalize/broken', draft({ text }))
  assert.equal(refused.statusCode, 422)
  const { code, problems = [] } = errorOf(refused)
  assert.equal(code, 'INVALID_RULE')
  assert.deepEqual(
    problems.map(({ path, line, column, severity }) => ({ path, line, column, severity })),
    [{ path: 'text', line: 5, column: 3, severity: 'error' }],
  )
  const kept = await put('/api/zones/NZ/rules/normalize/broken', draft({ text, active: false }))
  assert.equal(kept.statusCode, 200)
  assert.equal(kept.json<WholeRule>().problems.length, 1)
  assert.deepEqual(kept.json<WholeRule>().tests, [])
})

test('a rule file in use is not deactivated, and a shipped code is not taken', async () => {
  const stopped = await put('/api/zones/NZ/rules/normalize/tidy', draft({ shared: true, active: false }))
  assert.equal(stopped.statusCode, 409)
  assert.equal(errorOf(stopped).code, 'RULE_IN_USE')
  assert.match(errorOf(stopped).message, /import profile repository of zone IZ/)
  const taken = await put('/api/zones/NZ/rules/merge/keep-existing', draft())
  assert.deepEqual([taken.statusCode, errorOf(taken).code], [409, 'SHIPPED_RULE'])
})

test('a profile that names a rule that there is not is refused with the nearest code', async () => {
  const profile = { ...shippedProfile('repository'), normalize: [{ do: 'rule', rule: 'tidi' }] }
  const refused = await put('/api/zones/NZ/profiles/repository', profile)
  assert.deepEqual([refused.statusCode, errorOf(refused).code], [409, 'NO_SUCH_RULE'])
  assert.match(`${errorOf(refused).message} ${errorOf(refused).remedy}`, /normalize\[0\]\.rule.*tidy\?/)
})

test('a text is checked, written in one form and tested, and nothing is saved', async () => {
  const checked = (await post('/api/rules/check', { kind: 'normalize', text: `# A note.\n${tidy}` })).json<{
    formatted: string
    tests: { passed: boolean }[]
  }>()
  assert.match(checked.formatted, /^# A note\.\nrule "Tidy"\nwhen/)
  assert.deepEqual(
    checked.tests.map(({ passed }) => passed),
    [true],
  )
  const wrong = (await post('/api/rules/check', { kind: 'merge', text: tidy })).json<{
    problems: object[]
    formatted: null
  }>()
  assert.ok(wrong.problems.length > 0)
  assert.equal(wrong.formatted, null)
})

type Tried = {
  readonly tried: {
    readonly changes: readonly {
      readonly line: number | null
      readonly what: string
      readonly after: string | null
    }[]
    readonly record: readonly string[] | null
    readonly indication: object | null
    readonly briefLevel: object | null
    readonly messages: readonly { readonly code: string; readonly after: string }[] | null
  } | null
}

const tryRule = async (payload: object) => (await post('/api/rules/try', payload)).json<Tried>().tried

test('a text is tried on a record in lines, in MARCXML, in JSON or in mnemonic text', async () => {
  const records = [
    'LDR 00000nam a2200000 i 4500\n245 10 $a Emma $h [text]',
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 i 4500</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Emma</subfield><subfield code="h">[text]</subfield></datafield></record>',
    '{"leader":"00000nam a2200000 i 4500","fields":[{"245":{"ind1":"1","ind2":"0","subfields":[{"a":"Emma"},{"h":"[text]"}]}}]}',
    '=LDR  00000nam a2200000 i 4500\n=245  10$aEmma$h[text]\n',
  ]
  for (const record of records) {
    const tried = await tryRule({ kind: 'normalize', text: tidy, record })
    assert.deepEqual(tried?.record?.slice(1), ['245 10 $a Emma'], record)
    assert.deepEqual(tried?.changes, [
      { line: 5, what: 'changed', before: null, after: '245 10 $a Emma', why: null },
    ])
  }
})

test('a merge is tried with two records, and tells which line decided what', async () => {
  const text = 'rule "Titles"\nwhen\n  merge\nthen\n  replace MARC."245"\nend\n'
  const record = '245 10 $a Emma, new'
  const tried = await tryRule({ kind: 'merge', text, record, existing: '245 10 $a Emma\n500 ## $a Old.' })
  assert.deepEqual(tried?.record?.slice(1), ['245 10 $a Emma, new', '500 ## $a Old.'])
  const decided = tried?.changes.filter(({ line }) => line !== null)
  assert.deepEqual(
    decided?.map(({ line, what, after }) => ({ line, what, after })),
    [{ line: 5, what: 'replaced', after: '245 10 $a Emma, new' }],
  )
  const alone = await post('/api/rules/try', { kind: 'merge', text, record })
  assert.deepEqual([alone.statusCode, errorOf(alone).code], [422, 'NO_EXISTING'])
})

test('an indication, a level and exceptions are tried, and what is no record is refused', async () => {
  const record = '245 10 $a Emma\n020 ## $a 123'
  const when = (action: string) => `rule "one"\nwhen\n  exists "245"\nthen\n  ${action}\nend\n`
  const indication = await tryRule({ kind: 'indication', text: when('set indication."true"'), record })
  assert.deepEqual(indication?.indication, { value: true, rule: 'one', line: 5 })
  const level = await tryRule({ kind: 'brief-level', text: when('set brief_level."03"'), record })
  assert.deepEqual(level?.briefLevel, { level: 3, rule: 'one', line: 5 })
  const messages = await tryRule({ kind: 'exceptions', text: 'ISBN_INVALID: error\n', record })
  assert.equal(messages?.messages?.find(({ code }) => code === 'ISBN_INVALID')?.after, 'error')
  const bad = await post('/api/rules/try', { kind: 'normalize', text: tidy, record: '245 10 $a Emma\n24' })
  assert.deepEqual([bad.statusCode, errorOf(bad).code], [422, 'NOT_A_RECORD'])
  assert.match(errorOf(bad).message, /line 2/)
})

test('rules that take too long are ended, and the others are answered meanwhile', async () => {
  // Each of the tests takes all the steps that a record has.
  const slow = Array.from(
    { length: 60 },
    (_, number) =>
      `test "slow ${number}"\ngiven\n  500 ## $a ${'x'.repeat(9000)}\nexpect\n  500 ## $a x\nend\n`,
  )
  const actions = Array.from(
    { length: 400 },
    () => '  replaceContents "500.a" matches "(x+x+)+[yz]$" with ""',
  )
  const text = `rule "Slow"\nwhen\n  TRUE\nthen\n${actions.join('\n')}\nend\n\n${slow.join('\n')}`
  const ending = post('/api/rules/check', { kind: 'normalize', text })
  assert.equal((await app.inject('/api/zones')).statusCode, 200)
  const ended = await ending
  assert.deepEqual([ended.statusCode, errorOf(ended).code], [422, 'RULE_TOO_SLOW'], ended.body.slice(0, 300))
})
