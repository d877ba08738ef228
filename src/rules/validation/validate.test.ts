import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../../test/arbitrary-record.ts'
import { bookLeader, recordOf } from '../../../test/record-of.ts'
import type { Field, MarcRecord } from '../../marc/record.ts'
import { validate } from './validate.ts'
import { type ProblemCode, validationRules } from './validation-rules.ts'

const coded = '008 030101s2003    enka          000 1 eng d'
const source = '040 ## $a DLC $b eng $c DLC'
const title = '245 10 $a Emma.'
const rest = ['264 #1 $a London : $b Penguin, $c 2003.', '300 ## $a 1 volume']
const author = '100 1# $a Austen, Jane'

/** A sound book, with fields more or some in place of its own; a line of one of its tags takes that one's place. */
function book(...lines: readonly string[]): MarcRecord {
  const own = [coded, source, author, title, ...rest]
  const tags = new Set(lines.map((line) => line.slice(0, 3)))
  return recordOf(...own.filter((line) => !tags.has(line.slice(0, 3))), ...lines)
}

const without = (tag: string, record = book()): MarcRecord => ({
  ...record,
  fields: record.fields.filter((field) => field.tag !== tag),
})

const withLeader = (from: number, characters: string, record = book()): MarcRecord => ({
  ...record,
  leader: bookLeader.slice(0, from) + characters + bookLeader.slice(from + characters.length),
})

/** A book with a field that no line of text can be. */
const withField = (field: Field): MarcRecord => ({ ...book(), fields: [...book().fields, field] })

const note = (ind1: string, ...subfields: { code: string; value: string }[]): Field => ({
  tag: '500',
  ind1,
  ind2: ' ',
  subfields,
})

/** 008 of the book with other characters from a position on. */
const codedWith = (at: number, characters: string): string => {
  const value = coded.slice(4)
  return `008 ${value.slice(0, at)}${characters}${value.slice(at + characters.length)}`
}

const text = { code: 'a', value: 'text' }

/** For each rule a record that breaks it and no other, and its neighbour that is sound. */
const shown: Readonly<Record<ProblemCode, readonly [broken: MarcRecord, sound: MarcRecord]>> = {
  LEADER_LENGTH: [{ ...book(), leader: bookLeader.slice(0, 20) }, book()],
  LEADER_STATUS: [withLeader(5, 'x'), withLeader(5, 'p')],
  LEADER_TYPE: [withLeader(6, 'b'), withLeader(6, 't')],
  LEADER_LEVEL: [withLeader(7, 'z'), withLeader(7, 'a')],
  CONTROL_NUMBER_REPEATED: [book('001 1', '001 2'), book('001 1')],
  TIMESTAMP_INVALID: [book('005 20240231'), book('005 20240229123456.0')],
  FIXED_FIELD_MISSING: [without('008'), book()],
  FIXED_FIELD_LENGTH: [book('008 short'), book()],
  FIXED_FIELD_REPEATED: [book(coded, codedWith(22, 'e')), book()],
  MATERIAL_FIELD_LENGTH: [book('007 ta  '), book('007 ta')],
  FIXED_CODE_UNDEFINED: [book(codedWith(29, 'x')), book(codedWith(29, '1'))],
  FIXED_CODE_BLANK: [book(codedWith(29, ' ')), book(codedWith(29, '|'))],
  FIXED_CODE_OBSOLETE: [book(codedWith(32, '1')), book(codedWith(32, ' '))],
  FIXED_POSITION_UNDEFINED: [book(codedWith(32, 'x')), book(codedWith(32, '|'))],
  ENTRY_DATE_INVALID: [book(codedWith(0, '031301')), book(codedWith(0, '031231'))],
  DATES_INVALID: [book(codedWith(6, 's20032004')), book(codedWith(6, 'm20032004'))],
  DATES_REVERSED: [book(codedWith(6, 'm20042003')), book(codedWith(6, 'r20042003'))],
  TITLE_MISSING: [without('245'), book('245 10 $k Letters.')],
  TITLE_REPEATED: [book(title, '245 10 $a Emma again.'), book(title, '246 3# $a Emma again.')],
  MAIN_ENTRY_REPEATED: [book(author, '110 2# $a Penguin'), book(author, '710 2# $a Penguin')],
  CATALOGING_SOURCE_MISSING: [without('040'), book()],
  PUBLICATION_MISSING: [without('264'), without('264', book('260 ## $a London'))],
  EXTENT_MISSING: [without('300'), book()],
  RDA_TYPES_MISSING: [
    book('040 ## $a DLC $e rda', '336 ## $a text $2 rdacontent', '338 ## $a volume $2 rdacarrier'),
    book(
      '040 ## $a DLC $e rda',
      '336 ## $a text $2 rdacontent',
      '337 ## $a unmediated $2 rdamedia',
      '338 ## $a volume $2 rdacarrier',
    ),
  ],
  TAG_INVALID: [withField({ ...note(' ', text), tag: '5-0' }), book('XYZ ## $a ours')],
  TAG_UNDEFINED: [book('412 ## $a nothing'), book('949 ## $a ours', '029 1# $a ours')],
  TAG_OBSOLETE: [book('440 #0 $a Classics'), book('490 0# $a Classics')],
  FIELD_REPEATED: [book('010 ## $a 2003012345', '010 ## $a 2003012346'), book('010 ## $a 2003012345')],
  FIELD_DUPLICATED: [
    book('650 #0 $a Love', '650 #0 $a Hate', '650 #0 $a Love'),
    book('650 #0 $a Love', '650 #0 $a Hate', '650 #1 $a Love'),
  ],
  CONTROL_FIELD_WITH_SUBFIELDS: [withField({ ...note(' ', text), tag: '009' }), book('009 ours')],
  FIELD_WITHOUT_SUBFIELDS: [withField(note(' ')), withField(note(' ', text))],
  INDICATOR_INVALID: [withField(note('A', text)), withField(note(' ', text))],
  INDICATOR_UNDEFINED: [book('500 1# $a note'), book('500 9# $a note')],
  INDICATOR_OBSOLETE: [book('260 0# $a London'), book('260 2# $a London')],
  SUBFIELD_CODE_INVALID: [withField(note(' ', { code: 'A', value: 'text' })), withField(note(' ', text))],
  SUBFIELD_UNDEFINED: [book('500 ## $a note $b more'), book('500 ## $a note $9 ours $7 (dpenmw)ours')],
  SUBFIELD_OBSOLETE: [book('500 ## $a note $z source'), book('588 ## $a note')],
  SUBFIELD_REPEATED: [book('300 ## $a 1 volume $b ill. $b maps'), book('300 ## $a 1 volume $a 1 disc')],
  SUBFIELD_EMPTY: [withField(note(' ', { code: 'a', value: '' })), withField(note(' ', text))],
  SOURCE_MISSING: [book('650 #7 $a Love'), book('650 #7 $a Love $2 fast')],
  TITLE_ADDED_ENTRY: [book('245 00 $a Emma.'), without('100', book('245 00 $a Emma.'))],
  NONFILING_TOO_LARGE: [book('245 19 $a The sea'), book('245 14 $a The sea')],
  NONFILING_INSIDE_WORD: [book('245 13 $a Emma.'), book("245 12 $a L'été")],
  LANGUAGE_MISMATCH: [book('041 1# $a fre $h eng'), book('041 1# $a eng $h fre')],
  ISBN_INVALID: [book('020 ## $a 0141439514'), book('020 ## $a 0141439513 $z 0141439514')],
  ISSN_INVALID: [book('022 ## $a 1050-1241'), book('022 ## $a 1050-124X')],
  RELATED_NUMBER_INVALID: [
    book('490 0# $a Classics $x 1050-1241'),
    book('490 0# $a Classics $x ISSN 1050-124X ;'),
  ],
  STANDARD_NUMBER_INVALID: [book('024 3# $a 9780141439514'), book('024 3# $a 9780141439518')],
  LCCN_INVALID: [book('010 ## $a 200301234'), book('010 ## $a    2003012345')],
  SYSTEM_NUMBER_PREFIX: [book('035 ## $a 1234'), book('035 ## $a (OCoLC)1234', '035 9# $a 1234')],
  URI_INVALID: [book('856 40 $u www.example.org'), book('856 40 $u https://www.example.org/a?b=c')],
  LINKAGE_MISSING: [book('880 ## $a text'), book('880 1# $6 100-00 $a Остен, Джейн')],
  LINKAGE_INVALID: [book('246 3# $6 880-1 $a Emma'), book()],
  LINKAGE_BROKEN: [
    book('246 3# $6 880-01 $a Emma', '880 3# $6 246-02/(N $a Эмма'),
    book('246 3# $6 880-01 $a Emma', '880 3# $6 246-01/(N $a Эмма'),
  ],
}

const codes = (record: MarcRecord): string[] => validate(record).map(({ code }) => code)

test('each rule finds what it is for, and nothing in its sound neighbour', () => {
  for (const code of Object.keys(validationRules) as ProblemCode[]) {
    const [broken, sound] = shown[code]
    assert.deepEqual([...new Set(codes(broken))], [code])
    assert.deepEqual(codes(sound), [], code)
  }
})

test('a finding says where it is and what is wrong', () => {
  assert.deepEqual(validate(book('020 ## $a 0141439514')), [
    { code: 'ISBN_INVALID', severity: 'warning', field: '020 $a', at: 6, value: '0141439514' },
  ])
  assert.deepEqual(validate(book(codedWith(18, 'xb  '))), [
    { code: 'FIXED_CODE_UNDEFINED', severity: 'warning', field: '008/18-21', at: 5, value: 'xb  ' },
  ])
})

test('a title of blanks is no title, one of $k alone is', () => {
  assert.deepEqual(codes(book('245 10 $c Austen')), ['TITLE_MISSING'])
  assert.deepEqual(codes(book('245 10 $k Letters')), [])
})

test('fields of libraries are what they like: tags with a 9 or a letter, and $9 anywhere', () => {
  const own = ['099 77 $* 1 $* 1', '590 ## $a 1', '690 #7 $a 1', '949 xx $a 1 $a 1', 'AVA ## $a 1']
  for (const line of own) assert.deepEqual(codes(book(line.replaceAll('*', 'z'))), [], line)
})

test('an 880 is built like the field that it belongs to', () => {
  const pair = (line: string) => codes(book('246 3# $6 880-01 $a Emma', line))
  assert.deepEqual(pair('880 3# $6 246-01 $a Эмма'), [])
  assert.deepEqual(pair('880 7# $6 246-01 $a Эмма'), ['INDICATOR_UNDEFINED'])
  assert.deepEqual(pair('880 3# $6 246-01 $a Эмма $c Остен'), ['SUBFIELD_UNDEFINED'])
})

test('a number that counts an article may pass over it in other scripts', () => {
  assert.deepEqual(codes(book('246 3# $6 880-01 $a Kitab', '880 3# $6 246-01 $a الكتاب')), [])
  assert.deepEqual(codes(book('730 2# $a الكتاب')), [])
  assert.deepEqual(codes(book('730 2# $a Kitab')), ['NONFILING_INSIDE_WORD'])
})

test('a record of many faults has each of them in each field once at least, and not all of them', () => {
  const many = Array.from({ length: 3000 }, (): Field => note(' ', { code: 'a', value: '' }))
  const last: Field = { ...note(' ', text), tag: '412' }
  const problems = validate({ ...book(), fields: [...book().fields, ...many, last] })
  assert.ok(problems.length < 1100, String(problems.length))
  assert.ok(problems.some(({ code }) => code === 'TAG_UNDEFINED'))
})

test('what a finding quotes is bounded, and never half a character', () => {
  const long: Field = note(' ', { code: 'b', value: '😀'.repeat(100) })
  const [problem] = validate(withField(long))
  assert.equal(problem?.code, 'SUBFIELD_UNDEFINED')
  assert.ok((problem?.value ?? '').length <= 60)
  assert.doesNotMatch(problem?.value ?? '', /\p{Surrogate}/u)
})

test('whatever a record holds, validation has an answer, and the same one again', () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => {
      const problems = validate(record)
      assert.deepEqual(validate(record), problems)
      for (const { at } of problems) assert.ok(at === null || record.fields[at] !== undefined)
    }),
  )
  const malformed: MarcRecord = {
    leader: '',
    fields: [
      { tag: '', value: '' },
      { tag: '24', value: '' },
    ],
  }
  assert.ok(validate(malformed).length > 0)
})
