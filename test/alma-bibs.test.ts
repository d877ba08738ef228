import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { lockBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { saveRule } from '../src/import/save-rule.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { addApiKey } from '../src/people/api-key.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import type { Role } from '../src/people/roles.ts'
import { formatField } from '../src/rules/field-text.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { almaErrors } from '../src/server/alma/errors.ts'
import { encodeAs } from '../src/server/marc-file.ts'
import { addBib, record } from './catalogue.ts'
import { actionsOf } from './rule-file.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })

async function keyOf(login: string, zones: Readonly<Record<string, readonly Role[]>>): Promise<string> {
  const id = await addPerson(db, { login, name: login }, null)
  for (const [code, roles] of Object.entries(zones)) {
    const { zoneId } = await getZone(db, code)
    await db.transaction((tx) => giveRoles(tx, id, zoneId, roles, null))
  }
  return (await addApiKey(db, id, { name: 'script', zones: [], writes: true, days: 1 })).secret
}

const key = await keyOf('emma', { IZ: ['cataloger-extended'] })
const everywhere = await keyOf('jane', { IZ: ['cataloger'], NZ: ['cataloger'], CZ: ['cataloger-extended'] })
const administrator = await keyOf('cassandra', { IZ: ['catalog-administrator'] })
const reader = await keyOf('frank', { IZ: ['receiving-operator'] })

type Asked = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: string
  readonly type?: string
  readonly accept?: string
  readonly key?: string
}

async function ask(path: string, asked: Asked = {}) {
  const { method = 'GET', body, type = 'application/xml', accept = 'application/xml', key: by = key } = asked
  const reply = await app.inject({
    method,
    url: `/almaws/v1${path}`,
    headers: {
      authorization: `apikey ${by}`,
      accept,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { payload: body }),
  })
  return { status: reply.statusCode, text: reply.body, type: reply.headers['content-type'] }
}

const json = async (path: string) => JSON.parse((await ask(path, { accept: 'application/json' })).text)

/** The code of an error, and that it has Alma's envelope. */
async function codeOf(path: string, asked: Asked = {}): Promise<string> {
  const { status, text } = await ask(path, asked)
  assert.ok(status >= 400, `${path}: ${status} ${text}`)
  const [, code = '', message = '', trackingId = ''] =
    /<web_service_result xmlns="http:\/\/com\/exlibris\/urm\/general\/xmlbeans"><errorsExist>true<\/errorsExist><errorList><error><errorCode>(\w+)<\/errorCode><errorMessage>(.+)<\/errorMessage><trackingId>(.+)<\/trackingId>/.exec(
      text,
    ) ?? []
  assert.ok(trackingId !== '', text)
  const known: Readonly<Record<string, string>> = almaErrors
  const start = (known[code] ?? '').split('X')[0] ?? ''
  assert.ok(start !== '' && message.startsWith(start), `${code}: ${message}`)
  seen.add(code)
  return code
}

/** Codes that a state of these tests has brought about. */
const seen = new Set<string>()

const book = (oclc: number, title: string, ...more: string[]): MarcRecord =>
  record(
    '020 __ $a 9780141439587',
    '040 __ $a IZ $b eng',
    `035 __ $a (OCoLC)${oclc}`,
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    `245 10 $a ${title} : $b a novel / $c by Jane Austen.`,
    '264 _1 $a London : $b Murray, $c 1815.',
    '300 __ $a 3 volumes',
    ...more,
  )

/** A record as clients send it: in a `<bib>`, without a namespace. */
const bibOf = (content: MarcRecord, before = ''): string => {
  const text = Buffer.from(encodeAs('xml', content).bytes).toString()
  return `<bib>${before}${/<record>[^]*<\/record>/.exec(text)?.[0] ?? ''}</bib>`
}

const mmsIdIn = (text: string): string => /<mms_id>(\d+)<\/mms_id>/.exec(text)?.[1] ?? ''

async function add(content: MarcRecord, query = ''): Promise<string> {
  const { status, text } = await ask(`/bibs${query}`, { method: 'POST', body: bibOf(content) })
  assert.equal(status, 200, text)
  return mmsIdIn(text)
}

const linesOf = async (zone: string, mmsId: string): Promise<string[]> => {
  const [page] = await findBibPages(db, await getZone(db, zone), [mmsId])
  return page?.record.fields.map(formatField) ?? []
}

test('a bib is added and read as XML, with what Alma tells of it around the record', async () => {
  const mmsId = await add(book(401, 'Emma & co'), '')
  const { status, text, type } = await ask(`/bibs/${mmsId}`)
  assert.deepEqual([status, type], [200, 'application/xml; charset=utf-8'])
  for (const part of [
    `<bib><mms_id>${mmsId}</mms_id><record_format>marc21</record_format><linked_record_id/>`,
    '<title>Emma &amp; co : a novel /</title><author>Austen, Jane,</author><isbn>9780141439587</isbn>',
    '<network_numbers><network_number>(OCoLC)401</network_number></network_numbers>',
    '<place_of_publication>London :</place_of_publication><date_of_publication>1815.</date_of_publication>',
    `<holdings link="http://localhost:80/almaws/v1/bibs/${mmsId}/holdings"/>`,
    '<created_by>emma (script)</created_by>',
    '<suppress_from_publishing>false</suppress_from_publishing>',
    '<sync_with_oclc>BIBS</sync_with_oclc>',
    '<originating_system>IZ</originating_system>',
    `<record><leader>00000nam a2200000 i 4500</leader><controlfield tag="001">${mmsId}</controlfield>`,
    '<datafield tag="300" ind1=" " ind2=" "><subfield code="a">3 volumes</subfield></datafield></record></bib>',
  ])
    assert.ok(text.includes(part), `${part}\n${text}`)
})

test('the same is read as JSON by Accept or by format, and the record is XML in it', async () => {
  const mmsId = await add(book(402, 'Persuasion'))
  const bib = await json(`/bibs/${mmsId}`)
  assert.deepEqual(
    [bib.mms_id, bib.title, bib.issn, bib.network_number, bib.linked_record_id, bib.suppress_from_publishing],
    [mmsId, 'Persuasion : a novel /', null, ['(OCoLC)402'], { value: null, type: null }, 'false'],
  )
  assert.match(bib.anies[0], /^<\?xml version="1.0" encoding="UTF-8"\?><record><leader>/)
  assert.equal(JSON.parse((await ask(`/bibs/${mmsId}?format=json`)).text).mms_id, mmsId)
  assert.match((await ask(`/bibs/${mmsId}?format=xml`, { accept: 'application/json' })).text, /^<\?xml/)
  assert.equal((await json(`/bibs/${mmsId}?view=brief`)).anies, undefined)
})

test('bibs are asked for by their numbers and by others; what is not there is left out', async () => {
  const one = await add(book(403, 'Sanditon'))
  const two = await add(book(404, 'Lady Susan', '035 __ $a (XYZ)abc-77'))
  const list = await json(`/bibs?mms_id=${two},${one},991234567890125801`)
  assert.deepEqual(
    [list.total_record_count, list.bib.map(({ mms_id }: { mms_id: string }) => mms_id)],
    [2, [two, one]],
  )
  assert.match((await ask(`/bibs?mms_id=991234567890125801`)).text, /<bibs total_record_count="0"\/>/)
  for (const number of ['(OCoLC)404', '(XYZ)abc-77'])
    assert.equal((await json(`/bibs?other_system_id=${encodeURIComponent(number)}`)).bib[0].mms_id, two)
  const second = await json(`/bibs?mms_id=${two},${one}&limit=1&offset=1`)
  assert.deepEqual([second.total_record_count, second.bib.length, second.bib[0].mms_id], [2, 1, one])
})

test('what is read is changed and sent back: the record and the tags beside it', async () => {
  const mmsId = await add(book(405, 'First Impressions'))
  const read = (await ask(`/bibs/${mmsId}`)).text
  const sent = read
    .replaceAll('First Impressions', 'Pride and Prejudice')
    .replace('<suppress_from_publishing>false', '<suppress_from_publishing>true')
    .replace('<sync_with_oclc>BIBS', '<sync_with_oclc>NONE')
  const { status, text } = await ask(`/bibs/${mmsId}`, { method: 'PUT', body: sent })
  assert.equal(status, 200, text)
  assert.match(text, /<title>Pride and Prejudice : a novel \/<\/title>/)
  assert.match(text, /<suppress_from_publishing>true<.*<sync_with_oclc>NONE</)
  const [page] = await findBibPages(db, await getZone(db, 'IZ'), [mmsId])
  assert.deepEqual([page?.version, page?.suppressed, page?.publishToOclc], [2, true, 'do-not-publish'])
})

test('a linked bib names in an added 035 what it is linked to, and takes its local fields alone', async () => {
  const network = await addBib(db, 'NZ', book(406, 'Northanger Abbey'))
  const made = await ask(`/bibs?from_nz_mms_id=${network}`, { method: 'POST', body: '<bib/>' })
  assert.equal(made.status, 200, made.text)
  const mmsId = mmsIdIn(made.text)
  assert.match(made.text, new RegExp(`<linked_record_id type="NZ">${network}</linked_record_id>`))
  assert.ok(made.text.includes(`<subfield code="a">(EXLNZ-NZ)${network}</subfield>`))
  assert.equal((await json(`/bibs?nz_mms_id=${network}`)).bib[0].mms_id, mmsId)
  assert.equal((await json('/bibs?other_system_id=(OCoLC)406')).bib[0].mms_id, mmsId)
  const local =
    '<datafield tag="590" ind1=" " ind2=" "><subfield code="a">Gift.</subfield><subfield code="9">local</subfield></datafield>'
  const sent = made.text.replaceAll('Northanger', 'Southanger').replace('</record>', `${local}</record>`)
  const saved = await ask(`/bibs/${mmsId}`, { method: 'PUT', body: sent })
  assert.equal(saved.status, 200, saved.text)
  assert.match(saved.text, /<warning>Shared with \d+, and left as they are: 245\.<\/warning>/)
  const lines = await linesOf('IZ', mmsId)
  assert.ok(lines.includes('590 ## $a Gift. $9 local') && lines.some((line) => line.includes('Northanger')))
  assert.equal(
    lines.some((line) => line.includes('EXLNZ')),
    false,
  )
  const view = (await ask(`/bibs/${mmsId}?view=local_fields`)).text
  assert.match(view, /<record><leader>[^<]*<\/leader><datafield tag="590".*?<\/datafield><\/record>/)
  const unlinked = await ask(`/bibs/${mmsId}?op=unlink_from_nz`, { method: 'POST', body: '<bib/>' })
  assert.match(unlinked.text, /<linked_record_id\/>/)
  assert.match(await codeOf(`/bibs/${mmsId}?op=unlink_from_nz`, { method: 'POST', body: '<bib/>' }), /401652/)
})

test('a record is imported by a profile, merged where that says so', async () => {
  const zone = await getZone(db, 'IZ')
  await saveProfile(db, zone, shippedProfile('repository'), null)
  await saveProfile(
    db,
    zone,
    { ...shippedProfile('repository'), code: 'updates', onNoMatch: 'do-not-import' },
    null,
  )
  const mmsId = await add(book(407, 'Mansfield'))
  const merged = await ask('/bibs?import_profile=repository', {
    method: 'POST',
    body: bibOf(book(407, 'Mansfield Park')),
  })
  assert.equal(mmsIdIn(merged.text), mmsId, merged.text)
  assert.match(merged.text, /<warning>The profile repository has merged the bib\.<\/warning>/)
  const body = bibOf(book(4070, 'Elsewhere'))
  assert.equal(await codeOf('/bibs?import_profile=updates', { method: 'POST', body }), '402210')
  assert.equal(await codeOf('/bibs?import_profile=none', { method: 'POST', body }), '401652')
})

test('a bib is deleted with 204; a second time there is none', async () => {
  const mmsId = await add(book(408, 'The Watsons'))
  assert.deepEqual(await ask(`/bibs/${mmsId}`, { method: 'DELETE' }), {
    status: 204,
    text: '',
    type: undefined,
  })
  assert.equal(await codeOf(`/bibs/${mmsId}`, { method: 'DELETE' }), '402203')
})

test('findings are warnings unless validation is asked for, and then errors and warnings have codes of their own', async () => {
  const odd = { ...book(409, 'Odd', '020 __ $a 1234567890'), leader: '00000xam a2200000 i 4500' }
  const { text } = await ask('/bibs', { method: 'POST', body: bibOf(odd) })
  assert.match(text, /<warning>LEADER_STATUS/)
  assert.equal(await codeOf('/bibs?validate=true', { method: 'POST', body: bibOf(odd) }), '4022032')
  const body = bibOf(book(410, 'Odd', '020 __ $a 1234567890'))
  assert.equal(
    await codeOf('/bibs?validate=true&override_warning=false', { method: 'POST', body }),
    '4022033',
  )
  assert.equal((await ask('/bibs?validate=true', { method: 'POST', body })).status, 200)
})

test('each state of a bib or a body has the code that Alma has for it', async () => {
  const mmsId = await add(book(411, 'Catharine'))
  const body = bibOf(book(411, 'Catharine, or the Bower'))
  const zone = await getZone(db, 'IZ')
  assert.equal(await codeOf('/bibs/emma'), '402204')
  assert.equal(await codeOf('/bibs/991234567890125801'), '402203')
  assert.equal(await codeOf('/bibs?mms_id=emma'), '402203')
  assert.equal(await codeOf('/bibs'), '402203')
  assert.equal(await codeOf(`/bibs/${mmsId}?view=marc`), '40166411')
  assert.equal(
    await codeOf(`/bibs/${mmsId}`, { method: 'PUT', body: '{}', type: 'application/json' }),
    '60105',
  )
  for (const wrong of [
    '',
    '<bib/>',
    '<bib><record>',
    '<holding/>',
    '<!DOCTYPE bib><bib/>',
    bibOf(record()).replace('<bib>', '<bib><record_format>dc</record_format>'),
  ])
    assert.equal(await codeOf('/bibs', { method: 'POST', body: wrong }), '402209', wrong)
  assert.equal(await codeOf('/bibs?check_match=true', { method: 'POST', body }), '60307')
  assert.equal(
    await codeOf('/bibs?from_nz_mms_id=991234567890125816', { method: 'POST', body: '<bib/>' }),
    '33007',
  )
  const stale = bibOf({
    ...book(411, 'Stale'),
    fields: [{ tag: '005', value: '20010101000000.0' }, ...book(411, 'Stale').fields],
  })
  assert.equal(
    await codeOf(`/bibs/${mmsId}?stale_version_check=true`, { method: 'PUT', body: stale }),
    '4022034',
  )
  const fresh = (await ask(`/bibs/${mmsId}`)).text
  assert.equal(
    (await ask(`/bibs/${mmsId}?stale_version_check=true`, { method: 'PUT', body: fresh })).status,
    200,
  )
  assert.equal(await codeOf(`/bibs/${mmsId}?cataloger_level=20`, { method: 'PUT', body }), '4022040')
  assert.equal(await codeOf(`/bibs/${mmsId}?override=maybe`, { method: 'DELETE' }), '401873')
  assert.equal(await codeOf(`/bibs/${mmsId}?normalization=none`, { method: 'PUT', body }), '4022030')
  const network = await addBib(db, 'NZ', book(412, 'Evelyn'))
  await addBib(db, 'IZ', { ...record(), fields: [] }, { linkedMmsId: network })
  const networkKey = await keyOf('network', { NZ: ['catalog-manager'] })
  assert.equal(await codeOf(`/bibs/${network}`, { method: 'DELETE', key: networkKey }), '4022020')
  assert.equal(
    await codeOf(`/bibs/${network}?op=unlink_from_nz`, { method: 'POST', body: '<bib/>', key: networkKey }),
    '40166452',
  )
  const community = await addBib(db, 'CZ', book(413, 'Plan of a novel'))
  assert.equal(
    await codeOf(`/bibs/${community}?zone=CZ`, { method: 'PUT', body, key: everywhere }),
    '40166454',
  )
  assert.equal(await codeOf(`/bibs/${community}?zone=CZ`, { method: 'DELETE', key: everywhere }), '40166454')
  const linked = await addBib(db, 'IZ', { ...record(), fields: [] }, { linkedMmsId: community })
  assert.equal(await codeOf(`/bibs/${linked}`, { method: 'PUT', body }), '40166454')
  // Doubles the title until it is longer than a field may be.
  const text = actionsOf(...Array.from({ length: 24 }, () => 'suffixSubField "245.a" with "245.a"'))
  const draft = {
    kind: 'normalize',
    code: 'doubling',
    name: 'Doubling',
    text,
    active: true,
    shared: false,
  } as const
  await saveRule(db, zone, draft, { by: null })
  assert.equal(await codeOf(`/bibs/${mmsId}?normalization=doubling`, { method: 'PUT', body }), '4022031')
})

test('a lock holds unless it is overridden by somebody who may release it', async () => {
  const mmsId = await add(book(414, 'Volume the Second'))
  const zone = await getZone(db, 'IZ')
  await lockBib(db, zone.zoneId, mmsId, 'henry', zone.zoneId)
  const body = bibOf(book(414, 'Volume the Third'))
  const held = await ask(`/bibs/${mmsId}`, { method: 'PUT', body })
  assert.match(held.text, /<errorCode>401652<.*henry \(IZ\) has had bib/)
  assert.equal(await codeOf(`/bibs/${mmsId}?override_lock=true`, { method: 'PUT', body }), 'FORBIDDEN')
  const passed = await ask(`/bibs/${mmsId}?override_lock=true`, { method: 'PUT', body, key: administrator })
  assert.equal(passed.status, 200, passed.text)
})

test('a key lets in by the header and by the query, in its zone or the one that is named, and no further', async () => {
  const mmsId = await add(book(415, 'Love and Freindship'))
  const byQuery = await app.inject({ url: `/almaws/v1/bibs/${mmsId}?apikey=${key}` })
  assert.equal(byQuery.statusCode, 200)
  // The session of a browser is no key: no page of another site can write with it.
  const without = await app.inject({ url: `/almaws/v1/bibs/${mmsId}` })
  assert.deepEqual([without.statusCode, /<errorCode>(\w+)/.exec(without.body)?.[1]], [400, 'UNAUTHORIZED'])
  assert.equal(await codeOf(`/bibs/${mmsId}`, { key: `acc_${'x'.repeat(43)}` }), 'UNAUTHORIZED')
  assert.equal(
    await codeOf('/bibs', { method: 'POST', body: bibOf(book(416, 'No')), key: reader }),
    'FORBIDDEN',
  )
  assert.equal(
    (await ask(`/bibs/${mmsId}`, { key: everywhere })).status,
    200,
    'of several zones, the only institution',
  )
  assert.equal(await codeOf(`/bibs/${mmsId}?zone=NZ`, { key: everywhere }), '402203')
  const two = await keyOf('two', { NZ: ['cataloger'], CZ: ['cataloger'] })
  assert.equal(await codeOf(`/bibs/${mmsId}`, { key: two }), 'INVALID_REQUEST')
  for (const area of ['bibs', 'conf']) assert.equal((await ask(`/${area}/test`)).status, 200)
  assert.equal(await codeOf('/users/emma'), 'INVALID_REQUEST')
})

/** Those of holdings, items and portfolios: test/alma-inventory.test.ts and test/alma-items.test.ts bring them about. */
const ofInventory = [
  '33008',
  '401689',
  '401849',
  '40166404',
  '402208',
  '402211',
  '402469',
  '402502',
  '402504',
  '60123',
  '60161',
  '60164',
  '60165',
  '60166',
  '60167',
  '60213',
  '60214',
  '60218',
  '60221',
].toSorted()

test('every code in the table has been brought about by the state that causes it', () => {
  assert.deepEqual(
    Object.keys(almaErrors)
      .filter((code) => !seen.has(code))
      .toSorted(),
    ofInventory,
  )
})
