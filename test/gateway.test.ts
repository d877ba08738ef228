import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import type { Bib, SharedBib } from '../src/server/api/bib.ts'
import type {
  Gateway,
  GatewayExport,
  GatewayExportPage,
  WholeGatewayExport,
} from '../src/server/api/gateway.ts'
import type { IntegrationProfile, TriedDestination } from '../src/server/api/integration-profile.ts'
import type { IssuePage, WholeIssue } from '../src/server/api/issue.ts'
import type { Found } from '../src/server/api/search.ts'
import { shippedConnexionProfile } from '../src/rules/profiles.ts'
import { mmsIdOf, testGateway } from './gateway.ts'
import { openPeer } from './gateway-peer.ts'
import { book, mrc } from './jobs.ts'

const catalogue = await testGateway()
const { db, api, answer, load, open, send, lines } = catalogue
await open('NZ')

const notImported = /^Import Failed: /
const oldest = '20200102030405.0'

/** The same record of a version that OCLC made at that time. */
const versionOf = (record: MarcRecord, time: string): MarcRecord => ({
  ...record,
  fields: [{ tag: '005', value: time }, ...record.fields],
})

/** Minimal, by its encoding level. */
const brief = (record: MarcRecord): MarcRecord => ({ ...record, leader: '00000nam a22000007i 4500' })

const bibs = async (oclc: number, zone = 'NZ') =>
  (await api<Found>('GET', `/api/zones/${zone}/search?q=ocn${oclc}`)).rows

const openIssues = async () => (await api<IssuePage>('GET', '/api/issues')).rows
const issueOf = async (oclc: number) => {
  const found = (await openIssues()).filter(({ title }) => title.includes(`no. ${oclc}`))
  assert.ok(found.length <= 1, 'a record has one open issue at most')
  return found[0]
}

/** A book whose title says its number, so that issues and exports of it are told apart. */
const numbered = (oclc: number, ...more: readonly string[]) => book(oclc, `Emma, no. ${oclc}`, ...more)

const exports = async (filter = '') =>
  (await api<GatewayExportPage>('GET', `/api/gateway/exports${filter}`)).rows
const lastExport = async (): Promise<GatewayExport> => {
  const [last] = await exports('?limit=1')
  assert.ok(last)
  return last
}

test('a record without a match is added, and the reply has its MMS ID, by which it is there at once', async () => {
  const reply = await lines(numbered(1001), { user: '100123456' })
  assert.equal(reply[0], 'Added to Network zone (NZ)')
  assert.equal(reply.at(-1), 'The record has been processed successfully.')
  assert.ok(reply.includes('OCLC number: 1001'))
  const mmsId = mmsIdOf(reply)
  assert.match(mmsId, /5816$/)
  const bib = await api<Bib>('GET', `/api/zones/NZ/bibs/${mmsId}`)
  assert.equal(bib.title, 'Emma, no. 1001')
  assert.equal(bib.changedBy, '100123456')
  assert.deepEqual(
    (await bibs(1001)).map((row) => row.mmsId),
    [mmsId],
  )
})

test('a record with one match is merged, and the reply has the MMS ID of the existing bib', async () => {
  const mmsId = mmsIdOf(await lines(numbered(1002, '590 __ $a Signed by the author.')))
  const reply = await lines(book(1002, 'Emma, revised'))
  assert.equal(reply[0], 'Updated (merged) in Network zone (NZ)')
  assert.equal(mmsIdOf(reply), mmsId)
  const bib = await api<Bib>('GET', `/api/zones/NZ/bibs/${mmsId}`)
  assert.equal(bib.title, 'Emma, revised')
  assert.ok(
    bib.record.fields.some(({ tag }) => tag === '590'),
    'a local field stays',
  )
})

test('019 of the record matches the number that OCLC has given up', async () => {
  const mmsId = mmsIdOf(await lines(numbered(1003)))
  const reply = await lines(numbered(1004, '019 __ $a 1003'))
  assert.equal(mmsIdOf(reply), mmsId)
})

test('a wrong secret, an unknown logon and no logon are refused in the same words', async () => {
  const refused = await Promise.all([
    send(numbered(1005), { secret: 'wrong' }),
    send(numbered(1005), { zone: 'NOBODY', secret: 'wrong' }),
    send(numbered(1005), { dialect: 'raw' }),
    // Codes are case-sensitive.
    send(numbered(1005), { zone: 'nz', secret: catalogue.secrets.get('NZ') ?? '' }),
  ])
  assert.equal(new Set(refused).size, 1, refused.join('\n\n'))
  assert.ok(
    refused[0]?.startsWith('Import Failed: Logon Failed--the Logon ID and/or password is/are not valid'),
  )
  assert.deepEqual(await bibs(1005), [])
})

test('a zone without an active integration profile is named, whether it has none or an inactive one', async () => {
  assert.equal(
    (await lines(numbered(1006), { zone: 'IZ', secret: 'any' }))[0],
    'Import Failed: No integration profile found for institution IZ',
  )
  await open('IZ', { active: false })
  assert.equal(
    (await lines(numbered(1006), { zone: 'IZ' }))[0],
    'Import Failed: No integration profile found for institution IZ',
  )
  const { code, outcome } = await lastExport()
  assert.deepEqual([code, outcome], ['NO_INTEGRATION_PROFILE', null], 'what came by the right secret is kept')
  assert.match((await lines(numbered(1006), { zone: 'IZ', secret: 'wrong' }))[0] ?? '', /Logon Failed/)
})

test('a second integration profile of a zone cannot be saved, nor one with the logon of another zone', async () => {
  const { logon, addresses, profile } = await api<IntegrationProfile>(
    'GET',
    '/api/zones/NZ/integration-profile',
  )
  const second = { logon: 'OTHER', addresses, profile: { ...profile, code: 'connexion-2' } }
  const refused = await answer<{ error: { code: string } }>(
    'PUT',
    '/api/zones/NZ/integration-profile',
    second,
  )
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'SECOND_INTEGRATION_PROFILE'])
  const taken = await answer<{ error: { code: string } }>('PUT', '/api/zones/IZ/integration-profile', {
    logon,
    addresses,
    profile,
  })
  assert.deepEqual([taken.status, taken.body.error.code], [409, 'LOGON_TAKEN'])
})

test('a record that matches two bibs is not imported, and the reply lists both with their titles', async () => {
  await catalogue.profile('apart', {
    onMatch: {
      action: 'import',
      mergeRule: 'overlay-all-but-local',
      briefGuard: false,
      olderVersion: 'disabled',
      keepOriginatingSystem: false,
    },
  })
  await catalogue.load(
    { 'twins.mrc': mrc([numbered(1007), book(1007, 'Emma, the twin')]) },
    { profile: 'apart' },
  )
  const twins = await bibs(1007)
  assert.equal(twins.length, 2)
  const reply = await lines(numbered(1007))
  assert.equal(reply[0], 'Import Failed: Multi matches found for this record.')
  for (const { mmsId, title } of twins) {
    const line = reply.find((one) => one.includes(mmsId))
    assert.ok(line?.includes(title), reply.join('\n'))
  }
  const issue = await issueOf(1007)
  assert.deepEqual(issue?.candidates.toSorted(), twins.map(({ mmsId }) => mmsId).toSorted())
  assert.ok(reply.some((one) => one.includes(`issue ${issue?.id}`)))
})

test('several bibs that match become one where the profile combines, and the reply names what keeps them apart', async () => {
  const { match, onMatch } = shippedConnexionProfile
  const combine = {
    handling: 'automatic',
    preferred: 'oldest',
    others: 'delete',
    mergeRule: 'keep-existing',
  } as const
  await catalogue.profile('apart', { onMatch: { ...onMatch, action: 'import' } })
  await catalogue.load(
    { 'twins.mrc': mrc([numbered(1107), numbered(1107, '500 __ $a The twin.')]) },
    { profile: 'apart' },
  )
  const [newer, older] = await bibs(1107)
  assert.ok(newer && older)
  await open('NZ', { match: { ...match, multi: { ...match.multi, combine } } })
  await api('POST', `/api/zones/NZ/bibs/${newer.mmsId}/lock`)
  const held = await lines(numbered(1107, '501 __ $a New.'))
  assert.ok(
    held.some((line) => line.startsWith(`Bib ${newer.mmsId}: cataloguer of NZ has had it open since`)),
    held.join('\n'),
  )
  await api('DELETE', `/api/zones/NZ/bibs/${newer.mmsId}/lock`)
  assert.equal(mmsIdOf(await lines(numbered(1107, '501 __ $a New.'))), older.mmsId)
  assert.equal((await bibs(1107)).length, 1)
  const gone = await answer<{ error: { message: string } }>('GET', `/api/zones/NZ/bibs/${newer.mmsId}`)
  assert.equal(gone.status, 404)
  assert.ok(gone.body.error.message.endsWith(`It was combined into ${older.mmsId}.`), gone.body.error.message)
  await open('NZ')
})

test('a record that is briefer than the bib is not imported, and the reply has both levels', async () => {
  const mmsId = mmsIdOf(await lines(numbered(1008, '650 _0 $a England $v Fiction.')))
  const reply = await lines(brief(numbered(1008)))
  assert.equal(reply[0], 'Import Failed: NOT_ADDED_BRIEF')
  assert.ok(reply.some((one) => one.includes(mmsId)))
  assert.ok(reply.includes('Brief level: 10 of the existing bib, 5 of the record sent'), reply.join('\n'))
})

test('a record of an older version than the bib was imported from is not imported, and the reply has both 005s', async () => {
  await lines(versionOf(numbered(1009), '20250102030405.0'))
  const reply = await lines(versionOf(numbered(1009), oldest))
  assert.equal(reply[0], 'Import Failed: NOT_ADDED_OLD')
  assert.ok(
    reply.includes(`Version (005): 20250102030405.0 of the existing bib, ${oldest} of the record sent`),
    reply.join('\n'),
  )
  await open('NZ', { onMatch: { olderVersion: 'disabled' } })
  assert.match(
    (await lines(versionOf(numbered(1009, '500 __ $a As it was.'), oldest)))[0] ?? '',
    /^Updated/,
    'the guard can be disabled',
  )
  await open('NZ')
})

test('a record whose bib somebody has open is not imported, and the reply says who, where and since when', async () => {
  const mmsId = mmsIdOf(await lines(numbered(1010)))
  await api('POST', `/api/zones/NZ/bibs/${mmsId}/lock`)
  const { lock } = await api<Bib>('GET', `/api/zones/NZ/bibs/${mmsId}`)
  const reply = await lines(book(1010, 'Emma, no. 1010, revised'))
  assert.equal(reply[0], 'Import Failed: NOT_ADDED_LOCKED')
  const since = lock?.since.slice(0, 16).replace('T', ' ')
  assert.ok(reply.includes(`Locked by cataloguer of Network zone (NZ) since ${since} UTC`), reply.join('\n'))
  const own = await lines(book(1010, 'Emma, no. 1010, revised'), { logon: 'NZ/cataloguer' })
  assert.ok(own.includes(`Locked by yourself since ${since} UTC`), own.join('\n'))
  await api('DELETE', `/api/zones/NZ/bibs/${mmsId}/lock`)
  assert.match((await lines(book(1010, 'Emma, no. 1010, revised')))[0] ?? '', /^Updated/)
})

test('a bib that is linked to the community zone is not changed', async () => {
  await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })
  await open('IZ')
  await addShippedProfiles(db, await getZone(db, 'CZ'), null)
  await load({ 'community.mrc': encodeIso2709(numbered(1011)).bytes }, { zone: 'CZ' })
  const { rows } = await api<Found>('GET', '/api/zones/CZ/search?q=1011')
  const { mmsId } = await api<SharedBib>('POST', '/api/zones/IZ/linked-bibs', { of: rows[0]?.mmsId })
  const reply = await lines(numbered(1011), { zone: 'IZ' })
  assert.equal(reply[0], 'Import Failed: NOT_ADDED_CZ')
  assert.ok(reply.some((one) => one.includes(mmsId)))
})

test('an authority record is refused in words, and waits for nobody', async () => {
  const before = (await openIssues()).length
  const reply = await lines({ ...numbered(1012), leader: '00000nz  a2200000n  4500' })
  assert.equal(reply[0], 'Import Failed: NOT_A_BIB')
  assert.equal((await openIssues()).length, before)
})

test('a record in MARC-8 is imported with its letters, East Asian ones among them', async () => {
  const record = numbered(1013, '700 1_ $a Brontë, Charlotte', '880 1_ $6 700-00/$1 $a 高橋')
  const { bytes } = encodeIso2709(record, { marc8: true })
  // The acute and its like stand before their letter in MARC-8.
  assert.ok(Buffer.from(bytes).includes(Buffer.from([0xe8, 0x65])))
  const { record: stored } = await api<Bib>('GET', `/api/zones/NZ/bibs/${mmsIdOf(await lines(bytes))}`)
  const text = JSON.stringify(stored).normalize('NFC')
  assert.ok(text.includes('Brontë') && text.includes('高橋'), text)
})

test('a record that was imported and is sent again gets the same MMS ID and changes nothing', async () => {
  const first = await lines(numbered(1014))
  const again = await lines(numbered(1014))
  assert.equal(mmsIdOf(again), mmsIdOf(first))
  assert.equal(again[0], first[0], 'it is told what it would have been told')
  assert.equal((await api<Bib>('GET', `/api/zones/NZ/bibs/${mmsIdOf(first)}`)).version, 1)
  const [retry, original] = await exports('?limit=2')
  assert.equal(retry?.replayOf, original?.id)
})

test('a success is not told again by another logon, nor after its bib is gone', async () => {
  const first = mmsIdOf(await lines(numbered(1015)))
  const other = await lines(numbered(1015), { logon: 'NZ/somebody' })
  assert.equal(other[0], 'Unchanged in Network zone (NZ)')
  assert.equal(mmsIdOf(other), first)
  await catalogue.profile('deletes', { deletes: 'delete' })
  const deletion = { ...numbered(1015), leader: '00000dam a2200000 i 4500' }
  await catalogue.load({ 'deletion.mrc': mrc([deletion]) }, { profile: 'deletes' })
  assert.notEqual(mmsIdOf(await lines(numbered(1015))), first)
})

test('the same new record from many connections at once is one bib', async () => {
  const replies = await Promise.all(Array.from({ length: 6 }, () => lines(numbered(1016))))
  assert.equal(new Set(replies.map(mmsIdOf)).size, 1)
  assert.equal((await bibs(1016)).length, 1)
  const rows = (await exports()).filter(({ oclcNumber }) => oclcNumber === '1016')
  assert.equal(rows.filter(({ replayOf }) => replayOf === null).length, 1)
})

test('a failure is looked at afresh, keeps one issue, and a later success closes it', async () => {
  const mmsId = mmsIdOf(await lines(numbered(1017)))
  await api('POST', `/api/zones/NZ/bibs/${mmsId}/lock`)
  const edited = book(1017, 'Emma, no. 1017, edited')
  assert.match((await lines(edited))[0] ?? '', notImported)
  const opened = await issueOf(1017)
  assert.match((await lines(book(1017, 'Emma, no. 1017, edited twice')))[0] ?? '', notImported)
  const kept = await issueOf(1017)
  assert.equal(kept?.id, opened?.id)
  assert.equal(kept?.title, 'Emma, no. 1017, edited twice', 'the issue is of what was sent last')
  await api('DELETE', `/api/zones/NZ/bibs/${mmsId}/lock`)
  assert.equal((await lines(edited))[0], 'Updated (merged) in Network zone (NZ)')
  const closed = await api<WholeIssue>('GET', `/api/issues/${opened?.id}`)
  assert.deepEqual([closed.resolution, closed.mmsId], ['exported', mmsId])
  assert.equal(await issueOf(1017), undefined)
})

test('an invalid record is kept as an issue, which a sound export of it closes', async () => {
  const untitled = numbered(1018)
  const fields = untitled.fields.map((field) => (field.tag === '245' ? { ...field, tag: '246' } : field))
  const reply = await lines({ ...untitled, fields })
  assert.equal(reply[0], 'Import Failed: INVALID')
  assert.ok(
    reply.some((one) => one.startsWith('There is no 245 with a title.')),
    reply.join('\n'),
  )
  const [issue] = (await openIssues()).toReversed()
  assert.equal(issue?.code, 'INVALID')
  await lines(numbered(1018))
  assert.equal((await api<WholeIssue>('GET', `/api/issues/${issue?.id}`)).resolution, 'exported')
})

test('an issue of an export is shown with its record and settled from the bytes that came', async () => {
  const mmsId = mmsIdOf(await lines(numbered(1019, '650 _0 $a England $v Fiction.')))
  await lines(brief(book(1019, 'Emma, no. 1019, brief')))
  const issue = await issueOf(1019)
  assert.ok(issue)
  assert.deepEqual([issue.job, issue.file, issue.position], [null, null, null])
  const whole = await api<WholeIssue>('GET', `/api/issues/${issue.id}`)
  assert.ok(JSON.stringify(whole.incoming).includes('no. 1019, brief'))
  assert.deepEqual(
    whole.candidateBibs.map((bib) => bib.mmsId),
    [mmsId],
  )
  await api('POST', `/api/issues/${issue.id}/resolve`, { as: 'merge' })
  assert.equal((await api<Bib>('GET', `/api/zones/NZ/bibs/${mmsId}`)).title, 'Emma, no. 1019, brief')
  const settled = await exports('?limit=1')
  assert.deepEqual(settled[0]?.issue, { id: issue.id, resolution: 'merge' })
})

test('with use network zone the bib is the network’s, and the institution has a linked one', async () => {
  await open('IZ', { useNetworkZone: true })
  const reply = await lines(numbered(1020), { zone: 'IZ' })
  assert.equal(reply[0], 'Added to Network zone (NZ)')
  const network = mmsIdOf(reply)
  assert.match(network, /5816$/)
  const linked = reply.find((one) => one.startsWith('Linked in Institution zone (IZ): '))?.split(': ')[1]
  assert.match(linked ?? '', /5801$/)
  assert.equal((await api<Bib>('GET', `/api/zones/IZ/bibs/${linked}`)).linkedMmsId, network)
  assert.deepEqual(
    (await bibs(1020, 'IZ')).map(({ mmsId }) => mmsId),
    [linked],
  )
  const again = await lines(numbered(1020), { zone: 'IZ' })
  assert.deepEqual(again.slice(0, 3), reply.slice(0, 3), 'a retry is told both numbers')
  await open('IZ')
  assert.equal((await lines(book(1020, 'Emma, ours'), { zone: 'IZ' }))[0], 'Import Failed: NOT_ADDED_LINKED')
})

test('only the addresses that the profile names may export', async () => {
  await open('IZ', {}, ['192.0.2.0/24', '2001:db8::/32'])
  assert.match((await lines(numbered(1021), { zone: 'IZ' }))[0] ?? '', /Logon Failed/)
  await open('IZ', {}, ['192.0.2.0/24', '127.0.0.0/8'])
  assert.match((await lines(numbered(1021), { zone: 'IZ' }))[0] ?? '', /^Added/)
  await open('IZ')
})

test('a new secret ends the old one, and neither is shown again or kept as it is', async () => {
  const old = catalogue.secrets.get('IZ') ?? ''
  const { secret } = await api<{ secret: string }>('POST', '/api/zones/IZ/integration-profile/secret')
  catalogue.secrets.set('IZ', secret)
  assert.match((await lines(numbered(1022), { zone: 'IZ', secret: old }))[0] ?? '', /Logon Failed/)
  assert.match((await lines(numbered(1022), { zone: 'IZ' }))[0] ?? '', /^Added/)
  const shown = JSON.stringify(await api('GET', '/api/zones/IZ/integration-profile'))
  const kept = JSON.stringify([
    await db.query('select * from integration_profile'),
    await db.query(`select header, reply, encode(record, 'escape') from gateway_export`),
  ])
  const logged = catalogue.gateway.logged.join('\n')
  assert.match(logged, /refused a logon from 127\.0\.0\.1: LOGON_FAILED/)
  for (const each of [old, secret]) assert.ok(![shown, kept, logged].some((text) => text.includes(each)))
})

test('an export is kept with who, whence and what, its bytes as they came, its header with the secret masked', async () => {
  const bytes = encodeIso2709(numbered(1023)).bytes
  const reply = await lines(bytes, { logon: 'NZ/maria', user: '100123456' })
  const { id, sentBy, oclcUser, address, zone, mmsId, title } = await lastExport()
  assert.deepEqual(
    [sentBy, oclcUser, address, zone, mmsId, title],
    ['maria', '100123456', '127.0.0.1', 'NZ', mmsIdOf(reply), 'Emma, no. 1023'],
  )
  const whole = await api<WholeGatewayExport>('GET', `/api/gateway/exports/${id}`)
  assert.equal(whole.reply, reply.join('\n'))
  assert.ok(whole.header.includes('NZ/maria') && whole.header.includes('•••'), whole.header)
  assert.ok(whole.incoming?.fields.some(({ tag }) => tag === '245'))
  const file = await catalogue.app.inject(`/api/gateway/exports/${id}.mrc`)
  assert.deepEqual(new Uint8Array(file.rawPayload), bytes)
})

test('exports are listed newest first, by page, zone, person and whether they were imported', async () => {
  const all = await api<GatewayExportPage>('GET', '/api/gateway/exports?limit=500')
  const ids = all.rows.map(({ id }) => id)
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => b - a),
  )
  const paged: number[] = []
  for (let before = ''; ; ) {
    const page = await api<GatewayExportPage>('GET', `/api/gateway/exports?limit=7${before}`)
    paged.push(...page.rows.map(({ id }) => id))
    if (page.next === null) break
    before = `&before=${page.next}`
  }
  assert.deepEqual(paged, ids)
  assert.ok((await exports('?zone=IZ')).every(({ zone }) => zone === 'IZ'))
  assert.ok((await exports('?sentBy=maria')).every(({ sentBy }) => sentBy === 'maria'))
  const failed = await exports('?imported=false&limit=500')
  assert.ok(failed.length > 0 && failed.every(({ code }) => code !== null))
  const imported = await exports('?imported=true&limit=500')
  assert.equal(imported.length + failed.length, ids.length)
})

test('who is connected is told', async () => {
  const peer = await openPeer(catalogue.gateway.port)
  const isOurs = ({ state, answered }: Gateway['connections'][number]) => state === 'idle' && answered === 0
  while (!(await api<Gateway>('GET', '/api/gateway')).connections.some(isOurs)) await delay(50)
  peer.vanish()
  while ((await api<Gateway>('GET', '/api/gateway')).connections.some(isOurs)) await delay(50)
})

test('a destination is tried by talking to its port, and nothing is imported by that', async () => {
  const before = (await api<{ bibs: number; code: string }[]>('GET', '/api/zones')).map(
    ({ bibs: count }) => count,
  )
  const trial = (password: string) =>
    api<TriedDestination>('POST', '/api/zones/NZ/integration-profile/test', { password })
  const good = await trial(catalogue.secrets.get('NZ') ?? '')
  assert.ok(good.works, good.reply ?? good.why)
  const bad = await trial('wrong')
  assert.equal(bad.works, false)
  assert.ok(bad.reply?.includes('Logon Failed'))
  assert.deepEqual(
    (await api<{ bibs: number }[]>('GET', '/api/zones')).map(({ bibs: count }) => count),
    before,
  )
})

test('the settings to type into Connexion name port and logon, and no secret', async () => {
  const settings = await api<{ name: string; value: string }[]>(
    'GET',
    '/api/zones/NZ/integration-profile/settings',
  )
  const valueOf = (wanted: string) => settings.find(({ name }) => name === wanted)?.value
  assert.equal(valueOf('Port'), String(catalogue.gateway.port))
  assert.equal(valueOf('Login ID'), 'NZ')
  assert.ok(!JSON.stringify(settings).includes(catalogue.secrets.get('NZ') ?? '?'))
})

test('a faulty integration profile is refused with every fault in its place', async () => {
  const { profile } = await api<IntegrationProfile>('GET', '/api/zones/NZ/integration-profile')
  const faulty = {
    logon: 'NZ/maria',
    addresses: ['127.0.0.1', '10.0.0.0/33'],
    profile: { ...profile, type: 'repository', deletes: 'delete', reading: 'strickt' },
  }
  const refused = await answer<{ error: { problems: { path: string }[] } }>(
    'PUT',
    '/api/zones/NZ/integration-profile',
    faulty,
  )
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.error.problems.map(({ path }) => path),
    ['logon', 'addresses[1]', 'profile.reading'],
  )
})

test('what the gateway has imported is sound', async () => {
  assert.deepEqual(await catalogue.unsound(), [])
})

const damages = [
  {
    rule: 'EXPORTS',
    change: `update gateway_export set version_after = 99 where oclc_number = '1001'`,
    says: /^export \d+: 99\d+5816 has no version 99$/,
  },
  {
    rule: 'EXPORTS',
    change: `update gateway_export set mms_id = (select mms_id from gateway_export where oclc_number = '1001') where replay_of is not null and oclc_number = '1014'`,
    says: /^export \d+: was told 99\d+ as a retry of export \d+, which was told 99\d+$/,
  },
  {
    rule: 'EXPORT_ISSUES',
    change: `update gateway_export set code = 'NOT_ADDED_OLD' where export_id = (select export_id from import_issue where code = 'NOT_ADDED_BRIEF' and export_id is not null limit 1)`,
    says: /^issue \d+ of export \d+: NOT_ADDED_BRIEF, and the export NOT_ADDED_OLD$/,
  },
]

for (const { rule, change, says } of damages) {
  test(`verify names ${rule} alone after ${change.slice(0, 80)}`, async () => {
    await db.execute(`create table kept as table gateway_export`)
    assert.equal(await db.execute(change), 1)
    const found = await catalogue.unsound()
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0]?.replace(`${rule}: `, '') ?? '', says)
    await db.execute(
      `delete from gateway_export; insert into gateway_export overriding system value table kept; drop table kept`,
    )
  })
}
