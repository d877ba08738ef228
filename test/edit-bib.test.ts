import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { lockBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { verify } from '../src/import/verify.ts'
import { saveProfile } from '../src/import/profile.ts'
import { encodeMrk } from '../src/marc/mrk/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { formatField } from '../src/rules/field-text.ts'
import { shippedEditorProfile } from '../src/rules/profiles.ts'
import { encodeAs } from '../src/server/marc-file.ts'
import { foundBy } from './found.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { app, db, context } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })

const book = (oclc: number, title: string, ...more: string[]): MarcRecord =>
  record(
    '040 __ $a IZ $b eng',
    `035 __ $a (OCoLC)${oclc}`,
    '100 1_ $a Austen, Jane.',
    `245 10 $a ${title}.`,
    '264 _1 $a London : $b Murray, $c 1815.',
    '300 __ $a 3 volumes',
    ...more,
  )

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

async function send(method: Method, url: string, body?: MarcRecord | object) {
  const isRecord = body !== undefined && 'leader' in body
  const reply = await app.inject({
    method,
    url: `/api/zones/${url}`,
    ...(body === undefined
      ? {}
      : isRecord
        ? {
            payload: Buffer.from(encodeMrk(body as MarcRecord).bytes),
            headers: { 'content-type': 'text/plain' },
          }
        : { payload: body }),
  })
  return { status: reply.statusCode, ...reply.json() }
}

const add = async (zone: string, content: MarcRecord): Promise<string> => {
  const { status, mmsId, error } = await send('POST', `${zone}/bibs`, content)
  assert.equal(status, 201, JSON.stringify(error))
  return mmsId
}
const linesOf = async (zone: string, mmsId: string): Promise<string[]> => {
  const [page] = await findBibPages(db, await getZone(db, zone), [mmsId])
  return page?.record.fields.map(formatField) ?? []
}
const foundIn = (zone: string, words: string) => foundBy(db, zone, words)
const actionsOf = async (zone: string, mmsId: string): Promise<string[]> =>
  (await send('GET', `${zone}/bibs/${mmsId}/versions`)).rows.map(
    ({ version, action }: { version: number; action: string }) => `${version} ${action}`,
  )

test('a bib that is added has a number of its own, is found at once, and says by whom', async () => {
  const saved = await send('POST', 'IZ/bibs', book(201, 'Emma and the pen'))
  assert.deepEqual(
    [saved.status, saved.done, saved.versionBefore, saved.version, saved.repairs],
    [201, 'created', null, 1, []],
  )
  assert.match(saved.mmsId, /^99\d+5801$/)
  assert.deepEqual(await foundIn('IZ', 'emma pen'), [saved.mmsId])
  const bib = await send('GET', `IZ/bibs/${saved.mmsId}`)
  assert.deepEqual([bib.changedBy, bib.originatingSystem, bib.job], ['cataloguer', 'IZ', null])
})

test('a record comes in any serialisation, and two of them are refused', async () => {
  for (const [ending, type] of [
    ['mrc', 'application/marc'],
    ['xml', 'application/xml'],
    ['json', 'application/json'],
    ['mrk', 'text/plain'],
  ] as const) {
    const { bytes } = encodeAs(ending, book(210, `Serialised as ${ending}`))
    const payload = Buffer.from(bytes)
    const url = '/api/zones/IZ/bibs'
    const reply = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })
    assert.equal(reply.statusCode, 201, `${ending}: ${reply.body}`)
    assert.deepEqual(await foundIn('IZ', `serialised ${ending}`), [reply.json().mmsId])
  }
  const two = Buffer.concat([1, 2].map(() => Buffer.from(encodeAs('mrc', book(211, 'Twice')).bytes)))
  const headers = { 'content-type': 'application/marc' }
  const reply = await app.inject({ method: 'POST', url: '/api/zones/IZ/bibs', payload: two, headers })
  assert.deepEqual([reply.statusCode, reply.json().error.code], [422, 'SEVERAL_RECORDS'])
  const none = await app.inject({ method: 'POST', url: '/api/zones/IZ/bibs', payload: 'Emma', headers })
  assert.deepEqual([none.statusCode, none.json().error.code], [422, 'NOT_A_RECORD'])
})

test('an edit is what was written, the fields that went among it, and is a version of its own', async () => {
  const mmsId = await add('IZ', book(202, 'Persuation', '590 __ $a Ours.', '650 _0 $a Love.'))
  const saved = await send('PUT', `IZ/bibs/${mmsId}?ifVersion=1`, book(202, 'Persuasion'))
  assert.deepEqual([saved.status, saved.done, saved.versionBefore, saved.version], [200, 'edited', 1, 2])
  const lines = await linesOf('IZ', mmsId)
  assert.ok(lines.includes('245 10 $a Persuasion.') && lines.includes(`001 ${mmsId}`))
  assert.equal(
    lines.some((line) => /^(590|650)/.test(line)),
    false,
  )
  assert.deepEqual(await foundIn('IZ', 'persuation'), [])
  assert.deepEqual(await foundIn('IZ', 'persuasion'), [mmsId])
  assert.deepEqual(await actionsOf('IZ', mmsId), ['2 edited', '1 created'])
})

test('what is saved as it is makes no version', async () => {
  const mmsId = await add('IZ', book(203, 'Sanditon'))
  const { record: as } = (await findBibPages(db, await getZone(db, 'IZ'), [mmsId]))[0] as {
    record: MarcRecord
  }
  const saved = await send('PUT', `IZ/bibs/${mmsId}`, as)
  assert.deepEqual([saved.done, saved.version], ['unchanged', 1])
})

test('a save on an older version is refused, and says what is there now', async () => {
  const mmsId = await add('IZ', book(204, 'Lady Susan'))
  await send('PUT', `IZ/bibs/${mmsId}`, book(204, 'Lady Susan Vernon'))
  const { status, error } = await send('PUT', `IZ/bibs/${mmsId}?ifVersion=1`, book(204, 'Susan'))
  assert.deepEqual([status, error.code], [409, 'STALE_VERSION'])
  assert.deepEqual([error.current.version, error.current.changedBy], [2, 'cataloguer'])
  assert.ok((await linesOf('IZ', mmsId)).includes('245 10 $a Lady Susan Vernon.'))
  for (const [method, url, body] of [
    ['PUT', `IZ/bibs/${mmsId}/tags?ifVersion=1`, { suppressed: true }],
    ['DELETE', `IZ/bibs/${mmsId}?ifVersion=1`, undefined],
    ['POST', `IZ/bibs/${mmsId}/versions/1/restore?ifVersion=1`, undefined],
  ] as const)
    assert.equal((await send(method, url, body)).error.code, 'STALE_VERSION', url)
})

test('a bib that somebody has open is left alone; its holder saves with the token of the lock', async () => {
  const mmsId = await add('IZ', book(205, 'The Watsons'))
  const zone = await getZone(db, 'IZ')
  const held = await lockBib(db, zone.zoneId, mmsId, 'jane', zone.zoneId)
  assert.ok(held.ok)
  const refused = await send('PUT', `IZ/bibs/${mmsId}`, book(205, 'The Younger Sister'))
  assert.deepEqual([refused.status, refused.error.code], [409, 'LOCKED'])
  assert.match(refused.error.message, /^jane \(IZ\) has had bib \d+ open since 20\d\d-/)
  // Somebody else's token is no key.
  const lock = held.lock.token
  const stolen = await send('PUT', `IZ/bibs/${mmsId}?lock=${lock}`, book(205, 'The Younger Sister'))
  assert.equal(stolen.error.code, 'LOCKED')
  await db.execute(`update bib_lock set holder = 'cataloguer' where mms_id = $1`, [mmsId])
  assert.equal((await send('PUT', `IZ/bibs/${mmsId}`, book(205, 'Without'))).error.code, 'LOCKED')
  await db.execute(`update bib_lock set seen_at = seen_at - interval '50 minutes' where mms_id = $1`, [mmsId])
  const saved = await send('PUT', `IZ/bibs/${mmsId}?lock=${lock}`, book(205, 'The Younger Sister'))
  assert.deepEqual([saved.status, saved.done], [200, 'edited'])
  const [row] = await db.query<{ alive: boolean }>(
    `select seen_at > now() - interval '1 minute' as alive from bib_lock where mms_id = $1`,
    [mmsId],
  )
  assert.equal(row?.alive, true, 'a save is a sign of life')
})

test('what no token can be is refused as such, before a record is looked at', async () => {
  const mmsId = await add('IZ', book(290, 'Token'))
  const { status, error } = await send('PUT', `IZ/bibs/${mmsId}?lock=%00`, book(290, 'Token two'))
  assert.deepEqual([status, error.code, error.field], [400, 'INVALID_REQUEST', 'lock'])
})

test('what breaks the format is refused with the place of each finding; warnings come along, or stop it where asked', async () => {
  const wrong = { ...book(206, 'Emma'), fields: book(206, 'Emma').fields.filter(({ tag }) => tag !== '008') }
  const refused = await send('POST', 'IZ/bibs', wrong)
  assert.deepEqual([refused.status, refused.error.code], [422, 'INVALID'])
  const [problem] = refused.error.problems
  assert.deepEqual([problem.code, problem.severity], ['FIXED_FIELD_MISSING', 'error'])
  const odd = book(206, 'Emma, oddly', '020 __ $a 1234567890')
  const stopped = await send('POST', 'IZ/bibs?heedWarnings=true', odd)
  assert.deepEqual([stopped.status, stopped.error.code], [422, 'WARNINGS'])
  assert.deepEqual(await foundIn('IZ', 'oddly'), [])
  const saved = await send('POST', 'IZ/bibs', odd)
  assert.equal(saved.status, 201)
  const finding = saved.findings.find(({ code }: { code: string }) => code === 'ISBN_INVALID')
  assert.deepEqual([finding.severity, finding.field, finding.value], ['warning', '020 $a', '1234567890'])
})

test('a zone says by its profile `editor` how its bibs are corrected and what is an error', async () => {
  await addZone(db, { code: 'STRICT', kind: 'institution', name: 'Strict', suffix: '5803', network: 'NZ' })
  await saveProfile(
    db,
    await getZone(db, 'STRICT'),
    {
      ...shippedEditorProfile,
      normalize: [{ do: 'add-field', field: '590 ## $a Edited here.' }],
      validate: { ISBN_INVALID: 'error' },
    },
    null,
  )
  const mmsId = await add('STRICT', book(207, 'Emma'))
  assert.ok((await linesOf('STRICT', mmsId)).includes('590 ## $a Edited here.'))
  const refused = await send('POST', 'STRICT/bibs', book(207, 'Emma', '020 __ $a 1234567890'))
  assert.deepEqual([refused.error.code, refused.error.problems[0].code], ['INVALID', 'ISBN_INVALID'])
})

test('a save that asks for it is stopped by matching bibs, which it names with the keys in common', async () => {
  const there = await add('IZ', book(208, 'Mansfield Park'))
  const refused = await send('POST', 'IZ/bibs?checkMatch=true', book(208, 'Mansfield Park'))
  assert.deepEqual([refused.status, refused.error.code], [409, 'MATCHES_EXIST'])
  assert.deepEqual(refused.error.matches, [{ mmsId: there, title: 'Mansfield Park.', by: ['oclc:208/a'] }])
  const second = await add('IZ', book(208, 'Mansfield Park'))
  assert.equal(
    (await send('PUT', `IZ/bibs/${second}?checkMatch=true`, book(208, 'Park'))).error.code,
    'MATCHES_EXIST',
  )
  const alone = await send('PUT', `IZ/bibs/${second}?checkMatch=true`, book(2080, 'Park'))
  assert.equal(alone.done, 'edited', 'a bib does not match itself')
})

test('tags are set without a record, stay through an edit, and may come with one', async () => {
  const mmsId = await add('IZ', book(209, 'Northanger Abbey'))
  const tagged = await send('PUT', `IZ/bibs/${mmsId}/tags`, {
    suppressed: true,
    publishToOclc: 'do-not-publish',
  })
  assert.deepEqual([tagged.done, tagged.version], ['tagged', 2])
  assert.equal((await send('PUT', `IZ/bibs/${mmsId}/tags`, { suppressed: true })).done, 'unchanged')
  await send('PUT', `IZ/bibs/${mmsId}?publishToOclc=publish`, book(209, 'Susan'))
  const bib = await send('GET', `IZ/bibs/${mmsId}`)
  assert.deepEqual([bib.suppressed, bib.publishToOclc], [true, 'publish'])
  assert.deepEqual(await actionsOf('IZ', mmsId), ['3 edited', '2 tagged', '1 created'])
  assert.equal((await send('PUT', `IZ/bibs/${mmsId}/tags`, {})).status, 400)
})

test('a version is restored as a new one, and the catalogue finds the bib by what it was', async () => {
  const mmsId = await add('IZ', book(212, 'First Impressions'))
  await send('PUT', `IZ/bibs/${mmsId}`, book(213, 'Pride and Prejudice', '650 _0 $a Pride.'))
  const { done, version, conflicts } = await send('POST', `IZ/bibs/${mmsId}/versions/1/restore`)
  assert.deepEqual([done, version, conflicts], ['restored', 3, []])
  assert.deepEqual(await foundIn('IZ', 'first impressions'), [mmsId])
  assert.deepEqual(await foundIn('IZ', 'prejudice'), [])
  const diff = await send('GET', `IZ/bibs/${mmsId}/versions/1/diff/3`)
  assert.deepEqual(
    diff.diff.filter(
      ({ change, tag }: { change: string; tag: string }) => change !== 'same' && tag !== '005',
    ),
    [],
  )
  const missing = await send('POST', `IZ/bibs/${mmsId}/versions/9/restore`)
  assert.deepEqual([missing.status, missing.error.code], [404, 'NO_SUCH_VERSION'])
})

test('three ways, one change is taken back and later ones stay; what both touched is named and left', async () => {
  const mmsId = await add('IZ', book(214, 'Emma Woodhouse'))
  await send('PUT', `IZ/bibs/${mmsId}`, book(214, 'Emma W.', '650 _0 $a Matchmaking.'))
  await send(
    'PUT',
    `IZ/bibs/${mmsId}`,
    book(214, 'Emma, at last', '650 _0 $a Matchmaking.', '500 __ $a Later.'),
  )
  const { done, conflicts } = await send('POST', `IZ/bibs/${mmsId}/versions/1/restore?keepLater=true`)
  assert.equal(done, 'restored')
  const lines = await linesOf('IZ', mmsId)
  assert.ok(lines.includes('500 ## $a Later.') && !lines.some((line) => line.startsWith('650')))
  assert.deepEqual(conflicts, ['245 has been changed since'])
  const last = await send('POST', `IZ/bibs/${mmsId}/versions/4/restore?keepLater=true`)
  assert.deepEqual([last.status, last.error.code], [409, 'NOT_RESTORABLE'])
})

test('a deleted bib keeps its versions, and comes back under its number with its tags', async () => {
  const mmsId = await add('IZ', book(215, 'Catharine'))
  await send('PUT', `IZ/bibs/${mmsId}/tags`, { suppressed: true })
  const gone = await send('DELETE', `IZ/bibs/${mmsId}`)
  assert.deepEqual([gone.status, gone.done, gone.versionBefore, gone.version], [200, 'deleted', 2, 3])
  assert.equal((await send('GET', `IZ/bibs/${mmsId}`)).status, 404)
  assert.deepEqual(await foundIn('IZ', 'catharine'), [])
  assert.equal((await send('DELETE', `IZ/bibs/${mmsId}`)).error.code, 'NO_SUCH_BIB')
  assert.equal((await send('POST', `IZ/bibs/${mmsId}/versions/3/restore`)).error.code, 'NOT_RESTORABLE')
  const back = await send('POST', `IZ/bibs/${mmsId}/versions/2/restore`)
  assert.deepEqual([back.done, back.version], ['restored', 4])
  assert.deepEqual(await foundIn('IZ', 'catharine'), [mmsId])
  assert.equal((await send('GET', `IZ/bibs/${mmsId}`)).suppressed, true)
})

test('a network bib to which institutions are linked is not deleted, and neither is a linked one', async () => {
  const network = await addBib(db, 'NZ', book(216, 'Evelyn'))
  const linked = await addBib(db, 'IZ', record(), { linkedMmsId: network })
  for (const [url, words] of [
    [`NZ/bibs/${network}`, /linked bibs/],
    [`IZ/bibs/${linked}`, /its link to/],
  ] as const) {
    const { status, error } = await send('DELETE', url)
    assert.deepEqual([status, error.code], [409, 'DELETE_BLOCKED'])
    assert.match(error.message, words)
  }
})

test('of a linked bib the local fields are written, and shared ones that differ are refused', async () => {
  const network = await addBib(db, 'NZ', book(217, 'Juvenilia'))
  const linked = await addBib(db, 'IZ', { ...record(), fields: [] }, { linkedMmsId: network })
  const saved = await send('PUT', `IZ/bibs/${linked}`, book(217, 'Juvenilia', '590 __ $a Gift of Cassandra.'))
  assert.deepEqual([saved.status, saved.done], [200, 'edited'])
  assert.deepEqual(await foundIn('IZ', 'juvenilia cassandra'), [linked])
  const [row] = await db.query<{ record: string }>(`select record from bib where mms_id = $1`, [linked])
  assert.equal(row?.record.split('\x1e').slice(1).join(), '590  \x1faGift of Cassandra.')
  const { status, error } = await send('PUT', `IZ/bibs/${linked}`, book(217, 'Love and Freindship'))
  assert.deepEqual([status, error.code], [409, 'SHARED_FIELDS'])
  assert.match(error.message, /245 is shared/)
  assert.match(error.remedy, new RegExp(`edit bib ${network} by a role in NZ`))
  assert.ok((await linesOf('NZ', network)).includes('245 10 $a Juvenilia.'))
  const alone = {
    ...record('590 __ $a Alone. $9 LOCAL'),
    fields: record('590 __ $a Alone. $9 LOCAL').fields.slice(1),
  }
  assert.equal((await send('PUT', `IZ/bibs/${linked}`, alone)).done, 'edited')
  assert.ok((await linesOf('IZ', linked)).includes('590 ## $a Alone. $9 LOCAL'))
})

test('a bib of the community zone is changed by nobody, and one that is linked to it takes local fields', async () => {
  const community = await addBib(db, 'CZ', book(218, 'Plan of a novel'))
  for (const [method, url, body] of [
    ['POST', 'CZ/bibs', book(219, 'Mine')],
    ['PUT', `CZ/bibs/${community}`, book(218, 'Mine')],
    ['PUT', `CZ/bibs/${community}/tags`, { suppressed: true }],
    ['DELETE', `CZ/bibs/${community}`, undefined],
    ['POST', `CZ/bibs/${community}/versions/1/restore`, undefined],
  ] as const)
    assert.equal((await send(method, url, body)).error.code, 'COMMUNITY_ZONE', `${method} ${url}`)
  const linked = await addBib(db, 'IZ', { ...record(), fields: [] }, { linkedMmsId: community })
  const { error } = await send('PUT', `IZ/bibs/${linked}`, book(218, 'Mine'))
  assert.equal(error.code, 'SHARED_FIELDS')
  assert.match(error.remedy, /changed by nobody here/)
})

test('of two who save the same version at once, one is told that it is stale', async () => {
  const mmsId = await add('IZ', book(220, 'Volume the First'))
  const replies = await Promise.all(
    ['Second', 'Third', 'Fourth'].map((word) =>
      send('PUT', `IZ/bibs/${mmsId}?ifVersion=1`, book(220, `Volume the ${word}`)),
    ),
  )
  assert.deepEqual(
    replies.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409, 409],
  )
  assert.deepEqual(await actionsOf('IZ', mmsId), ['2 edited', '1 created'])
})

test('after all this the catalogue is sound', async () => {
  for await (const { id, breaches, examples } of verify(db, context.dataDir, { full: true }))
    assert.equal(breaches, 0, `${id}: ${examples.join('; ')}`)
})
