import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operators } from '../src/rules/search/operators.ts'
import { buildApp } from '../src/server/app.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { db, context } = await testServer()
const app = await buildApp(context, { checkReplies: true })

const titles = ['Emma', 'The Mansion', 'Persuasion', 'A zoo', 'Élan']
const bibs: string[] = []
for (const [at, title] of titles.entries()) {
  const skip = title.startsWith('The ') ? 4 : title.startsWith('A ') ? 2 : 0
  bibs.push(
    await addBib(
      db,
      'NZ',
      record(
        `100 1_ $a ${['Woolf', 'Austen', 'Brontë', 'Eliot'][at] ?? ''}`,
        `245 1${skip} $a ${title}.`,
        '650 _0 $a Shared.',
      ),
    ),
  )
}
const linked = await addBib(db, 'IZ', record('590 __ $a Ours $9 LOCAL'), { linkedMmsId: bibs[0] ?? '' })

type Reply = {
  readonly rows: readonly {
    readonly mmsId: string
    readonly title: string
    readonly inventory: object
    readonly item?: { readonly barcode: string }
  }[]
  readonly total: number
  readonly next: string | null
  readonly hint: { readonly code: string; readonly message: string; readonly total?: number } | null
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string }
}

async function get<T = Reply>(
  path: string,
  query: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<T> {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const each of [value].flat()) parameters.append(name, each)
  return (await app.inject({ url: `${path}?${parameters.toString()}` })).json()
}

const inNetwork = (query: Readonly<Record<string, string | readonly string[]>>) =>
  get('/api/zones/NZ/search', query)

test('results come in each order, and the pages of an order are all of it once', async () => {
  const orders = {
    newest: [4, 3, 2, 1, 0],
    oldest: [0, 1, 2, 3, 4],
    title: [4, 0, 1, 2, 3],
    creator: [1, 2, 3, 0, 4],
    year: [0, 1, 2, 3, 4],
    'year-oldest': [0, 1, 2, 3, 4],
  }
  for (const [sort, order] of Object.entries(orders)) {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Reply = await inNetwork({
        q: 'shared',
        sort,
        limit: '2',
        ...(after === null ? {} : { after }),
      })
      seen.push(...page.rows.map(({ mmsId }) => mmsId))
      after = page.next
    } while (after !== null)
    assert.deepEqual(
      seen,
      order.map((at) => bibs[at]),
      sort,
    )
  }
})

test('a page of one order goes on in no other', async () => {
  const { next } = await inNetwork({ q: 'shared', limit: '2' })
  assert.ok(next)
  const goesOn = (more: Readonly<Record<string, string>>) =>
    inNetwork({ q: 'shared', limit: '2', after: next, ...more })
  assert.deepEqual(
    (await goesOn({ sort: 'newest' })).rows.map(({ mmsId }) => mmsId),
    [bibs[2], bibs[1]],
  )
  for (const sort of ['oldest', 'title', 'year-oldest'])
    assert.equal((await goesOn({ sort })).error?.code, 'INVALID_CURSOR', sort)
})

test('facets count the hits, and narrow them', async () => {
  type Facets = {
    readonly facets: readonly {
      readonly code: string
      readonly values: readonly { value: string; name: string; count: number }[]
    }[]
    readonly counted: number
    readonly isWhole: boolean
  }
  const { facets, counted, isWhole } = await get<Facets>('/api/zones/NZ/search/facets', { q: 'shared' })
  assert.deepEqual([counted, isWhole], [5, true])
  const of = (code: string) => facets.find((facet) => facet.code === code)?.values
  assert.deepEqual(of('language'), [{ value: 'eng', name: 'English', count: 5 }])
  assert.deepEqual(of('country'), [{ value: 'enk', name: 'England', count: 5 }])
  assert.deepEqual(of('resource-type'), [{ value: 'book', name: 'Book', count: 5 }])
  assert.equal((await inNetwork({ q: 'shared', facet: ['language:eng', 'year:1815'] })).total, 5)
  assert.equal((await inNetwork({ q: 'shared', facet: ['language:fre', 'language:eng'] })).total, 5)
  assert.equal((await inNetwork({ q: 'shared', facet: 'language:fre' })).total, 0)
  assert.equal((await inNetwork({ q: 'shared', facet: 'colour:red' })).error?.code, 'UNKNOWN_FACET')
  const ofLinked = await get<Facets>('/api/zones/IZ/search/facets', { query: 'linked = yes' })
  assert.deepEqual(ofLinked.facets.find(({ code }) => code === 'year')?.values, [
    { value: '1815', name: '1815', count: 1 },
  ])
})

test('nothing found says why', async () => {
  const physical = await get('/api/zones/IZ/search', { q: 'shared', entity: 'physical-titles' })
  assert.deepEqual([physical.total, physical.hint?.code, physical.hint?.total], [0, 'HAS_NO_INVENTORY', 1])
  assert.match(physical.hint?.message ?? '', /^0 physical titles; 1 in all titles/)
  const network = await inNetwork({ q: 'shared', entity: 'physical-items' })
  assert.equal(network.hint?.code, 'NO_PHYSICAL_INVENTORY_HERE')
  assert.equal((await inNetwork({ q: 'nowhere' })).hint?.code, 'NOTHING_FOUND')
})

test('a malformed search is refused with the place, the reason and what helps', async () => {
  const { error } = await inNetwork({ query: 'title = (emma)' })
  assert.equal(error?.code, 'INVALID_QUERY')
  assert.match(error?.message ?? '', /^Line 1, column 9: Here should be/)
  assert.equal(
    (await inNetwork({ q: 'emma', index: 'titel' })).error?.message,
    'There is no index titel. The nearest is title.',
  )
  assert.equal((await inNetwork({})).error?.code, 'NO_WORDS')
  assert.equal((await inNetwork({ query: 'call-number = "a\0b"' })).error?.code, 'INVALID_TEXT')
  assert.equal((await inNetwork({ q: 'shared', after: 'nonsense' })).error?.code, 'INVALID_CURSOR')
})

test('who holds a title is told with what they have of it', async () => {
  type HeldBy = {
    readonly institutions: readonly {
      readonly zone: string
      readonly mmsId: string
      readonly inventory: object
    }[]
  }
  const { institutions } = await get<HeldBy>(`/api/zones/NZ/bibs/${bibs[0] ?? ''}/held-by`)
  assert.deepEqual(
    institutions.map(({ zone, mmsId, inventory }) => [zone, mmsId, inventory]),
    [['IZ', linked, { holdings: 0, items: 0, portfolios: 0 }]],
  )
  assert.deepEqual((await get<HeldBy>(`/api/zones/IZ/bibs/${linked}/held-by`)).institutions, institutions)
})

test('what can be searched is described, each operator with how it is written', async () => {
  type Described = {
    readonly indexes: readonly { readonly code: string; readonly operators: readonly string[] }[]
    readonly operators: readonly { readonly code: string }[]
  }
  const described = await get<Described>('/api/search/indexes')
  assert.deepEqual(
    described.operators.map(({ code }) => code),
    Object.keys(operators),
  )
  assert.ok(described.indexes.find(({ code }) => code === 'title')?.operators.includes('contains-phrase'))
})

test('a query as long as one may be is asked in an address too', async () => {
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const query = new URLSearchParams({ query: `title = "${'é'.repeat(9000)}"` })
  const reply = await fetch(`${address}/api/zones/NZ/search?${query.toString()}`)
  assert.equal(reply.status, 200)
  assert.equal((await reply.json()).total, 0)
  await app.close()
})
