import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { addApiKey } from '../src/people/api-key.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import { getZone } from '../src/catalog/zone.ts'
import { addBib, record } from './catalogue.ts'
import { addPlaces, putHoldings } from './inventory.ts'
import { testServer } from './server.ts'

/*
 * A client of Alma's API as it is published, unchanged. It is no dependency of the project, since it brings
 * fifty packages along: its own lockfile names them, and it is installed into a folder that goes again.
 */

/** What `almarestapi-lib` exports, of that which is used here. */
type Client = {
  setOptions(apiKey: string, apiPath: string): void
  getp(url: string): Promise<Readonly<Record<string, unknown>>>
  putp(url: string, data: unknown): Promise<unknown>
  postp(url: string, data: unknown): Promise<Readonly<Record<string, unknown>>>
  getXmlp(url: string): Promise<string>
  postXmlp(url: string, data: unknown): Promise<string>
  putXmlp(url: string, data: unknown): Promise<string>
  deletep(url: string): Promise<unknown>
}

/** The parser and the selector that the client's own description uses. */
type Dom = { readonly DOMParser: new () => { parseFromString(text: string): object } }
type Xpath = { select(path: string, node: object): { readonly firstChild: { data: string } }[] }

const folder = await mkdtemp(join(tmpdir(), 'accession-clients-'))
after(() => rm(folder, { recursive: true, force: true }))
await cp(fileURLToPath(new URL('clients', import.meta.url)), folder, { recursive: true })
const skip = await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: folder,
}).then(
  () => false as const,
  (error: unknown) => `the client cannot be installed: ${String(error).slice(0, 200)}`,
)

const { app, db } = await testServer()
const address = await app.listen({ host: '127.0.0.1', port: 0 })
await addPlaces(db, 'IZ')
const person = await addPerson(db, { login: 'script', name: 'A script' }, null)
const { zoneId } = await getZone(db, 'IZ')
await db.transaction((tx) => giveRoles(tx, person, zoneId, ['cataloger-extended'], null))
const { secret } = await addApiKey(db, person, { name: 'key', zones: [], writes: true, days: 1 })

function clientOf() {
  const load = createRequire(join(folder, 'package.json'))
  const client = load('almarestapi-lib') as Client
  const { DOMParser } = load('@xmldom/xmldom') as Dom
  client.setOptions(secret, `${address}/almaws/v1`)
  return {
    client,
    parse: (text: string) => new DOMParser().parseFromString(text),
    xpath: load('xpath') as Xpath,
  }
}

const sent = `<bib><record><leader>00000nam a2200000 i 4500</leader>
<controlfield tag="008">151105s1815    enk           000 1 eng d</controlfield>
<datafield tag="035" ind1=" " ind2=" "><subfield code="a">(OCoLC)501</subfield></datafield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Emma.</subfield></datafield></record></bib>`

test('a published client of Alma’s API adds, reads, changes and deletes a bib', { skip }, async () => {
  const { client, parse, xpath } = clientOf()
  const made = await client.postXmlp('/bibs', sent)
  const mmsId = xpath.select('/bib/mms_id', parse(made))[0]?.firstChild.data ?? ''
  assert.match(mmsId, /^99\d+5801$/)
  const bib = parse(await client.getXmlp(`/bibs/${mmsId}`))
  const title = xpath.select('/bib/record/datafield[@tag="245"]/subfield[@code="a"]', bib)[0]
  assert.equal(title?.firstChild.data, 'Emma.')
  title.firstChild.data = 'Emma Woodhouse.'
  await client.putXmlp(`/bibs/${mmsId}`, bib)
  const read = await client.getp(`/bibs/${mmsId}`)
  assert.deepEqual([read['mms_id'], read['title']], [mmsId, 'Emma Woodhouse.'])
  await client.deletep(`/bibs/${mmsId}`)
  await assert.rejects(client.getp(`/bibs/${mmsId}`), {
    message: `Input parameters mmsId ${mmsId} is not valid. (402203)`,
  })
})

test('where it sends JSON to write a bib, it is answered as Alma’s own description says', {
  skip,
}, async () => {
  const { client, parse, xpath } = clientOf()
  const made = await client.postXmlp('/bibs', sent)
  const mmsId = xpath.select('/bib/mms_id', parse(made))[0]?.firstChild.data ?? ''
  const bib = await client.getp(`/bibs/${mmsId}`)
  await assert.rejects(client.putp(`/bibs/${mmsId}`, bib), {
    message: 'JSON is not supported for this API. (60105)',
  })
  await assert.rejects(client.getXmlp('/bibs/emma'), {
    message: 'Input parameters mmsId emma is not numeric.',
  })
})

test('a published client of Alma’s API adds, finds, changes and deletes an item, and a portfolio, as JSON', {
  skip,
}, async () => {
  const { client } = clientOf()
  const mmsId = await addBib(db, 'IZ', record('245 10 $a Emma.'))
  const items = `/bibs/${mmsId}/holdings/${await putHoldings(db, 'IZ', mmsId)}/items`
  await client.postp(items, { item_data: { barcode: '3001', policy: { value: 'loan' } } })
  const item = await client.getp('/items?item_barcode=3001')
  const data = item['item_data'] as { readonly pid: string; barcode: string }
  data.barcode = '3002'
  const changed = await client.putp(`${items}/${data.pid}`, item)
  assert.equal((changed as { item_data: { barcode: string } }).item_data.barcode, '3002')
  await client.deletep(`${items}/${data.pid}`)
  await assert.rejects(client.getp('/items?item_barcode=3002'), {
    message: /No items found for barcode 3002/,
  })
  const portfolios = `/bibs/${mmsId}/portfolios/`
  const url = 'https://example.org/emma'
  const { id } = await client.postp(portfolios, { linking_details: { url } })
  const portfolio = await client.getp(portfolios + String(id))
  assert.equal((portfolio['linking_details'] as { readonly url: string }).url, url)
  await client.deletep(portfolios + String(id))
})
