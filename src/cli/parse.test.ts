import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandForm } from './command.ts'
import { UsageFailure } from './failure.ts'
import { parse } from './parse.ts'
import { usageOf } from './usage.ts'

const form = {
  name: 'shelve',
  summary: 'Shelves.',
  arguments: {
    shelf: { type: 'number', shown: 'SHELF', meaning: 'which shelf' },
    books: { type: 'list', shown: 'BOOK', meaning: 'what to shelve' },
  },
  options: {
    zone: { type: 'text', shown: 'CODE', required: true, meaning: 'where' },
    order: { type: 'text', shown: 'ORDER', choices: ['title', 'author'], meaning: 'how' },
    limit: { type: 'number', shown: 'N', most: 100, meaning: 'how many' },
    out: { type: 'text', short: 'o', shown: 'OUT', meaning: 'list of what was shelved' },
    quiet: { type: 'flag', meaning: 'say nothing' },
  },
} as const satisfies CommandForm

const read = (line: string) => parse(form, line.split(' '))

const refusal = (line: string): string => {
  try {
    read(line)
  } catch (error) {
    if (error instanceof UsageFailure) return error.message
    throw error
  }
  return 'nothing is wrong'
}

test('Arguments and options come by their names, wherever the options stand', () => {
  assert.deepEqual(read('--zone IZ 3 emma --quiet persuasion -o list --order=title'), {
    shelf: 3,
    books: ['emma', 'persuasion'],
    zone: 'IZ',
    order: 'title',
    out: 'list',
    quiet: true,
  })
})

test('A flag that is not given is false, and an option that is not given is absent', () => {
  assert.deepEqual(read('3 emma --zone IZ'), { shelf: 3, books: ['emma'], zone: 'IZ', quiet: false })
})

test('What stands behind -- is a word, and - alone is one too', () => {
  assert.deepEqual(read('--zone IZ 3 - -- --quiet').books, ['-', '--quiet'])
})

test('A misspelt option is answered with the one that was meant, and a strange one with what there is', () => {
  assert.equal(refusal('3 emma --zone IZ --quite'), 'There is no option --quite here. Did you mean --quiet?')
  assert.match(refusal('3 emma --zone IZ --colour red'), /no option --colour here\. The options are --zone, /)
})

test('What is required and missing is named', () => {
  assert.equal(refusal('3 emma'), '--zone CODE is missing.')
  assert.equal(refusal('--zone IZ'), 'SHELF is missing: which shelf.')
  assert.equal(refusal('3 --zone IZ'), 'BOOK is missing: what to shelve.')
})

test('An option does not take the option behind it for its value', () => {
  assert.equal(refusal('3 emma --zone --quiet'), '--zone needs a value: CODE.')
  assert.equal(refusal('3 emma --zone IZ --out'), '--out needs a value: OUT.')
  assert.equal(read('3 emma --zone=-x').zone, '-x')
})

test('An option is given once, and a flag has no value', () => {
  assert.equal(refusal('3 emma --zone IZ --zone NZ'), '--zone is given twice.')
  assert.equal(refusal('3 emma --zone IZ --quiet=no'), '--quiet takes no value.')
})

test('A number is whole and within its range', () => {
  assert.equal(refusal('x emma --zone IZ'), 'SHELF must be a whole number from 1 on, and is x.')
  assert.equal(refusal('0 emma --zone IZ'), 'SHELF must be a whole number from 1 on, and is 0.')
  assert.match(refusal('3 emma --zone IZ --limit 101'), /^--limit must be a whole number from 1 to 100/)
  assert.match(refusal('3 emma --zone IZ --limit 1e3'), /and is 1e3\.$/)
})

test('A choice is one of its words', () => {
  assert.equal(refusal('3 emma --zone IZ --order titel'), '--order cannot be titel. Did you mean title?')
  assert.equal(
    refusal('3 emma --zone IZ --order colour'),
    '--order cannot be colour. It is one of title, author.',
  )
})

test('A word too many is refused', () => {
  const one = { ...form, arguments: { shelf: form.arguments.shelf } }
  assert.throws(() => parse(one, ['3', 'emma', '--zone', 'IZ']), /“emma” is one word too many/)
})

test('Usage shows arguments, then what is required, then what is optional', () => {
  assert.equal(
    usageOf(form),
    'accession shelve SHELF BOOK… --zone CODE [--order title|author] [--limit N] [-o, --out OUT] [--quiet]',
  )
})
