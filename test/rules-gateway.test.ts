import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testGateway } from './gateway.ts'
import { book } from './jobs.ts'

const { api, open, lines } = await testGateway()

const rule = (when: string, ...then: readonly string[]) =>
  `rule "one"\nwhen\n  ${when}\nthen\n${then.map((line) => `  ${line}\n`).join('')}end\n`

const save = (kind: string, code: string, text: string) =>
  api('PUT', `/api/zones/NZ/rules/${kind}/${code}`, { text, name: code, active: true, shared: false })

/** Doubles the title until it is longer than a field may be. */
const doubling = Array.from({ length: 24 }, () => 'suffixSubField "245.a" with "245.a"')

await save('normalize', 'strip-price', rule('exists "020.c"', 'removeSubField "020.c"'))
await save('normalize', 'doubling', rule('exists "500.a.Double*"', ...doubling))
await save('indication', 'no-videos', rule('exists "300.a.*video*"', 'set indication."true"'))
await open('NZ', {
  filter: { rule: 'no-videos' },
  normalize: [
    { do: 'rule', rule: 'strip-price' },
    { do: 'rule', rule: 'doubling' },
  ],
})

test('an export goes by the rule files of the integration profile, as they are by then', async () => {
  const [reply] = await lines(book(11, 'Emma', '020 __ $a 9780141439587 $c 12.50'))
  assert.match(reply ?? '', /added/i)
  const found = await api<{ rows: { mmsId: string }[] }>('GET', '/api/zones/NZ/search?q=ocn11')
  const url = `/api/zones/NZ/bibs/${found.rows[0]?.mmsId}`
  assert.doesNotMatch(JSON.stringify(await api('GET', url)), /12\.50/)
  await save('normalize', 'strip-price', rule('exists "020.c"', 'addField "590.a.Had a price"'))
  await lines(book(12, 'Persuasion', '020 __ $a 9780141439686 $c 12.50'))
  const other = await api<{ rows: { mmsId: string }[] }>('GET', '/api/zones/NZ/search?q=ocn12')
  assert.match(JSON.stringify(await api('GET', `/api/zones/NZ/bibs/${other.rows[0]?.mmsId}`)), /Had a price/)
})

test('the reply to a record that a rule leaves out or breaks on names the rule and its line', async () => {
  const leftOut = await lines(book(13, 'Emma', '300 __ $a 1 videodisc'))
  assert.match(leftOut.join('\n'), /Rule no-videos, line 5\./)
  const broken = await lines(book(14, 'Emma', '500 __ $a Double it.'))
  assert.match(broken.join('\n'), /Rule doubling, line \d+: .*longer than/)
})

test('a rule file that an integration profile uses is not deactivated', async () => {
  const uses = await api<{ usedBy: object[] }>('GET', '/api/zones/NZ/rules/indication/no-videos')
  assert.deepEqual(uses.usedBy, [{ zone: 'NZ', by: 'integration-profile', code: 'connexion', active: true }])
})
