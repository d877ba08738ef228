import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import { layers } from '../scripts/gate/layers.ts'
import { connexionSettings } from '../src/import/connexion-settings.ts'
import type { GatewayFailure } from '../src/protocols/gateway/answer.ts'
import { formatReply } from '../src/protocols/gateway/reply.ts'
import { gatewayPort } from '../src/protocols/gateway/server.ts'
import { permissions } from '../src/people/permissions.ts'
import { roleCodes, roles } from '../src/people/roles.ts'
import { briefRules } from '../src/rules/brief-level.ts'
import { matchMethods } from '../src/rules/match/match-methods.ts'
import { mergeRules } from '../src/rules/merge/merge-rule.ts'
import { normalizeSteps } from '../src/rules/parse-profile.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })]
const sources = globSync('{src,test,scripts,bench,bin}/**/*.{ts,tsx,js,css,html}', { cwd: root })

test('ARCHITECTURE.md lists the folders of src/ in the order that the linter holds', () => {
  const listed = [...read('ARCHITECTURE.md').matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, folder]) => folder)
  assert.deepEqual(
    listed,
    layers.map(({ folder }) => folder),
  )
})

test('every term in the code column of the glossary occurs in the code or the schema', () => {
  const code = [...globSync('{src,sql}/**/*.{ts,tsx,sql}', { cwd: root })].map(read).join('\n')
  const rows = [...read('docs/glossary.md').matchAll(/^\| .+? \| (`.+?`) \| .+ \|$/gm)]
  assert.ok(rows.length > 30)
  const terms = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, term = '']) => term))
  assert.deepEqual(
    terms.filter((term) => !new RegExp(`\\b${term}\\b`).test(code)),
    [],
  )
})

test('importing.md lists the methods, rules, steps and levels that the code has', () => {
  const tables = read('docs/importing.md').split(/^### /m)
  const rows = (title: string) => {
    const section = tables.find((part) => part.startsWith(`${title}\n`)) ?? ''
    return [...section.matchAll(/^\| `?([\w-]+)`? \| (.+?) \|/gm)]
      .map(([, code, next]) => [code, next])
      .filter(([code]) => code !== '---')
      .slice(1)
  }
  assert.deepEqual(
    rows('Match methods').map(([code, name]) => ({ code, name })),
    matchMethods.map(({ code, name }) => ({ code, name })),
  )
  assert.deepEqual(
    rows('Merge rules').map(([code, name]) => ({ code, name })),
    mergeRules.map(({ code, name }) => ({ code, name })),
  )
  assert.deepEqual(
    new Set(rows('Normalisation steps').map(([code]) => code)),
    new Set<string | undefined>(normalizeSteps),
  )
  assert.deepEqual(
    rows('Brief level').map(([level, name]) => ({ level: Number(level), name })),
    briefRules.map(({ level, name }) => ({ level, name })),
  )
})

test('gateway.md has the settings and the sentences that the gateway gives', () => {
  const page = read('docs/gateway.md')
  const listed = [...(page.split('## What the reply says')[0] ?? '').matchAll(/^\| (.+?) \| (.+?) \|$/gm)]
    .map(([, name, value]) => ({ name, value }))
    .slice(2)
  const given = connexionSettings(
    { zone: 'IZ', logon: 'IZ' },
    { host: 'the host of the gateway', port: gatewayPort },
  )
  assert.deepEqual(
    listed.map(({ name }) => name),
    given.map(({ name }) => name),
  )
  // What is a library's own is described there.
  const own = new Set(['Name', 'Login ID'])
  for (const { name, value } of given)
    if (!own.has(name)) assert.equal(listed.find((row) => row.name === name)?.value, value)
  const zone = { code: '…', name: '' }
  const decision = { method: null, step: null, keys: [], rule: null }
  const known = { zone, title: '', oclcNumber: null, issue: null, decision }
  const existing = { mmsId: '991', title: '' }
  const failures: readonly GatewayFailure[] = [
    { kind: 'failed', code: 'LOGON_FAILED' },
    { kind: 'failed', code: 'TOO_MANY_FAILURES', waitSeconds: 1 },
    { kind: 'failed', code: 'NO_INTEGRATION_PROFILE', zone },
    { kind: 'failed', code: 'DATABASE_AWAY' },
    { kind: 'failed', code: 'LENGTH_MISMATCH', declared: 2, received: 1 },
    { kind: 'failed', code: 'MULTI_MATCH', ...known, matches: [], capped: false },
    { kind: 'failed', code: 'NOT_ADDED_CZ', ...known, existing },
    { kind: 'failed', code: 'INVALID', ...known, existing: null, details: [] },
  ]
  for (const failure of failures) {
    const [first = ''] = formatReply(failure).split('\n')
    assert.ok(page.includes(`\n| ${first} | `), first)
  }
})

test('every link between the pages leads to a file', () => {
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, to = '']) => to)
      .filter((to) => !/^[a-z]+:/.test(to) && !existsSync(join(root, dirname(page), to)))
      .map((to) => `${page}: ${to}`),
  )
  assert.deepEqual(dead, [])
})

test('every npm script that a page names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
  )
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(scripts, name)),
    [],
  )
})

test('no source works around the compiler or the linter, puts work off, or knows one machine', () => {
  // Put together, since this file is a source too.
  const forbidden = [
    'as unknown' + ' as',
    '@ts-' + 'ignore',
    '@ts-' + 'expect-error',
    'lint-' + 'disable',
    'TO' + 'DO',
    'FIX' + 'ME',
    '/wo' + 'rk/',
    '/ro' + 'ot/',
  ]
  const found = sources.flatMap((path) => {
    const text = read(path)
    return forbidden.filter((each) => text.includes(each)).map((each) => `${path}: ${each}`)
  })
  assert.deepEqual(found, [])
})

test('people.md lists the permissions with their roles as the code has them', () => {
  const listed = [...read('docs/people.md').matchAll(/^\| `([a-z.]+)` \| (.+?) \| (.+?) \|$/gm)].map(
    ([, code, meaning, held]) => ({ code, meaning, held }),
  )
  assert.deepEqual(
    listed,
    Object.entries(permissions).map(([code, { meaning, roles: held }]) => ({
      code,
      meaning,
      held: held.length === roleCodes.length ? 'every role' : held.map((role) => roles[role]).join(', '),
    })),
  )
})
