import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseRuleFile } from '../src/rules/language/parse-rule-file.ts'
import {
  applyExceptions,
  exceptionProfiles,
  severityOf,
  shippedExceptionLines,
} from '../src/rules/validation/exceptions.ts'
import { validate } from '../src/rules/validation/validate.ts'
import { validationRules } from '../src/rules/validation/validation-rules.ts'
import { recordOf } from './record-of.ts'

const page = readFileSync(new URL('../docs/validation.md', import.meta.url), 'utf8')

test('docs/validation.md lists each code once, with what it is by itself, in imports and in the editor', () => {
  const rows = [...page.matchAll(/^\| `([A-Z_0-9]+)` \| (.+) \|$/gm)].map(([, code = '', cells = '']) => [
    code,
    ...cells.split(/ (?<!\\)\| /).map((cell) => cell.replaceAll('\\|', '|')),
  ])
  const by = (exceptions: string, code: string) =>
    severityOf(code, null, shippedExceptionLines(exceptions) ?? [], {})
  assert.deepEqual(
    rows,
    Object.entries(validationRules).map(([code, { severity, message, remedy }]) => [
      code,
      severity,
      by('import', code),
      by('editor', code),
      message,
      remedy,
    ]),
  )
})

test('docs/validation.md speaks of each of the shipped exceptions', () => {
  for (const { code } of exceptionProfiles) assert.ok(page.includes(`\`${code}\``), code)
})

test('the exceptions in docs/validation.md can be read, and do what it says', () => {
  const [, text = ''] = /^```\n(.+?)^```$/ms.exec(page) ?? []
  const { file, problems } = parseRuleFile('exceptions', text)
  assert.deepEqual(problems, [])
  const record = recordOf(
    'LDR 00000nam a2200000xa 4500',
    '008 030101s2003    enka          000 1 eng d',
    '020 ## $a 0141439513 $b more',
    '035 ## $a (OCoLC)1234 $b more',
    '412 ## $a nothing',
    '245 10 $a Emma.',
  )
  const found = applyExceptions(validate(record), file?.rules ?? [], {
    CATALOGING_SOURCE_MISSING: 'off',
    PUBLICATION_MISSING: 'off',
    EXTENT_MISSING: 'off',
    TITLE_ADDED_ENTRY: 'off',
  })
  assert.deepEqual(
    found.map(({ code, severity, field }) => `${code} ${field}: ${severity}`),
    ['FIXED_CODE_UNDEFINED LDR/17: error', 'SUBFIELD_UNDEFINED 035 $b: warning', 'TAG_UNDEFINED 412: error'],
  )
})
