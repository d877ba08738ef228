import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import { layers } from '../scripts/gate/layers.ts'

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
