import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone, getZone, type Zone } from '../src/catalog/zone.ts'
import { setBriefRule } from '../src/import/brief-rule.ts'
import { saveProfile } from '../src/import/profile.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { resolveProfile } from '../src/import/resolve-profile.ts'
import { findRule, listRuleVersions, listVisibleRules } from '../src/import/rule-file.ts'
import { findRuleUses } from '../src/import/rule-use.ts'
import { InvalidRule, type RuleDraft, saveRule } from '../src/import/save-rule.ts'
import type { ImportProfile } from '../src/rules/import-profile.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'Network', suffix: '5816' })
for (const [code, suffix] of [
  ['IZ', '5801'],
  ['JZ', '5802'],
] as const)
  await addZone(db, { code, kind: 'institution', name: `Library ${code}`, suffix, network: 'NZ' })
await addZone(db, { code: 'ALONE', kind: 'institution', name: 'Of no network', suffix: '5803' })
const network = await getZone(db, 'NZ')
const library = await getZone(db, 'IZ')
const other = await getZone(db, 'JZ')
const alone = await getZone(db, 'ALONE')

const tidy = `rule "Tidy"
when
  exists "245.h"
then
  removeSubField "245.h"
end
`

const draft = (more: Partial<RuleDraft> = {}): RuleDraft => ({
  kind: 'normalize',
  code: 'tidy',
  name: 'Tidy',
  text: tidy,
  active: true,
  shared: false,
  ...more,
})

const save = (zone: Zone, more: Partial<RuleDraft> = {}) => saveRule(db, zone, draft(more), { by: 'tester' })

const withRule = (code: string, more: Partial<ImportProfile> = {}): ImportProfile => ({
  ...shippedProfile('repository'),
  normalize: [{ do: 'rule', rule: code }],
  ...more,
})

const isRefusal =
  (code: string, words: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof ImportRefusal)
    assert.equal(error.code, code)
    assert.match(`${error.message} ${error.remedy}`, words)
    return true
  }

test('every save of a rule file is a version, and one that changes nothing makes none', async () => {
  assert.equal((await save(library, { code: 'versions' })).result, 'added')
  assert.equal((await save(library, { code: 'versions' })).result, 'unchanged')
  assert.equal((await save(library, { code: 'versions', name: 'Tidier' })).result, 'changed')
  const changed = { code: 'versions', name: 'Tidier', text: `${tidy}# more\n` }
  assert.equal((await save(library, changed)).rule?.version, 3)
  const versions = await listRuleVersions(db, library, 'normalize', 'versions')
  assert.deepEqual(
    versions.map(({ version, name, changedBy }) => [version, name, changedBy]),
    [
      [3, 'Tidier', 'tester'],
      [2, 'Tidier', 'tester'],
      [1, 'Tidy', 'tester'],
    ],
  )
  assert.equal((await findRule(db, library, 'normalize', 'versions', 1))?.text, tidy)
  assert.equal((await findRule(db, library, 'normalize', 'versions'))?.version, 3)
})

test('a trial of a save refuses what the save would, and writes nothing', async () => {
  const saved = await saveRule(db, library, draft({ code: 'trial' }), { by: null, isTrial: true })
  assert.deepEqual(saved, { result: 'added', rule: null })
  assert.equal(await findRule(db, library, 'normalize', 'trial'), undefined)
})

test('of several who save a rule file at once each gets a version', async () => {
  await Promise.all(
    [1, 2, 3, 4].map((number) => save(library, { code: 'at-once', text: `${tidy}# ${number}\n` })),
  )
  const versions = await listRuleVersions(db, library, 'normalize', 'at-once')
  assert.deepEqual(
    versions.map(({ version }) => version),
    [4, 3, 2, 1],
  )
})

test('a rule file with an error is kept as not active, and cannot be activated or used', async () => {
  const text = 'rule "Broken"\nwhen\n  exists "245.h"\nthen\n  removeFeild "245"\nend\n'
  await assert.rejects(save(library, { code: 'broken', text }), (error: unknown) => {
    assert.ok(error instanceof InvalidRule)
    assert.deepEqual(
      error.problems.map(({ line, column, severity }) => ({ line, column, severity })),
      [{ line: 5, column: 3, severity: 'error' }],
    )
    return isRefusal('INVALID_RULE', /broken.*line 5, column 3.*not active/)(error)
  })
  assert.equal(await findRule(db, library, 'normalize', 'broken'), undefined)
  await save(library, { code: 'broken', text, active: false })
  await assert.rejects(save(library, { code: 'broken', text }), isRefusal('INVALID_RULE', /line 5/))
  await assert.rejects(
    saveProfile(db, library, withRule('broken'), null),
    isRefusal(
      'RULE_INACTIVE',
      /normalize\[0\]\.rule: the normalisation rule broken of zone IZ is not active/,
    ),
  )
})

test('a code that is none, that is shipped, or a text with U+0000 is refused', async () => {
  await assert.rejects(save(library, { code: 'No Code' }), isRefusal('INVALID_CODE', /No Code/))
  await assert.rejects(
    save(library, { kind: 'merge', code: 'keep-existing' }),
    isRefusal('SHIPPED_RULE', /keep-existing/),
  )
  await assert.rejects(save(library, { text: `${tidy}# \0` }), isRefusal('INVALID_TEXT', /U\+0000/))
  await assert.rejects(save(library, { name: ' ' }), isRefusal('NO_NAME', /name/))
})

test('a profile finds the rule of its own zone first, then the network’s, then that of another member', async () => {
  const found = async (zone: Zone): Promise<string[]> => {
    const { rules = [] } = await resolveProfile(db, zone, withRule('shared'))
    return rules.map((rule) => `${rule.zone} ${rule.version}`)
  }
  await save(other, { code: 'shared', shared: true })
  assert.deepEqual(await found(library), ['JZ 1'])
  assert.deepEqual(await found(network), ['JZ 1'])
  await save(network, { code: 'shared', shared: true })
  assert.deepEqual(await found(library), ['NZ 1'])
  await save(library, { code: 'shared', active: false })
  assert.deepEqual(await found(library), ['NZ 1'], 'a draft is not in the way of what runs')
  await save(library, { code: 'shared' })
  assert.deepEqual(await found(library), ['IZ 2'])
  assert.deepEqual(await found(other), ['JZ 1'])
  await assert.rejects(found(alone), isRefusal('NO_SUCH_RULE', /zone ALONE/))
  const seen = (await listVisibleRules(db, library)).filter(({ code }) => code === 'shared')
  assert.deepEqual(
    seen.map(({ zone }) => zone),
    ['IZ', 'NZ', 'JZ'],
  )
})

test('a private rule file is used by its own zone alone', async () => {
  await save(network, { code: 'private-one' })
  await assert.rejects(
    resolveProfile(db, library, withRule('private-one')),
    isRefusal('NO_SUCH_RULE', /normalisation rule private-one that zone IZ may use/),
  )
  assert.equal((await resolveProfile(db, network, withRule('private-one'))).rules?.length, 1)
})

test('a profile that names a rule that there is not is not saved, and is told the nearest code', async () => {
  await save(library, { code: 'strip-stamps' })
  await assert.rejects(
    saveProfile(db, library, withRule('strip-stamp'), null),
    isRefusal(
      'NO_SUCH_RULE',
      /normalize\[0\]\.rule: there is no normalisation rule strip-stamp.*strip-stamps\?/,
    ),
  )
  const profile = shippedProfile('repository')
  const misspelt = { ...profile, onMatch: { ...profile.onMatch, mergeRule: 'keep-exsiting' } }
  await assert.rejects(
    saveProfile(db, library, misspelt, null),
    isRefusal('NO_SUCH_RULE', /onMatch\.mergeRule: there is no merge rule keep-exsiting.*keep-existing\?/),
  )
  await saveProfile(db, library, { ...misspelt, code: 'for-later', active: false }, null)
})

test('a rule file in use is neither deactivated nor withdrawn, and the profiles are named', async () => {
  await save(network, { code: 'used', shared: true })
  await saveProfile(db, library, withRule('used', { code: 'user' }), null)
  await assert.rejects(
    save(network, { code: 'used', shared: true, active: false }),
    isRefusal('RULE_IN_USE', /import profile user of zone IZ/),
  )
  await assert.rejects(
    save(network, { code: 'used', shared: false }),
    isRefusal('RULE_IN_USE', /import profile user of zone IZ/),
  )
  assert.deepEqual(await findRuleUses(db, network, 'normalize', 'used'), [
    { zone: 'IZ', by: 'profile', code: 'user', active: true },
  ])
  await saveProfile(db, library, withRule('used', { code: 'user', active: false }), null)
  assert.equal((await save(network, { code: 'used', active: false })).result, 'changed')
})

test('an indication rule deep in a filter, and the rules of combining and redirecting, come with the profile', async () => {
  const children = 'rule "Children"\nwhen\n  exists "650.v.*Juvenile*"\nthen\n  set indication."true"\nend\n'
  const keep = 'rule "Keep"\nwhen\n  merge\nthen\n  add MARC."5"XX if does not exist\nend\n'
  await save(library, { kind: 'indication', code: 'children', text: children })
  await save(library, { kind: 'merge', code: 'ours', text: keep })
  const profile = shippedProfile('repository')
  const { rules = [] } = await resolveProfile(db, library, {
    ...profile,
    filter: { any: [{ field: '999' }, { not: { all: [{ rule: 'children' }] } }] },
    match: {
      ...profile.match,
      multi: {
        ...profile.match.multi,
        combine: { handling: 'automatic', preferred: 'oldest', others: 'delete', mergeRule: 'ours' },
      },
    },
    redirect: { field: '019', subfield: 'a', handling: 'manual', others: 'keep', mergeRule: 'ours' },
  })
  assert.deepEqual(
    rules.map(({ kind, code }) => `${kind} ${code}`),
    ['indication children', 'merge ours'],
  )
})

test('the brief-level rule of a profile that uses the network zone is the network’s', async () => {
  const level = (number: string) => `rule "All"\nwhen\n  TRUE\nthen\n  set brief_level."${number}"\nend\n`
  await save(network, { kind: 'brief-level', code: 'levels', text: level('04') })
  await save(library, { kind: 'brief-level', code: 'levels', text: level('05') })
  await setBriefRule(db, network, 'levels')
  const briefRule = async (more: Partial<ImportProfile>) => {
    const run = await resolveProfile(db, library, { ...shippedProfile('repository'), ...more })
    return [run.briefRule, run.rules?.map(({ zone }) => zone)]
  }
  assert.deepEqual(await briefRule({}), [null, []])
  assert.deepEqual(await briefRule({ useNetworkZone: true }), ['levels', ['NZ']])
  await assert.rejects(
    save(network, { kind: 'brief-level', code: 'levels', text: level('04'), active: false }),
    isRefusal('RULE_IN_USE', /zone NZ, for its brief levels/),
  )
  await assert.rejects(setBriefRule(db, network, 'level'), isRefusal('NO_SUCH_RULE', /Did you mean levels\?/))
  await setBriefRule(db, network, 'encoding-and-content')
  assert.deepEqual(await briefRule({ useNetworkZone: true }), [null, []])
})

test('a text that was saved as active and that this version cannot read is refused when a profile is to run by it', async () => {
  await save(library, { code: 'older' })
  await saveProfile(db, library, withRule('older', { code: 'by-older' }), null)
  await db.execute(
    `update rule_file set text = replace(text, 'removeSubField', 'removeSubFeild') where code = 'older'`,
  )
  await assert.rejects(
    resolveProfile(db, library, withRule('older')),
    isRefusal('INVALID_RULE', /older of zone IZ, version 1, cannot be used, line 5, column 3/),
  )
})
