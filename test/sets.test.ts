import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildApp } from '../src/server/app.ts'
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
  readonly missing: readonly string[]
  readonly several: readonly string[]
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
    [['9780000000002'], ['0-14-143958-0'], 2],
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
  assert.equal((await app.inject({ method: 'DELETE', url: `${sets('NZ')}/${set.id}` })).statusCode, 204)
  assert.equal((await app.inject({ url: `${sets('NZ')}/${set.id}` })).statusCode, 404)
  assert.equal((await app.inject({ url: `/api/zones/NZ/bibs/${emma}` })).statusCode, 200)
})
