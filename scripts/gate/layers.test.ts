import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import { layers } from './layers.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'accession-layers-'))
copyFileSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'))
after(() => rmSync(project, { recursive: true }))

type Broken = { readonly path: string; readonly rule: string }

/** Lints the files of a made-up project under the rules of this one. */
function lintAll(texts: ReadonlyMap<string, string>): Broken[] {
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', ...texts.keys()], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }
  return diagnostics.map(({ filename, code }) => ({ path: filename, rule: code }))
}

const lint = (path: string, text: string) => lintAll(new Map([[path, text]])).map(({ rule }) => rule)

const boundary = ['eslint(no-restricted-imports)']
const importing = (from: string) => `import { a } from '${from}'\nexport const b = a\n`

test('a folder imports from those above it', () => {
  const texts = new Map<string, string>()
  for (const [at, { folder }] of layers.slice(0, -1).entries()) {
    for (const above of layers.slice(0, at)) {
      texts.set(`src/${folder}/from-${above.folder}.ts`, importing(`../${above.folder}/b.ts`))
    }
  }
  assert.deepEqual(lintAll(texts), [])
})

test('a folder does not import from those below it, however deep the file lies', () => {
  const texts = new Map<string, string>()
  for (const [at, { folder }] of layers.entries()) {
    for (const below of layers.slice(at + 1)) {
      for (const depth of [0, 1, 2, 3]) {
        const from = `${'../'.repeat(depth + 1)}${below.folder}/b.ts`
        texts.set(`src/${folder}/${'x/'.repeat(depth)}from-${below.folder}.ts`, importing(from))
      }
    }
  }
  const broken = lintAll(texts)
  assert.deepEqual(broken.map(({ path }) => path).toSorted(), [...texts.keys()].toSorted())
  assert.deepEqual([...new Set(broken.map(({ rule }) => rule))], boundary)
})

test('a folder of the same name inside of the own folder is no other layer', () => {
  assert.deepEqual(lint('src/web/screens/a.ts', importing('../catalog/b.ts')), [])
})

test('marc/ and rules/ use neither node: nor packages, but for the XML parser in marc/', () => {
  for (const folder of ['marc', 'rules']) {
    for (const from of ['node:fs', 'pg', 'fastify', 'typebox']) {
      assert.deepEqual(lint(`src/${folder}/a.ts`, importing(from)), boundary, `${folder} imports ${from}`)
    }
  }
  assert.deepEqual(lint('src/marc/a.ts', importing('saxes')), [])
  assert.deepEqual(lint('src/rules/a.ts', importing('saxes')), boundary)
})

test('the tests of marc/ and rules/ run on Node', () => {
  assert.deepEqual(lint('src/marc/a.test.ts', importing('node:test')), [])
  assert.deepEqual(lint('src/marc/a.test.ts', importing('../rules/b.ts')), boundary)
})

test('web/ imports marc/, rules/ and the types of server/, and nothing else', () => {
  assert.deepEqual(lint('src/web/a.ts', importing('../marc/b.ts')), [])
  assert.deepEqual(lint('src/web/a.ts', `import type { A } from '../server/b.ts'\nexport type B = A\n`), [])
  for (const from of ['../server/b.ts', '../db/b.ts', '../catalog/b.ts', '../cli/b.ts', 'node:fs', 'pg']) {
    assert.deepEqual(lint('src/web/a.ts', importing(from)), boundary, from)
  }
})

test('only db/ speaks to the driver, only server/ to the web framework', () => {
  assert.deepEqual(lint('src/catalog/a.ts', importing('pg')), boundary)
  assert.deepEqual(lint('src/db/a.ts', importing('pg')), [])
  assert.deepEqual(lint('src/cli/a.ts', importing('fastify')), boundary)
  assert.deepEqual(lint('src/server/a.ts', importing('@fastify/static')), [])
})

test('src/ imports nothing from outside of it', () => {
  assert.deepEqual(lint('src/import/a.ts', importing('../../test/b.ts')), boundary)
  assert.deepEqual(lint('src/db/a.ts', importing('yazl')), boundary)
})

test('default exports are for the settings of tools', () => {
  assert.deepEqual(lint('src/db/a.ts', 'export default 1\n'), ['import(no-default-export)'])
  assert.deepEqual(lint('vite.config.ts', 'export default {}\n'), [])
})

test('no source lies deeper than the boundaries reach, or in a folder that they do not know', () => {
  const known = new RegExp(`^src/(${layers.map(({ folder }) => folder).join('|')})/([^/]+/){0,3}[^/]+$`)
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root })
  assert.ok(sources.length > 0)
  assert.deepEqual(
    sources.filter((path) => !known.test(path)),
    [],
  )
})
