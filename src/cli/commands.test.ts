import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { allCommands, findCommands, firstWords } from './commands.ts'

const commands = await allCommands()

test('Every command begins with the word that it is found by, and is there once', async () => {
  for (const word of firstWords)
    for (const { name } of (await findCommands(word)) ?? []) assert.equal(name.split(' ')[0], word)
  const names = commands.map(({ name }) => name)
  assert.deepEqual(names, [...new Set(names)])
})

test('A word that only objects have is no command', async () => {
  assert.equal(await findCommands('toString'), undefined)
})

test('No option of a command has the name of an argument of it, and none is called help', () => {
  for (const { name, arguments: args, options } of commands)
    for (const option of Object.keys(options))
      assert.ok(option !== 'help' && !Object.hasOwn(args, option), `${name} --${option}`)
})

test('Only the last argument is a list or may be left out', () => {
  for (const { name, arguments: args } of commands)
    for (const { type, optional } of Object.values(args).slice(0, -1))
      assert.ok(type !== 'list' && optional !== true, name)
})

test('A command that prints JSON says what', () => {
  for (const { name, options, json } of commands)
    assert.equal(Object.hasOwn(options, 'json'), json !== undefined, name)
})

test('Every command that a page names is there', () => {
  const root = new URL('../../', import.meta.url)
  const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
  const named = pages.flatMap((page) =>
    [
      ...readFileSync(new URL(page, root), 'utf8').matchAll(
        /(?:^|`|npx )accession ([a-z-]+)(?: ([a-z]+))?/gm,
      ),
    ].map(([, first = '', second = '']) => ({ page, first, second })),
  )
  assert.ok(named.length > 20)
  const names = new Set(commands.map(({ name }) => name))
  const unknown = named.filter(
    ({ first, second }) => first !== 'help' && !names.has(first) && !names.has(`${first} ${second}`),
  )
  assert.deepEqual(unknown, [])
})

test('The marc commands load no driver of a database and no web server', () => {
  const packages = importedBy(new URL('marc.ts', import.meta.url)).union(
    importedBy(new URL('run-process.ts', import.meta.url)),
  )
  assert.ok(packages.has('saxes'), 'the parser of MARCXML is among them')
  for (const name of ['pg', 'fastify']) assert.ok(!packages.has(name), name)
})

/** The packages that a module and what it imports at once import; types are no imports at run time. */
function importedBy(module: URL, seen = new Set<string>()): Set<string> {
  seen.add(module.href)
  const packages = new Set<string>()
  const statements = readFileSync(module, 'utf8').matchAll(
    /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gm,
  )
  for (const [, name = ''] of statements) {
    if (name.startsWith('node:')) continue
    if (!name.startsWith('.')) packages.add(name)
    else if (!seen.has(new URL(name, module).href))
      for (const found of importedBy(new URL(name, module), seen)) packages.add(found)
  }
  return packages
}
