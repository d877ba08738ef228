import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import type { ArchiveCode } from '../src/import/archive.ts'
import type { RecordNoteCode } from '../src/import/collection-records.ts'
import type { JunkCode, RejectCode, RepairCode } from '../src/marc/frame.ts'
import type { KbartCode } from '../src/marc/kbart/row.ts'
import type { NotMarcCode } from '../src/marc/sniff.ts'
import type { FailureCode } from '../src/protocols/gateway/answer.ts'
import { type Code, codeSentences } from '../src/rules/outcome.ts'
import { almaErrors } from '../src/server/alma/errors.ts'

/** The compiler refuses these tables where one of the unions has gained or lost a code. */
const repairs: Readonly<Record<RepairCode, true>> = {
  LENGTH: true,
  LENGTH_IN_CHARACTERS: true,
  TERMINATOR_MISSING: true,
  TERMINATOR_INSIDE: true,
  BASE_ADDRESS: true,
  LEADER_LENGTH: true,
  LEADER_FILLED: true,
  DIRECTORY: true,
  FIELD_TERMINATOR_MISSING: true,
  LINE_ENDS_INSIDE: true,
  TAG: true,
  INDICATORS: true,
  TEXT_BEFORE_SUBFIELD: true,
  SUBFIELD_CODE: true,
  JSON_SHAPE: true,
  CONTROL_CHARACTER: true,
  ENCODING_LABEL: true,
  ENCODING_MIXED: true,
  ENCODING_LATIN1: true,
  ENCODING_BYTES: true,
  ENCODING_DOUBLE: true,
  ESCAPE_SEQUENCE: true,
  CHARACTER_REFERENCE: true,
  CHARACTER_ENTITY: true,
  OVERSIZE: true,
}
const junk: Readonly<Record<JunkCode, true>> = {
  LINE_ENDS: true,
  BOM: true,
  PADDING: true,
  ENVELOPE: true,
  FOREIGN: true,
}
const rejections: Readonly<Record<RejectCode, true>> = {
  TRUNCATED: true,
  NO_DIRECTORY: true,
  NO_FIELDS: true,
  TOO_LARGE: true,
  TOO_MANY_FIELDS: true,
  FIELD_TOO_LARGE: true,
  NOT_WELL_FORMED: true,
  DOCTYPE_REFUSED: true,
  NOT_A_RECORD: true,
}

const gateway: Readonly<Record<Exclude<FailureCode, Code>, true>> = {
  LOGON_FAILED: true,
  ADDRESS_NOT_ALLOWED: true,
  TOO_MANY_FAILURES: true,
  NO_INTEGRATION_PROFILE: true,
  BAD_REQUEST: true,
  LENGTH_MISMATCH: true,
  TOO_MANY_CONNECTIONS: true,
  TIMED_OUT: true,
  DATABASE_AWAY: true,
  UNEXPECTED: true,
}
const files: Readonly<Record<NotMarcCode | ArchiveCode, true>> = {
  EMPTY: true,
  WEB_PAGE: true,
  ARCHIVE: true,
  PDF: true,
  SPREADSHEET: true,
  EDIFACT: true,
  OTHER_XML: true,
  OTHER_JSON: true,
  LINE_MARC: true,
  TABLE: true,
  TEXT: true,
  BINARY: true,
  ARCHIVE_RATIO: true,
  ARCHIVE_SIZE: true,
  ARCHIVE_ENTRIES: true,
  ARCHIVE_DAMAGED: true,
  ARCHIVE_ENCRYPTED: true,
  ARCHIVE_METHOD: true,
  ARCHIVE_EMPTY: true,
}

const titleLists: Readonly<Record<KbartCode | RecordNoteCode, true>> = {
  NO_TITLE: true,
  LINE_TOO_LONG: true,
  UNCLOSED_QUOTE: true,
  ISBN_OR_ISSN: true,
  DATE: true,
  EMBARGO: true,
  MORE_CELLS: true,
  NOT_UTF8: true,
  REPEATED_TITLE: true,
  MORE_ADDRESSES: true,
  NO_ADDRESS: true,
}

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')

type Row = { readonly code: string; readonly meaning: string; readonly remedy: string }

/** The rows of a second-level section, from all of its tables. */
function rows(title: string): Row[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? ''
  const found = section.matchAll(/^\| `([A-Z_0-9]+)` \| (.+?) \| (.+?) \|$/gm)
  return [...found].map(([, code = '', meaning = '', remedy = '']) => ({ code, meaning, remedy }))
}

const codes = (title: string) => rows(title).map(({ code }) => code)

test('docs/errors.md lists each code of an outcome once, with its sentence', () => {
  assert.deepEqual(codes('Outcomes with a code').toSorted(), Object.keys(codeSentences).toSorted())
  for (const [code, sentence] of Object.entries(codeSentences)) {
    const row = rows('Outcomes with a code').find((each) => each.code === code)
    assert.ok(row?.meaning.startsWith(sentence), `${code}: ${row?.meaning}`)
  }
})

test('docs/errors.md lists each repair, each kind of junk, and each reason to refuse a file once', () => {
  assert.deepEqual(codes('Files').toSorted(), Object.keys(files).toSorted())
  assert.deepEqual(codes('Repairs').toSorted(), Object.keys(repairs).toSorted())
  assert.deepEqual(codes('Junk').toSorted(), Object.keys(junk).toSorted())
})

test('docs/errors.md lists each code of the gateway once', () => {
  assert.deepEqual(codes('The gateway').toSorted(), Object.keys(gateway).toSorted())
})

test('docs/errors.md lists what there is to say of a line of a title list once', () => {
  assert.deepEqual(
    codes('Lines of a title list, and records of a collection').toSorted(),
    Object.keys(titleLists).toSorted(),
  )
})

test('each reason why bytes are no record is a code of an outcome', () => {
  for (const code of Object.keys(rejections)) assert.ok(Object.hasOwn(codeSentences, code), code)
})

/** What refusals of the API are made with: a status or a kind first, and then the code. */
const refusals = [
  /new Refusal\(\s*\d+,\s*'([A-Z_]+)'/g,
  /new PeopleRefusal\(\s*'\w+',\s*'([A-Z_]+)'/g,
  /new (?:Import|Inventory)Refusal\(\s*(?:'\w+'|\w+),\s*'([A-Z_]+)'/g,
  /super\(\s*'(?:missing|conflict|invalid)',\s*'([A-Z_]+)'/g,
  /\b(?:no|refusal)\(\s*'([A-Z_]+)'/g,
  /\berror: \{\s*code: '([A-Z_]+)'/g,
]

test('docs/errors.md lists each code that a request is refused with, and none that there is not', () => {
  const sources = globSync('src/{server,import,catalog,inventory,people}/**/*.ts', { cwd: root }).map(
    (path) => readFileSync(join(root, path), 'utf8'),
  )
  const used = new Set(
    sources.flatMap((source) =>
      refusals.flatMap((made) => [...source.matchAll(made)].map(([, code = '']) => code)),
    ),
  )
  assert.ok(used.size > 50)
  const listed = new Set([...page.matchAll(/^\| `([A-Z_0-9]+)` \|/gm)].map(([, code]) => code))
  assert.deepEqual(
    [...used].filter((code) => !listed.has(code)),
    [],
  )
  const all = sources.join('\n')
  assert.deepEqual(
    codes('The API').filter((code) => !all.includes(`'${code}'`)),
    [],
  )
})

test('docs/alma-api.md lists each error of Alma’s API that is answered here, with its text', () => {
  const alma = readFileSync(join(root, 'docs/alma-api.md'), 'utf8')
  const listed = [...alma.matchAll(/^\| `(\w+)` \| (.+?) \| .+ \|$/gm)].map(([, code = '', text = '']) => [
    code,
    text,
  ])
  assert.deepEqual(Object.fromEntries(listed), almaErrors)
})
