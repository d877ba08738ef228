import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedProfile } from '../src/rules/profiles.ts'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

const line = await commandLine()
await line.hold()

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
const titles = 'rule "Titles"\nwhen\n  merge\nthen\n  replace MARC."245"\nend\n'
await line.write('tidy.rule', tidy)
await line.write('broken.rule', tidy.replace('removeSubField', 'removeSubFeild'))
await line.write('titles.rule', titles)
await line.write('emma.mrc', mrc([book(1, 'Emma $h [electronic resource]'), book(2, 'Persuasion')]))
await line.write('new.mrc', mrc([book(1, 'Emma, newly edited'), book(2, 'Persuasion')]))

const inZone = ['--zone', 'NZ']

test('rule check names each error by file, line and column, and needs no database', async () => {
  const { stdout, stderr } = await line.run(1, ['rule', 'check', 'broken.rule'], {
    env: { ACCESSION_DATA: '/nowhere' },
  })
  assert.match(stdout, /^broken\.rule:5:3: error: .*removeSubField/)
  assert.match(stderr, /1 error, 0 warnings/)
  await line.run(0, ['rule', 'check', 'tidy.rule'])
  assert.deepEqual(await line.json(['rule', 'check', 'titles.rule']), { kind: 'merge', problems: [] })
})

test('a text that may be of several kinds asks for its kind', async () => {
  await line.write('empty.rule', '# Nothing yet.\n')
  const { stderr } = await line.run(1, ['rule', 'check', 'empty.rule'])
  assert.match(stderr, /--kind: normalize, merge/)
  await line.run(0, ['rule', 'check', 'empty.rule', '--kind', 'merge'])
})

test('rule test runs the tests of a file, and ends with 1 where one does not pass', async () => {
  assert.match(
    (await line.run(0, ['rule', 'test', 'tidy.rule'])).stdout,
    /^passed tidy\.rule:8: the designation goes/,
  )
  await line.write('wrong.rule', tidy.replace('  245 10 $a Emma\nend', '  245 10 $a Emma.\nend'))
  const { stdout } = await line.run(1, ['rule', 'test', 'wrong.rule'])
  assert.match(
    stdout,
    /^failed wrong\.rule:8: the designation goes.*\n.*- 245 10 \$a Emma\.\n.*\+ 245 10 \$a Emma\n/,
  )
  const { stderr } = await line.run(1, ['rule', 'test', 'tidy'])
  assert.match(stderr, /tidy does not exist.*--zone and --kind/s)
})

test('rule format writes one form, with its comments, and nothing of a file with an error', async () => {
  await line.write('wide.rule', `# A note.\n${tidy.replaceAll('\n  ', '\n       ')}`)
  const { stdout } = await line.run(0, ['rule', 'format', 'wide.rule'])
  assert.match(stdout, /^# A note\.\nrule "Tidy"\nwhen\n {2}exists "245\.h"\n/)
  const refused = await line.run(1, ['rule', 'format', 'broken.rule'])
  assert.equal(refused.stdout, '')
  assert.match(refused.stderr, /broken\.rule:5:3: error/)
})

test('rule try shows what each line does to the records of a file', async () => {
  const { stdout, stderr } = await line.run(0, ['rule', 'try', 'tidy.rule', 'emma.mrc'])
  assert.match(stdout, /^Record 1: Emma\n {2}line 5: = 245 10 \$a Emma \$c Jane Austen\.\n$/)
  assert.match(stderr, /2 records tried, 1 of them left as they were/)
  const merged = await line.jsonLines(['rule', 'try', 'titles.rule', 'new.mrc', '--existing', 'emma.mrc'])
  const [first] = merged as { changes: { line: number | null; what: string; after: string | null }[] }[]
  const replaced = first?.changes.filter(({ what }) => what === 'replaced')
  assert.deepEqual(
    replaced?.map((change) => [change.line, change.after]),
    [[5, '245 10 $a Emma, newly edited / $c Jane Austen.']],
  )
  const { stderr: usage } = await line.run(2, ['rule', 'try', 'titles.rule', 'new.mrc'])
  assert.match(usage, /--existing/)
})

test('rule apply refuses a file with an error by line and column, and keeps it with --inactive', async () => {
  const { stderr } = await line.run(1, ['rule', 'apply', 'broken.rule', ...inZone])
  assert.match(stderr, /broken\.rule:5:3: error: /)
  assert.match(stderr, /was not saved/)
  assert.deepEqual(await line.json(['rule', 'list', ...inZone, '--kind', 'normalize']), [])
  await line.run(0, ['rule', 'apply', 'broken.rule', ...inZone, '--inactive'])
  const [kept] = (await line.json(['rule', 'list', ...inZone, '--kind', 'normalize'])) as {
    active: boolean
  }[]
  assert.equal(kept?.active, false)
})

test('rule apply shows what changes, a dry run changes nothing, and each save is a version', async () => {
  const dry = await line.run(0, ['rule', 'apply', 'tidy.rule', ...inZone, '--dry-run'])
  assert.match(dry.stdout, /^\+ rule "Tidy"/)
  assert.match(dry.stdout, /would be added/)
  const added = await line.json(['rule', 'apply', 'tidy.rule', ...inZone, '--shared'])
  assert.deepEqual(added, {
    zone: 'NZ',
    kind: 'normalize',
    code: 'tidy',
    name: 'Tidy',
    active: true,
    shared: true,
    version: 1,
    result: 'added',
    problems: [],
  })
  await line.write('tidier.rule', tidy.replace('rule "Tidy"', 'rule "Tidier"'))
  const changed = await line.run(0, ['rule', 'apply', 'tidier.rule', ...inZone, '--code', 'tidy'])
  assert.match(changed.stdout, /- rule "Tidy"\n\+ rule "Tidier"\n/)
  assert.match(changed.stdout, /is changed, version 2: active, shared\./)
  const again = await line.run(0, ['rule', 'apply', 'tidier.rule', ...inZone, '--code', 'tidy'])
  assert.match(again.stdout, /is unchanged, version 2/)
  const shown = await line.run(0, [
    'rule',
    'show',
    'tidy',
    ...inZone,
    '--kind',
    'normalize',
    '--version',
    '1',
  ])
  assert.equal(shown.stdout, tidy)
  assert.match(shown.stderr, /used by no profile/)
})

test('rule show prints a built-in rule as it would be written', async () => {
  const shown = await line.run(0, ['rule', 'show', 'replace-245-035', ...inZone, '--kind', 'merge'])
  assert.match(
    shown.stdout,
    /^rule "Replace 245 and 035"\nwhen\n {2}merge\nthen\n {2}replace MARC\."245" if exists\n/,
  )
})

test('a rule file that a zone keeps is tested by its code, and a misspelt one is told', async () => {
  await line.run(0, ['rule', 'test', 'tidy', ...inZone, '--kind', 'normalize'])
  const { stderr } = await line.run(1, ['rule', 'test', 'tidi', ...inZone, '--kind', 'normalize'])
  assert.match(stderr, /no normalisation rule tidi.*Did you mean tidy\?/s)
})

test('a profile runs by the rule file of its network, which then cannot be deactivated', async () => {
  const profile = {
    ...shippedProfile('repository'),
    code: 'tidied',
    normalize: [{ do: 'rule', rule: 'tidy' }],
  }
  await line.write('tidied.json', JSON.stringify(profile))
  await line.run(0, ['profile', 'apply', 'tidied.json', '--zone', 'IZ'])
  const { stderr } = await line.run(1, ['rule', 'apply', 'tidy.rule', ...inZone, '--inactive'])
  assert.match(stderr, /import profile tidied of zone IZ/)
  const dry = await line.run(1, ['rule', 'apply', 'tidy.rule', ...inZone, '--inactive', '--dry-run'])
  assert.match(dry.stderr, /import profile tidied of zone IZ/)
  await line.run(0, ['import', 'emma.mrc', '--zone', 'IZ', '--profile', 'tidied'])
  const { stdout } = await line.run(0, ['export', '--zone', 'IZ', '--format', 'mrk'])
  assert.doesNotMatch(stdout, /electronic resource/)
})

test('profile apply names a rule that there is not, and the nearest', async () => {
  const profile = { ...shippedProfile('repository'), normalize: [{ do: 'rule', rule: 'tidi' }] }
  await line.write('wrong.json', JSON.stringify(profile))
  const { stderr } = await line.run(1, ['profile', 'apply', 'wrong.json', ...inZone])
  assert.match(stderr, /normalize\[0\]\.rule: there is no normalisation rule tidi.*Did you mean tidy\?/s)
})

test('zone set chooses the rule for brief levels, and zone show tells it', async () => {
  await line.write('levels.rule', 'rule "All"\nwhen\n  TRUE\nthen\n  set brief_level."04"\nend\n')
  await line.run(0, ['rule', 'apply', 'levels.rule', ...inZone])
  await line.run(0, ['zone', 'set', 'NZ', '--brief-rule', 'levels'])
  const shown = (await line.json(['zone', 'show', 'NZ'])) as { brief_rule: string }
  assert.equal(shown.brief_rule, 'levels')
  const { stderr } = await line.run(1, ['zone', 'set', 'NZ', '--brief-rule', 'level'])
  assert.match(stderr, /Did you mean levels\?/)
})

test('zone set says what imports keep of a zone’s bibs, and the next merge keeps it', async () => {
  const set = ['zone', 'set', 'NZ']
  assert.match(
    (await line.run(1, [...set, '--protect', '09X, 9'])).stderr,
    /^accession: 9 is no pattern of fields\./,
  )
  assert.match((await line.run(2, set)).stderr, /Nothing is said that is to be set\./)
  const said = await line.json([...set, '--protect', '59X, 856 $5', '--members', 'DLC, OCLC1'])
  assert.deepEqual(said, {
    code: 'NZ',
    brief_rule: 'levels',
    protect: ['59X', '856 $5'],
    members: ['DLC', 'OCLC1'],
    share_profile: 'repository',
  })
  const shown = (await line.json(['zone', 'show', 'NZ'])) as { protect: string[] }
  assert.deepEqual(shown.protect, ['59X', '856 $5', '$5 DLC', '$5 OCLC1'])
  await line.json([...set, '--members', 'DLC'])
  await line.write(
    'kept.mrc',
    mrc([book(901, 'Kept', '500 __ $a Signed. $5 DLC', '500 __ $a Plain. $5 OCLC1', '990 __ $a x')]),
  )
  await line.write('fresh.mrc', mrc([book(901, 'Kept', '520 __ $a New.')]))
  for (const file of ['kept.mrc', 'fresh.mrc'])
    await line.run(0, ['import', file, '--zone', 'NZ', '--profile', 'repository'])
  const found = (await line.json(['search', '901', '--zone', 'NZ'])) as { bibs: { mms_id: string }[] }
  const { stdout } = await line.run(0, [
    'bib',
    'show',
    found.bibs[0]?.mms_id ?? '',
    '--zone',
    'NZ',
    '--format',
    'mrk',
  ])
  assert.match(stdout, /\$aSigned\.\$5DLC/)
  assert.doesNotMatch(stdout, /Plain|=990/)
  assert.match(stdout, /\$aNew\./)
})
