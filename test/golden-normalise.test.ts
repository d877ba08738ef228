import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import type { MarcRecord } from '../src/marc/record.ts'
import { formatField } from '../src/rules/field-text.ts'
import type { NormalizeAction } from '../src/rules/language/rule.ts'
import { recordBudget } from '../src/rules/normalize/budget.ts'
import { compileNormalizeRules } from '../src/rules/normalize/compile-rules.ts'
import type { FieldChange } from '../src/rules/normalize/field-change.ts'
import { recordOf } from './record-of.ts'
import { ruleFileOf } from './rule-file.ts'

/*
 * A folder of fixtures/normalise has a rule file, a record and what the rules make of it, and its name
 * says what it shows.
 */
const root = new URL('fixtures/normalise/', import.meta.url)
const folders = readdirSync(root)

const readFixture = (folder: string, file: string): string =>
  readFileSync(new URL(`${folder}/${file}.txt`, root), 'utf8')

const readRecord = (folder: string, file: string): MarcRecord =>
  recordOf(...readFixture(folder, file).replace(/\n$/, '').split('\n'))

const linesOf = ({ leader, fields }: MarcRecord): string[] => [`LDR ${leader}`, ...fields.map(formatField)]

const readRules = (folder: string) => ruleFileOf('normalize', readFixture(folder, 'rule')).rules

for (const folder of folders) {
  test(`fixtures/normalise: ${folder.replaceAll('-', ' ')}`, () => {
    const before = readRecord(folder, 'before')
    const changes: FieldChange[] = []
    const after = compileNormalizeRules(readRules(folder), folder)(before, changes, recordBudget())
    assert.deepEqual(linesOf(after), linesOf(readRecord(folder, 'after')))
    assert.equal(changes.length > 0, after !== before)
  })
}

const all = {
  'add-control-field': true,
  'add-field': true,
  'add-subfield': true,
  'add-system-number': true,
  'change-control-field': true,
  'change-field': true,
  'change-indicator': true,
  'change-subfield': true,
  'combine-fields': true,
  'copy-control-field': true,
  'copy-field': true,
  'correct-duplicate-fields': true,
  'correct-duplicate-subfields': true,
  'move-subfields-to-end': true,
  prefix: true,
  'prefix-subfield': true,
  'remove-control-field': true,
  'remove-field': true,
  'remove-subfield': true,
  'replace-contents': true,
  'replace-control-contents': true,
  'sort-fields': true,
  'split-field': true,
  'split-subfield': true,
  suffix: true,
  'suffix-subfield': true,
} satisfies Record<NormalizeAction['do'], true>

test('every action of the normalisation language is shown by a folder', () => {
  const shown = new Set(
    folders.flatMap((folder) =>
      readRules(folder).flatMap(({ actions }) => actions.map((action) => action.do)),
    ),
  )
  assert.deepEqual([...shown].toSorted(), Object.keys(all).toSorted())
})
