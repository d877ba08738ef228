import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import type { MarcRecord } from '../src/marc/record.ts'
import { formatField } from '../src/rules/field-text.ts'
import type { FieldTarget, MergeAction } from '../src/rules/language/rule.ts'
import { merge } from '../src/rules/merge/merge.ts'
import { mergeSteps } from '../src/rules/merge/merge-explain.ts'
import { mergeRuleOf } from '../src/rules/merge/merge-rule.ts'
import { defaultProtect } from '../src/rules/merge/protect.ts'
import { recordOf } from './record-of.ts'
import { ruleFileOf } from './rule-file.ts'

/*
 * A folder of fixtures/merge has a rule file, two records and what the rule makes of them, and its name
 * says what it shows. The zone has the usual list of protected fields; `$5 OWN` is of a member, all others
 * are of strangers.
 */
const root = new URL('fixtures/merge/', import.meta.url)
const protect = { ...defaultProtect, members: ['OWN'] }
const folders = readdirSync(root)

const readFixture = (folder: string, file: string): string =>
  readFileSync(new URL(`${folder}/${file}.txt`, root), 'utf8')

const readRecord = (folder: string, file: string): MarcRecord =>
  recordOf(...readFixture(folder, file).trimEnd().split('\n'))

const linesOf = ({ leader, fields }: MarcRecord): string[] => [`LDR ${leader}`, ...fields.map(formatField)]

const readRule = (folder: string) => mergeRuleOf(ruleFileOf('merge', readFixture(folder, 'rule')), folder)

for (const folder of folders) {
  test(`fixtures/merge: ${folder.replaceAll('-', ' ')}`, () => {
    const rule = readRule(folder)
    const existing = readRecord(folder, 'existing')
    const incoming = readRecord(folder, 'incoming')
    const { record } = merge(existing, incoming, rule, protect)
    assert.deepEqual(linesOf(record), linesOf(readRecord(folder, 'result')))
    const steps = mergeSteps(existing, incoming, rule, protect)
    assert.deepEqual(
      steps.flatMap(({ after }) => after ?? []),
      linesOf(record),
    )
    assert.deepEqual(steps.flatMap(({ before }) => before ?? []).toSorted(), linesOf(existing).toSorted())
    assert.deepEqual(
      steps.flatMap(({ incoming: came }) => came ?? []).toSorted(),
      linesOf(incoming).toSorted(),
    )
  })
}

/** Every part of an action that there is. */
const parts: readonly string[] = [
  ['add', 'remove', 'replace', 'protect'],
  ['LDR', 'control field', 'one tag', 'ten tags', 'a hundred tags', 'several tags', 'indicators'],
  ['excluding tags', 'excluding indicators', 'excluding a value'],
  ['when contains', 'when matches', 'when has any value'],
  ['when of its own tag', 'when of another tag', 'when of its subfield'],
  ['subfield present', 'subfield absent', 'if-incoming-has', 'if-existing-lacks'],
].flat()

test('every verb and every modifier of the merge language is shown by a folder', () => {
  const shown = new Set(folders.flatMap((folder) => readRule(folder).actions.flatMap(partsOf)))
  assert.deepEqual(
    parts.filter((part) => !shown.has(part)),
    [],
  )
  assert.deepEqual(
    [...shown].filter((part) => !parts.includes(part)),
    [],
  )
})

function partsOf({ verb, targets, excluding, when, subfield, without, only }: MergeAction): string[] {
  const shown: string[] = [verb, ...targets.flatMap(partsOfTarget)]
  if (targets.length > 1) shown.push('several tags')
  for (const { ind1, ind2 } of excluding ?? [])
    shown.push(ind1 === undefined && ind2 === undefined ? 'excluding tags' : 'excluding indicators')
  if (without) shown.push('excluding a value')
  if (when) {
    const { tag, contains } = when
    shown.push({ text: 'when contains', regex: 'when matches', some: 'when has any value' }[contains.kind])
    if (tag === undefined) shown.push('when of its subfield')
    else
      shown.push(targets.some((target) => target.tag === tag) ? 'when of its own tag' : 'when of another tag')
  }
  if (subfield) shown.push(`subfield ${subfield.is}`)
  if (only) shown.push(only)
  return shown
}

function partsOfTarget({ tag, ind1, ind2 }: FieldTarget): string[] {
  const open = tag.replace(/[^X]/g, '').length
  const kind =
    tag === 'LDR'
      ? 'LDR'
      : tag.startsWith('00')
        ? 'control field'
        : open === 0
          ? 'one tag'
          : open === 1
            ? 'ten tags'
            : 'a hundred tags'
  return ind1 === undefined && ind2 === undefined ? [kind] : [kind, 'indicators']
}
