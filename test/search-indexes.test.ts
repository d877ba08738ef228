import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWording } from '../src/catalog/search/asked.ts'
import { search } from '../src/catalog/search/search.ts'
import { SearchRefusal } from '../src/catalog/search/refusal.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { searchIndexes } from '../src/rules/search/indexes.ts'
import { formatCql } from '../src/rules/search/format-cql.ts'
import { operators, operatorsOf } from '../src/rules/search/operators.ts'
import { clause } from '../src/rules/search/query.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { addBib, record } from './catalogue.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'The library', suffix: '5801', network: 'NZ' })

const with008 = (code: string, { leader, fields }: MarcRecord): MarcRecord => ({
  leader,
  fields: [{ tag: '008', value: code }, ...fields.slice(1)],
})

const pride = await addBib(
  db,
  'NZ',
  record(
    '010 __ $a    98012345',
    '020 __ $a 9780141439518',
    '022 __ $a 0028-0836 $l 1476-4687',
    '024 7_ $a 10.1000/182 $2 doi',
    '035 __ $a (OCoLC)ocm00111222 $z (OCoLC)333444',
    '035 __ $a (VENDOR)77-1',
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    '245 10 $a Pride and prejudice : $b a novel / $c Jane Austen.',
    '250 __ $a Second edition.',
    '260 __ $a London : $b Penguin.',
    '490 1_ $a Penguin classics',
    '500 __ $a With a note on the text.',
    '505 0_ $a Volume the first.',
    '600 10 $a Darcy, Fitzwilliam $v Fiction.',
    '650 _0 $a Courtship $z England.',
    '650 _2 $a Marriage.',
    '655 _7 $a Novels. $2 lcgft',
    '700 1_ $a Jones, Vivien.',
    '590 __ $a Bequest of the dean',
  ),
)
const war = await addBib(
  db,
  'NZ',
  with008(
    '151105m18691870ru            000 1 rus d',
    record(
      '019 __ $a 555666',
      '130 0_ $a Voĭna i mir.',
      '245 10 $a Война и мир / $c Толстой.',
      '041 1_ $a rus $a fre',
      '720 __ $a Austen, someone else',
    ),
  ),
)
const linkedPride = await addBib(
  db,
  'IZ',
  record('590 __ $a Signed by the editor $9 LOCAL', '949 __ $a shelfmark42'),
  {
    linkedMmsId: pride,
  },
)
const own = await addBib(db, 'IZ', record('245 14 $a The prejudices.', '035 __ $a (LOCAL)9'))

const find = async (zone: string, query: string) => {
  const asked = { ...readWording({ query }), sort: 'oldest' as const, after: null, limit: 50 }
  return (await search(db, await getZone(db, zone), asked)).ids
}

function finds(
  title: string,
  cases: readonly (readonly [zone: string, query: string, found: readonly string[]])[],
): void {
  test(title, async () => {
    for (const [zone, query, found] of cases)
      assert.deepEqual(await find(zone, query), found, `${zone}: ${query}`)
  })
}

finds('words are found in the fields of their index alone', [
  ['NZ', 'title all "prejudice pride"', [pride]],
  ['NZ', 'title = austen', []],
  ['NZ', 'creator = austen', [pride]],
  ['NZ', 'names = austen', [pride, war]],
  ['NZ', 'names = darcy', [pride]],
  ['NZ', 'creator = darcy', []],
  ['NZ', 'subjects = courtship and subjects = marriage', [pride]],
  ['NZ', 'lc-subjects = courtship', [pride]],
  ['NZ', 'lc-subjects = marriage', []],
  ['NZ', 'mesh-subjects = marriage', [pride]],
  ['NZ', 'genre = novels', [pride]],
  ['NZ', 'uniform-title = mir', [war]],
  ['NZ', 'series = classics', [pride]],
  ['NZ', 'publisher = penguin', [pride]],
  ['NZ', 'publisher = london', []],
  ['NZ', 'publication-place = london', [pride]],
  ['NZ', 'edition = second', [pride]],
  ['NZ', 'notes = text', [pride]],
  ['NZ', 'contents = volume', [pride]],
  ['NZ', 'local-590 = bequest', [pride]],
  ['NZ', 'local-591 = bequest', []],
  ['IZ', 'local-949 = shelfmark42', [linkedPride]],
])

finds('phrases, beginnings, whole values and any of several words', [
  ['NZ', 'title adj "pride and prejudice"', [pride]],
  ['NZ', 'title adj "prejudice and pride"', []],
  ['NZ', 'title adj "pride and prej*"', [pride]],
  ['NZ', 'title == "Pride and prejudice : a novel"', [pride]],
  ['NZ', 'title == "Pride and prejudice"', []],
  ['NZ', 'title == "pride and prej*"', [pride]],
  ['NZ', 'title == "and prejudice*"', []],
  ['NZ', 'title any "война pride"', [pride, war]],
  ['NZ', 'title = prej*', [pride]],
  ['NZ', 'keywords adj "jane austen"', [pride]],
  ['IZ', 'title == "prejudices"', [own]],
])

finds('fields that are there or not', [
  ['NZ', 'series == ""', [war]],
  ['NZ', 'series <> ""', [pride]],
  ['NZ', 'isbn == ""', [war]],
  ['NZ', 'oclc-035a <> ""', [pride]],
  ['NZ', 'title <> "Pride and prejudice : a novel"', [war]],
  ['NZ', 'additional-year == ""', [pride]],
])

finds('numbers are found by their index, in every form', [
  ['NZ', 'oclc-035a = 111222', [pride]],
  ['NZ', 'oclc-035a = "(OCoLC)ocn111222"', [pride]],
  ['NZ', 'oclc-035a = 333444', []],
  ['NZ', 'oclc-035az = 333444', [pride]],
  ['NZ', 'oclc-019 = 555666', [war]],
  ['NZ', 'oclc-035az = 555666', []],
  ['NZ', 'other-system-number = "(vendor)77-1"', [pride]],
  ['NZ', 'isbn = 0-14-143951-3', [pride]],
  ['NZ', 'issn = 0028-0836', [pride]],
  ['NZ', 'issn = 1476-4687', []],
  ['NZ', 'linking-issn = 1476-4687', [pride]],
  ['NZ', 'lccn = 98012345', [pride]],
  ['NZ', 'standard-number = "10.1000/182"', [pride]],
  ['NZ', 'standard-number = 9780141439518', [pride]],
  ['NZ', `mms-id = ${war}`, [war]],
  ['IZ', `mms-id = ${pride}`, [linkedPride]],
  ['IZ', 'oclc-035a = 111222', [linkedPride]],
  ['NZ', 'isbn = 978014*', [pride]],
  ['NZ', 'isbn <> 9780141439518', [war]],
])

finds('a number is found by its beginning, however short, in the form in which it is printed', [
  ['NZ', 'isbn = 978*', [pride]],
  ['NZ', 'isbn = 9*', [pride]],
  ['NZ', 'isbn = 979*', []],
  ['NZ', 'isbn = "978-0-14*"', [pride]],
  ['NZ', 'isbn = "0-14*"', [pride]],
  ['NZ', 'isbn = 0141439513*', [pride]],
  ['NZ', 'issn = 00280*', [pride]],
  ['NZ', 'issn = "0028-0*"', [pride]],
  ['NZ', 'issn = 14*', []],
  ['NZ', 'linking-issn = 14*', [pride]],
  ['NZ', 'lccn = 98*', [pride]],
  ['NZ', 'oclc-035a = "(OCoLC)111*"', [pride]],
  ['NZ', 'standard-number = 978*', [pride]],
  ['IZ', 'isbn = 978*', [linkedPride]],
])

finds('codes, years, levels and tags', [
  ['NZ', 'language = eng', [pride]],
  ['NZ', 'language = fre', [war]],
  ['NZ', 'language <> eng', [war]],
  ['NZ', 'year = 1815', [pride]],
  ['NZ', 'year > 1815', [war]],
  ['NZ', 'year within "1800 1900"', [pride, war]],
  ['NZ', 'additional-year = 1870', [war]],
  ['NZ', 'country = enk', [pride]],
  ['NZ', 'resource-type = book', [pride, war]],
  ['NZ', 'suppressed = yes', []],
  ['NZ', 'suppressed = no not brief-level > 10', [pride, war]],
  ['NZ', 'publish-to-oclc = publish', [pride, war]],
  ['NZ', 'originating-system = oclc', [pride, war]],
  ['IZ', 'linked = yes', [linkedPride]],
  ['IZ', 'linked-zone = network', [linkedPride]],
  ['IZ', 'linked = no', [own]],
  ['NZ', 'created >= 2020-01-01', [pride, war]],
  ['NZ', 'changed < 2020-01-01', []],
  ['NZ', 'job = 1', []],
])

finds('and, or, not join what is found in different ways', [
  ['NZ', 'title = pride and language = eng', [pride]],
  ['NZ', 'title = pride or language = rus', [pride, war]],
  ['NZ', 'names = austen not language = rus', [pride]],
  ['NZ', 'isbn = 9780141439518 or oclc-019 = 555666', [pride, war]],
  ['NZ', '(title = pride or title = мир) and (creator = austen or year = 1869)', [pride, war]],
  ['NZ', 'names = austen not creator adj "austen jane"', [war]],
])

finds('a linked bib is what the network’s record and its local fields say together', [
  ['IZ', 'title = pride and local-590 = signed', [linkedPride]],
  ['IZ', 'local-590 = bequest', [linkedPride]],
  ['IZ', 'austen and signed', [linkedPride]],
  ['IZ', 'austen not signed', []],
  ['IZ', 'title = prejudices or local-590 = signed', [linkedPride, own]],
  ['IZ', 'language = eng and year = 1815', [linkedPride, own]],
  ['IZ', 'title all "prejudice" not local-590 = signed', []],
])

test('every index can be asked by each of its operators in both kinds of zone', async () => {
  const samples: Readonly<Record<string, string>> = { number: '1815', date: '2026-01-01', boolean: 'yes' }
  for (const index of searchIndexes) {
    const sample =
      index.kind === 'column'
        ? (index.values?.[0]?.value ?? samples[index.type] ?? 'eng')
        : index.kind === 'inventory'
          ? (index.values?.[0]?.value ?? 'main')
          : index.kind === 'words'
            ? 'emma'
            : '9780141439518'
    for (const operator of operatorsOf(index)) {
      const text = operator === 'between' ? `${sample} ${sample}` : sample
      const { relation, term } = operators[operator]
      const query = formatCql(clause(index.code, relation, term(text)))
      for (const zone of ['NZ', 'IZ'])
        await find(zone, query).catch((error: unknown) => {
          if (!(error instanceof SearchRefusal && error.code === 'NOT_SUCH_A_NUMBER')) throw error
        })
    }
  }
})

test('a number of a job and the same number of a bib stand in one query', async () => {
  assert.deepEqual(await find('NZ', 'job = 111222 or oclc-035a = 111222'), [pride])
  assert.deepEqual(await find('IZ', 'job = 111222 or oclc-035a = 111222'), [linkedPride])
})

test('a day is compared as far as four digits of a year go, and there is no year 0', async () => {
  assert.deepEqual(await find('NZ', 'changed > 9999-12-31'), [])
  assert.deepEqual(await find('NZ', 'changed within "0001-01-01 9999-12-31"'), [pride, war])
  await assert.rejects(find('NZ', 'changed > 0000-01-01'), { code: 'NOT_SUCH_A_VALUE' })
})

test('a value that an index cannot have is an error that names those that it has', async () => {
  const messageOf = (query: string) =>
    find('NZ', query).then(
      () => 'found',
      (error: unknown) => (error instanceof SearchRefusal ? `${error.code} ${error.remedy}` : String(error)),
    )
  assert.match(await messageOf('resource-type = bok'), /^NOT_SUCH_A_VALUE The nearest is book/)
  assert.match(await messageOf('suppressed = perhaps'), /^NOT_SUCH_A_VALUE It is yes or no/)
  assert.match(await messageOf('year = mcmxc'), /^NOT_SUCH_A_VALUE It is a number/)
  assert.match(await messageOf('created = 2026-02-30'), /^NOT_SUCH_A_VALUE It is a day/)
  assert.match(await messageOf('item-status = in-plac'), /^NOT_SUCH_A_VALUE The nearest is in-place/)
  assert.match(await messageOf('encoding-level = 9'), /^NOT_SUCH_A_VALUE/)
  assert.match(await messageOf('oclc-035a = abc'), /^NOT_SUCH_A_NUMBER/)
  await assert.rejects(find('NZ', 'isbn = abc*'), { message: 'ISBN: no such number begins with abc.' })
  await assert.rejects(find('NZ', 'isbn = abc'), { message: 'ISBN: abc is no such number.' })
  assert.match(await messageOf('title = "..."'), /^NO_WORDS/)
})
