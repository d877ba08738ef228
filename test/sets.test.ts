import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildApp } from '../src/server/app.ts'
import { getZone } from '../src/catalog/zone.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { db, context } = await testServer()
const app = await buildApp(context, { checkReplies: true })

const emma = await addBib(
  db,
  'NZ',
  record('020 __ $a 9780141439587', '035 __ $a (OCoLC)11', '245 10 $a Emma.'),
)
const twin = await addBib(db, 'NZ', record('020 __ $a 9780141439587', '245 10 $a Emma again.'))
const zoo = await addBib(db, 'NZ', record('035 __ $a (OCoLC)22', '245 10 $a A zoo.'))
const linked = await addBib(db, 'IZ', record('590 __ $a Ours $9 LOCAL'), { linkedMmsId: zoo })

type SetReply = {
  readonly id: number
  readonly kind: string
  readonly members: number | null
  readonly madeBy: string | null
}
type Added = {
  readonly set: SetReply
  readonly numbers: number
  readonly repeated: number
  readonly missing: readonly { readonly line: number; readonly code: string; readonly message: string }[]
  readonly several: readonly { readonly line: number; readonly members: number }[]
  readonly error?: { readonly code: string; readonly message: string }
}

const sets = (zone: string) => `/api/zones/${zone}/sets`
const post = async <T = Added>(url: string, payload: object): Promise<T> =>
  (await app.inject({ method: 'POST', url, payload })).json()

type Page = {
  readonly rows: readonly { readonly mmsId: string }[]
  readonly total: number
  readonly next: string | null
}
const membersOf = async (zone: string, id: number, query = ''): Promise<Page> =>
  (await app.inject({ url: `${sets(zone)}/${id}/members?limit=2${query}` })).json()
const numbersOf = (page: Page) => page.rows.map(({ mmsId }) => mmsId)

test('a logical set has at any time what its search finds', async () => {
  const { set } = await post(sets('NZ'), {
    name: 'All of Emma',
    kind: 'logical',
    entity: 'all-titles',
    query: 'title = emma',
  })
  assert.deepEqual([set.kind, set.members], ['logical', null])
  assert.deepEqual(numbersOf(await membersOf('NZ', set.id)), [emma, twin])
  const third = await addBib(db, 'NZ', record('245 10 $a Emma, a third time.'))
  const page = await membersOf('NZ', set.id)
  assert.equal(page.total, 3)
  assert.deepEqual(numbersOf(await membersOf('NZ', set.id, `&after=${page.next}`)), [third])
  const refused = await post(`${sets('NZ')}/${set.id}/members`, { add: [zoo] })
  assert.equal(refused.error?.code, 'SET_IS_LOGICAL')
})

test('an itemised set keeps what a search has found, and members come and go', async () => {
  const { set } = await post(sets('NZ'), {
    name: 'Of the zoo',
    kind: 'itemised',
    entity: 'all-titles',
    query: 'title = zoo',
  })
  assert.equal(set.members, 1)
  await addBib(db, 'NZ', record('245 10 $a Another zoo.'))
  assert.deepEqual(numbersOf(await membersOf('NZ', set.id)), [zoo])
  const url = `${sets('NZ')}/${set.id}/members`
  assert.equal((await post<SetReply>(url, { add: [emma, zoo], remove: [] })).members, 2)
  assert.equal((await post<SetReply>(url, { remove: [zoo, twin] })).members, 1)
  assert.deepEqual(numbersOf(await membersOf('NZ', set.id)), [emma])
})

test('a set of a file of numbers says which lines name nothing and which several', async () => {
  const isbns = await post(sets('NZ'), {
    name: 'By ISBN',
    kind: 'itemised',
    index: 'isbn',
    numbers: 'ISBN\r\n0-14-143958-0\r\n9780000000002\r\n',
  })
  assert.deepEqual(
    [isbns.missing, isbns.several, isbns.set.members],
    [
      [{ line: 3, number: '9780000000002', code: 'NOT_FOUND', message: 'No title of NZ has it.' }],
      [{ line: 2, number: '0-14-143958-0', members: 2 }],
      2,
    ],
  )
  const oclc = await post(sets('IZ'), {
    name: 'By OCLC',
    kind: 'itemised',
    index: 'oclc-035a',
    numbers: 'ocm00000022',
  })
  assert.deepEqual(
    numbersOf(await membersOf('IZ', oclc.set.id)),
    [linked],
    'by the number of the network’s record',
  )
  const mmsIds = await post(sets('IZ'), {
    name: 'By MMS ID',
    kind: 'itemised',
    index: 'mms-id',
    numbers: `${zoo}\n`,
  })
  assert.deepEqual(numbersOf(await membersOf('IZ', mmsIds.set.id)), [linked])
})

test('a set is refused that could not be asked, or whose name is taken', async () => {
  const set = { name: 'all of emma', kind: 'logical', entity: 'all-titles', query: 'title = emma' }
  assert.equal((await post(sets('NZ'), set)).error?.code, 'SET_EXISTS')
  assert.equal(
    (await post(sets('NZ'), { ...set, name: 'x', query: 'titel = emma' })).error?.code,
    'UNKNOWN_INDEX',
  )
  const by = { name: 'y', kind: 'itemised', index: 'title', numbers: 'emma' }
  assert.equal((await post(sets('NZ'), by)).error?.code, 'UNKNOWN_INDEX')
})

test('a set is of one zone, and is removed with its list of members alone', async () => {
  const { set } = await post(sets('NZ'), {
    name: 'Short',
    kind: 'itemised',
    entity: 'all-titles',
    members: [emma],
  })
  assert.equal((await app.inject({ url: `${sets('IZ')}/${set.id}` })).statusCode, 404)
  assert.equal((await app.inject({ method: 'DELETE', url: `${sets('IZ')}/${set.id}` })).statusCode, 404)
  assert.equal((await app.inject({ method: 'DELETE', url: `${sets('NZ')}/${set.id}` })).statusCode, 200)
  assert.equal((await app.inject({ url: `${sets('NZ')}/${set.id}` })).statusCode, 404)
  assert.equal((await app.inject({ url: `/api/zones/NZ/bibs/${emma}` })).statusCode, 200)
})

let made = 0
const uploaded = async (zone: string, text: string, more: object = {}): Promise<Added> =>
  post(sets(zone), { name: `List ${++made}`, kind: 'itemised', numbers: text, ...more })
const namesIn = async (zone: string, { set }: Added) => numbersOf(await membersOf(zone, set.id))

test('the first line says what the numbers are, in the headings that libraries have from Alma', async () => {
  const odd = await addBib(
    db,
    'NZ',
    record(
      '020 __ $a 9780140430103 $z 9780140430110',
      '022 __ $a 0028-0836 $y 1476-4687',
      '035 __ $a (OCoLC)33 $z (OCoLC)34',
      '035 __ $a (VENDOR)1 $9 (VENDOR)2',
      '245 10 $a Odd.',
    ),
  )
  const found: readonly (readonly [heading: string, number: string, isFound: boolean])[] = [
    ['MMS ID', odd, true],
    ['PID', odd, true],
    ['ISBN', '9780140430110', true],
    ['ISBN_A', '9780140430103', true],
    ['ISBN_A', '9780140430110', false],
    ['ISSN', '14764687', true],
    ['ISSN_A', '0028-0836', true],
    ['ISSN_A', '1476-4687', false],
    ['OCLC number', '34', true],
    ['OCLC Number', '(OCoLC)ocm00000033', true],
    ['035 field', '(vendor)1', true],
    // As the index is searched.
    ['035 field', '(VENDOR)2', true],
    ['"035 field"', '(OCoLC)34', true],
    ['other-system-number', '(VENDOR)2', true],
  ]
  for (const [heading, number, isFound] of found)
    assert.deepEqual(
      await namesIn('NZ', await uploaded('NZ', `${heading}\n${number}`)),
      isFound ? [odd] : [],
      `${heading} ${number}`,
    )
  const orders = await uploaded('NZ', 'PO Line reference\nPOL-1')
  assert.equal(orders.error?.message, 'PO lines are not here yet: nothing is found by their reference.')
  const bare = await uploaded('NZ', '9780140430103')
  assert.equal(bare.error?.message, 'Nothing says what the numbers are.')
})

test('a number that names nothing says why: it is none, of another zone, deleted, or not there', async () => {
  const gone = await addBib(db, 'NZ', record('245 10 $a Gone.'))
  const deleted = await app.inject({ method: 'DELETE', url: `/api/zones/NZ/bibs/${gone}` })
  assert.equal(deleted.statusCode, 200, deleted.body)
  const { set, missing, numbers, repeated } = await uploaded(
    'NZ',
    `MMS ID\n${emma}\n${gone}\n${linked}\n12\n${emma}\n999999999999995816`,
  )
  assert.deepEqual([set.members, numbers, repeated], [1, 5, 1])
  assert.deepEqual(
    missing.map(({ line, code }) => [line, code]),
    [
      [3, 'DELETED'],
      [4, 'OF_ANOTHER_ZONE'],
      [5, 'NOT_SUCH_A_NUMBER'],
      [7, 'NOT_FOUND'],
    ],
  )
  assert.match(missing[0]?.message ?? '', /^The bib was deleted on \d{4}-\d\d-\d\d by .+\.$/)
  assert.deepEqual((await uploaded('NZ', 'ISBN\nnone')).missing[0]?.message, 'It is no ISBN.')
})

test('barcodes and PIDs name items, or the titles that those hang on', async () => {
  const { zoneId } = await getZone(db, 'IZ')
  await db.execute(
    `insert into holdings (zone_id, holdings_id, mms_id, version, record, library, location, call_number, call_number_sort, suppressed, action, part)
     values ($1, '22100000015801', $2, 1, 'leader', 'MAIN', 'stacks', 'PR', 'PR', false, 'added', 0)`,
    [zoneId, linked],
  )
  await db.execute(
    `insert into item (zone_id, item_id, holdings_id, mms_id, version, barcode, status, action, part)
     values ($1, '23100000015801', '22100000015801', $2, 1, '3100', 'in-place', 'added', 0)`,
    [zoneId, linked],
  )
  await db.execute(`insert into item_barcode values ($1, '3100', '23100000015801', $2, 0)`, [zoneId, linked])
  const items = { entity: 'physical-items' }
  for (const text of ['Barcode\n3100', 'PID\n23100000015801', 'PID\n22100000015801'])
    assert.deepEqual(await namesIn('IZ', await uploaded('IZ', text)), [linked], text)
  for (const text of ['Barcode\n3100', 'PID\n23100000015801']) {
    const { set } = await uploaded('IZ', text, items)
    assert.equal(set.members, 1, text)
  }
  assert.equal(
    (await uploaded('IZ', `PID\n${linked}`, items)).missing[0]?.message,
    'It is no number of an item.',
  )
  assert.equal((await uploaded('IZ', 'ISBN\n9780140430103', items)).error?.code, 'UNKNOWN_INDEX')
})

test('a set is called something else, but not as another', async () => {
  const { set } = await uploaded('NZ', `MMS ID\n${emma}`)
  const rename = (name: string) =>
    app.inject({ method: 'PUT', url: `${sets('NZ')}/${set.id}/name`, payload: { name, note: 'A note' } })
  assert.deepEqual((await rename(' Renamed ')).json().name, 'Renamed')
  assert.equal((await rename('OF THE ZOO')).json().error.code, 'SET_EXISTS')
})

test('what a search finds now is added to a set, and what is gone is told and taken out', async () => {
  const gone = await addBib(db, 'NZ', record('245 10 $a Gone too.'))
  const { set } = await uploaded('NZ', `MMS ID\n${gone}`)
  const url = `${sets('NZ')}/${set.id}`
  assert.equal((await post<SetReply>(`${url}/members`, { query: 'title = zoo' })).members, 3)
  await app.inject({ method: 'DELETE', url: `/api/zones/NZ/bibs/${gone}` })
  const state = async () => {
    const { members, gone: missing } = (await app.inject({ url })).json()
    return [members, missing]
  }
  assert.deepEqual(await state(), [3, 1])
  await post(`${url}/members`, { removeGone: true })
  assert.deepEqual(await state(), [2, 0])
})

test('a set is taken along as a table and as records, each bib once', async () => {
  const { set } = await uploaded('NZ', `MMS ID\n${emma}\n${zoo}`)
  const file = (format: string) => app.inject({ url: `${sets('NZ')}/${set.id}/file?format=${format}` })
  const csv = await file('csv')
  assert.match(String(csv.headers['content-disposition']), /^attachment; filename="set-\d+\.csv"/)
  const [head, ...rows] = csv.body.trimEnd().split('\r\n')
  assert.match(head ?? '', /^\uFEFFmms_id,title,/)
  assert.deepEqual(
    rows.map((row) => row.slice(0, row.indexOf(','))),
    [emma, zoo],
  )
  assert.equal((await file('mrc')).body.split('\x1d').length, 3)
  assert.equal((await file('json')).json().length, 2)
  assert.equal((await file('xml')).body.match(/<record>/g)?.length, 2)
  const items = await uploaded('IZ', 'Barcode\n3100', { entity: 'physical-items' })
  const ofItems = await app.inject({ url: `${sets('IZ')}/${items.set.id}/file?format=csv` })
  assert.match(ofItems.body, /23100000015801,3100,MAIN,stacks,PR/)
})

test('members of a new set are what the zone has, and numbers of nothing are told as those of a file', async () => {
  const titles = await post(sets('NZ'), {
    name: 'Given titles',
    kind: 'itemised',
    entity: 'all-titles',
    members: [emma, '9999999999999', '23123456789', emma],
  })
  assert.deepEqual(
    [
      titles.set.members,
      titles.numbers,
      titles.repeated,
      titles.missing.map(({ line, code }) => [line, code]),
    ],
    [
      1,
      3,
      1,
      [
        [2, 'NOT_FOUND'],
        [3, 'NOT_SUCH_A_NUMBER'],
      ],
    ],
  )
  const items = await post(sets('NZ'), {
    name: 'Given items',
    kind: 'itemised',
    entity: 'physical-items',
    members: [emma, '23123456789'],
  })
  assert.deepEqual(
    [items.set.members, items.missing.map(({ code }) => code)],
    [0, ['NOT_SUCH_A_NUMBER', 'NOT_FOUND']],
  )
})

test('a line of a table without a number is told in its place', async () => {
  const { missing, numbers } = await post(sets('NZ'), {
    name: 'Short lines',
    kind: 'itemised',
    numbers: `Title,MMS ID\nSanditon\nx,9999999999999\n"Emma,\na novel",${emma}\nLady Susan,\n`,
  })
  assert.equal(numbers, 4)
  assert.deepEqual(
    missing.map(({ line, code }) => [line, code]),
    [
      [2, 'NO_NUMBER'],
      [3, 'NOT_FOUND'],
      [6, 'NO_NUMBER'],
    ],
  )
})
