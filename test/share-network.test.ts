import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { setShareProfile } from '../src/import/link-settings.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { verify } from '../src/import/verify.ts'
import { formatField } from '../src/rules/field-text.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import type { ShareOption, SharePreview } from '../src/import/share-preview.ts'
import { foundBy } from './found.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { app, db, context } = await testServer()
await addZone(db, {
  code: 'OTHER',
  kind: 'institution',
  name: 'Another library',
  suffix: '5802',
  network: 'NZ',
})
await addShippedProfiles(db, await getZone(db, 'NZ'), null)

const book = (oclc: number, title: string, ...more: readonly string[]) =>
  record(`035 __ $a (OCoLC)${oclc}`, '100 1_ $a Austen, Jane.', `245 10 $a ${title}.`, ...more)

const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const reply = await app.inject({ method, url, ...(payload ? { payload } : {}) })
  return { status: reply.statusCode, body: reply.json() }
}
const urlOf = (mmsId: string, zone = 'IZ') => `/api/zones/${zone}/bibs/${mmsId}/share`

async function previewOf(mmsId: string, zone = 'IZ', query = ''): Promise<SharePreview> {
  const { status, body } = await ask('GET', urlOf(mmsId, zone) + query)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
function way(preview: SharePreview, as: string, into: string | null = null): ShareOption {
  const option = preview.options.find((each) => each.as === as && (into === null || each.into === into))
  assert.ok(option, `${as} is no way: ${preview.options.map((each) => each.as).join(', ')}`)
  return option
}
const share = (mmsId: string, { as, into, preview }: ShareOption, zone = 'IZ') =>
  ask('POST', urlOf(mmsId, zone), { as, preview, ...(into === null ? {} : { into }) })
const linesOf = async (zone: string, mmsId: string) => {
  const [page] = await findBibPages(db, await getZone(db, zone), [mmsId])
  return page?.record.fields.map(formatField) ?? []
}
/** All of a zone’s bibs but the numbers of their versions and their times. */
const stateOf = (mmsId: string) =>
  db.query(
    `select regexp_replace(record, '\u001e005[^\u001e]*', '') as record, linked_mms_id, suppressed, publish_to_oclc, originating_number
     from bib where mms_id = $1`,
    [mmsId],
  )
const lock = (mmsId: string, holder: string) =>
  db.execute(
    `insert into bib_lock (zone_id, mms_id, holder, since, seen_at, part)
     select zone_id, $1, $2, now(), now(), part from bib where mms_id = $1`,
    [mmsId, holder],
  )

test('a bib without a match is contributed as new, keeps its number and its local fields, and is linked', async () => {
  const ours = await addBib(db, 'IZ', book(201, 'Emma', '590 __ $a Gift', '994 __ $a Z0'))
  const preview = await previewOf(ours)
  assert.deepEqual(
    [preview.matches, preview.options.map(({ as }) => as), preview.local],
    [[], ['create'], ['590 ## $a Gift', '994 ## $a Z0']],
  )
  const create = way(preview, 'create')
  assert.deepEqual([create.before, create.lost], [null, []])
  assert.deepEqual(create.stays, ['590 ## $a Gift', '994 ## $a Z0'])
  assert.deepEqual(preview.record.fields.map(formatField), await linesOf('IZ', ours))
  const { status, body } = await share(ours, create)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.outcome, body.mmsId], ['created', ours])
  const theirs = await linesOf('NZ', body.linkedMmsId)
  const shown = create.after?.fields.map(formatField) ?? []
  const isOurs = (line: string) => !line.startsWith('001') && !line.startsWith('005')
  assert.deepEqual(theirs.filter(isOurs), shown.filter(isOurs), 'what was shown is what it became')
  assert.ok(!theirs.some((line) => /^(590|994)/.test(line)))
  const lines = await linesOf('IZ', ours)
  assert.ok(lines.includes('590 ## $a Gift') && lines.includes(`001 ${ours}`), lines.join('\n'))
  const became = create.ours?.fields.map(formatField) ?? []
  const isContent = (line: string) => !line.startsWith('005')
  assert.deepEqual(became.filter(isContent), lines.filter(isContent), 'and ours is what was shown')
})

test('with a match a person takes theirs, merges ours into it, or puts ours in its place', async () => {
  const theirs = await addBib(
    db,
    'NZ',
    book(202, 'Persuasion', '500 __ $a Theirs.', '590 __ $a Kept by the network'),
  )
  const makeOurs = () => addBib(db, 'IZ', book(202, 'Persuasion, ours', '650 _0 $a Navy.', '590 __ $a Ours'))
  const ours = await makeOurs()
  const preview = await previewOf(ours)
  assert.deepEqual(
    preview.options.map(({ as, into }) => [as, into]),
    [
      ['theirs', theirs],
      ['merge', theirs],
      ['overlay', theirs],
    ],
  )
  assert.deepEqual(preview.matches[0]?.by, ['oclc:202/a'])
  const kept = way(preview, 'theirs')
  assert.deepEqual(
    kept.diff.filter(({ change }) => change !== 'same'),
    [],
  )
  assert.deepEqual(kept.lost, ['245 10 $a Persuasion, ours.', '650 #0 $a Navy.'])
  assert.deepEqual(kept.stays, ['590 ## $a Ours'])
  const overlay = way(preview, 'overlay')
  const changed = overlay.diff
    .filter(({ change }) => change !== 'same')
    .map(({ change, tag }) => `${change} ${tag}`)
  assert.deepEqual(changed.toSorted(), ['added 650', 'changed 005', 'changed 245', 'removed 500'])
  assert.deepEqual(overlay.lost, [])
  assert.ok(overlay.merge?.fields.some(({ why, before }) => why === 'protected' && before?.startsWith('590')))
  const before = await linesOf('NZ', theirs)
  assert.equal((await share(ours, kept)).status, 200)
  assert.deepEqual(await linesOf('NZ', theirs), before)
  assert.ok((await linesOf('IZ', ours)).includes('500 ## $a Theirs.'))
})

test('a merge goes by the network’s rule, and the other institutions have it in the same moment', async () => {
  const zone = await getZone(db, 'NZ')
  const repository = shippedProfile('repository')
  const addNew = { ...repository.onMatch, mergeRule: 'keep-existing' }
  await saveProfile(db, zone, { ...repository, code: 'sharing', onMatch: addNew }, null)
  await setShareProfile(db, zone, 'sharing')
  await assert.rejects(setShareProfile(db, zone, 'none'), /no import profile none/)
  await assert.rejects(setShareProfile(db, await getZone(db, 'IZ'), 'sharing'), /is no network/)
  const theirs = await addBib(db, 'NZ', book(203, 'Sanditon'))
  const ours = await addBib(db, 'IZ', book(203, 'Sanditon, ours'))
  const preview = await previewOf(ours)
  assert.deepEqual([preview.profile, way(preview, 'merge').merge?.rule.code], ['sharing', 'keep-existing'])
  await db.execute(`update zone set settings = settings - 'shareProfile' where code = 'NZ'`)
  const overlay = way(await previewOf(ours), 'overlay', theirs)
  const linked = await addBib(db, 'OTHER', record('590 __ $a Of the other'), { linkedMmsId: theirs })
  const { body } = await share(ours, overlay)
  assert.deepEqual([body.outcome, body.linkedMmsId], ['overlaid', theirs])
  const lines = await linesOf('OTHER', linked)
  assert.ok(lines.includes('245 10 $a Sanditon, ours.') && lines.includes('590 ## $a Of the other'))
})

test('a preview says whom a change reaches: who is linked, whose local fields it meets, who has it open', async () => {
  const theirs = await addBib(db, 'NZ', book(204, 'Evelyn', '500 __ $a Theirs'))
  const linked = await addBib(db, 'OTHER', record('500 __ $a Local note $9 LOCAL', '590 __ $a x'), {
    linkedMmsId: theirs,
  })
  await lock(linked, 'olga')
  const ours = await addBib(db, 'IZ', book(204, 'Evelyn', '500 __ $a Ours'))
  const preview = await previewOf(ours)
  const [match] = preview.matches
  const [other] = match?.impact.institutions ?? []
  assert.deepEqual(
    [other?.zone, other?.mmsId, other?.localTags, other?.lock?.holder],
    ['OTHER', linked, ['008', '500', '590'], 'olga'],
  )
  assert.deepEqual(way(preview, 'overlay').meets, [{ zone: 'OTHER', tags: ['500'] }])
  assert.deepEqual(way(preview, 'theirs').meets, [])
  const { body } = await ask('GET', `/api/zones/NZ/bibs/${theirs}/impact`)
  assert.deepEqual(body, match?.impact)
  assert.equal((await ask('GET', `/api/zones/NZ/bibs/991234567890125816/impact`)).status, 404)
})

test('an impact counts what each institution has of the bib', async () => {
  const theirs = await addBib(db, 'NZ', book(220, 'Volume the First'))
  await addBib(db, 'IZ', record('590 __ $a x'), { linkedMmsId: theirs })
  const linked = await addBib(db, 'OTHER', record('590 __ $a x'), { linkedMmsId: theirs })
  await db.execute(
    `with added as (
       insert into holdings (zone_id, holdings_id, mms_id, version, record, library, location, call_number,
                             call_number_sort, suppressed, action, part)
       select zone_id, '22100000005802', mms_id, 1, '', 'MAIN', 'STACKS', '', '', false, 'added', part
       from bib where mms_id = $1 returning zone_id, holdings_id, mms_id, part)
     insert into item (zone_id, item_id, holdings_id, mms_id, version, status, action, part)
     select zone_id, item_id, holdings_id, mms_id, 1, 'in-place', 'added', part
     from added, unnest(array['23100000005802', '23100000015802']) as item_id`,
    [linked],
  )
  const { body } = await ask('GET', `/api/zones/NZ/bibs/${theirs}/impact`)
  assert.deepEqual(
    body.institutions.map((one: Record<string, unknown>) => [
      one['zone'],
      one['holdings'],
      one['items'],
      one['portfolios'],
    ]),
    [
      ['IZ', 0, 0, 0],
      ['OTHER', 1, 2, 0],
    ],
  )
  assert.equal(body.withInventory, 1)
  await db.execute(`delete from item`)
  await db.execute(`delete from holdings`)
})

test('a share that would differ from its preview is refused, and both bibs stay as they are', async () => {
  const theirs = await addBib(db, 'NZ', book(205, 'Catharine'))
  const ours = await addBib(db, 'IZ', book(205, 'Catharine, ours'))
  const old = way(await previewOf(ours), 'merge')
  const other = await addBib(db, 'IZ', book(205, 'Catharine, other'))
  // What another institution makes of it in between.
  const first = await share(other, way(await previewOf(other), 'overlay'))
  assert.equal(first.body.outcome, 'overlaid')
  const late = await share(ours, old)
  assert.deepEqual([late.status, late.body.error.code], [409, 'PREVIEW_DRIFTED'])
  assert.deepEqual((await linesOf('IZ', ours))[5], '245 10 $a Catharine, ours.')
  const beside = way(await previewOf(ours), 'merge', theirs)
  assert.deepEqual([beside.refused?.code, beside.preview], ['LINKED_BESIDE', null])
})

test('the same is refused where the change comes while the share is on its way', async () => {
  const ours = await addBib(db, 'IZ', book(206, 'Lesley Castle'))
  const twin = await addBib(db, 'OTHER', book(206, 'Lesley Castle'))
  const create = way(await previewOf(ours), 'create')
  const theirCreate = way(await previewOf(twin, 'OTHER'), 'create')
  const both = await Promise.all([share(ours, create), share(twin, theirCreate, 'OTHER')])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  )
  const mmsIds = await foundBy(db, 'NZ', 'lesley castle')
  assert.equal(mmsIds.length, 1, 'one title is one bib of the network')
  const late = both[0].status === 409 ? { mmsId: ours, zone: 'IZ' } : { mmsId: twin, zone: 'OTHER' }
  const again = way(await previewOf(late.mmsId, late.zone), 'theirs')
  assert.equal((await share(late.mmsId, again, late.zone)).body.linkedMmsId, mmsIds[0])
})

test('a lock of somebody else’s is respected on both sides; theirs can be taken while theirs is open', async () => {
  const theirs = await addBib(db, 'NZ', book(207, 'Frederic and Elfrida'))
  const ours = await addBib(db, 'IZ', book(207, 'Frederic and Elfrida, ours'))
  const before = way(await previewOf(ours), 'merge')
  await lock(theirs, 'olga')
  const preview = await previewOf(ours)
  assert.equal(way(preview, 'merge').refused?.code, 'NOT_ADDED_LOCKED')
  const refused = await share(ours, before)
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'PREVIEW_DRIFTED'])
  assert.match(refused.body.error.message, /open to olga since/)
  await lock(ours, 'olga')
  assert.equal(way(await previewOf(ours), 'theirs').refused?.code, 'OURS_LOCKED')
  await db.execute(`delete from bib_lock where mms_id = $1`, [ours])
  assert.equal((await share(ours, way(preview, 'theirs'))).status, 200)
})

test('several matches are all shown, each with its three ways', async () => {
  const two = [
    await addBib(db, 'NZ', book(208, 'Jack and Alice')),
    await addBib(db, 'NZ', book(208, 'Jack & Alice')),
  ]
  const ours = await addBib(db, 'IZ', book(208, 'Jack and Alice'))
  const preview = await previewOf(ours)
  assert.deepEqual(preview.matches.map(({ mmsId }) => mmsId).toSorted(), two.toSorted())
  assert.equal(preview.options.length, 6)
  const [first = ''] = two
  assert.equal((await share(ours, way(preview, 'theirs', first))).body.linkedMmsId, first)
})

test('a bib of the network that matching does not find can be named', async () => {
  const theirs = await addBib(db, 'NZ', book(209, 'Edgar and Emma'))
  const ours = await addBib(db, 'IZ', book(210, 'Edgar and Emma'))
  assert.deepEqual((await previewOf(ours)).matches, [])
  const preview = await previewOf(ours, 'IZ', `?with=${theirs}`)
  assert.equal((await share(ours, way(preview, 'theirs'))).body.linkedMmsId, theirs)
  const { status } = await ask(
    'GET',
    `${urlOf(await addBib(db, 'IZ', book(211, 'x')))}?with=991234567890125816`,
  )
  assert.equal(status, 404)
})

test('an undo gives both bibs back as they were, and says what it could not', async () => {
  const theirs = await addBib(db, 'NZ', book(212, 'Henry and Eliza'))
  const ours = await addBib(db, 'IZ', book(212, 'Henry and Eliza, ours', '590 __ $a Gift'))
  const before = [await stateOf(ours), await stateOf(theirs)]
  const { body } = await share(ours, way(await previewOf(ours), 'overlay'))
  assert.equal(body.outcome, 'overlaid')
  const undone = await ask('POST', `${urlOf(ours)}/undo`)
  assert.deepEqual(
    [undone.status, undone.body.result, undone.body.conflicts, undone.body.ofJob],
    [200, 'restored', [], body.job],
  )
  assert.deepEqual([await stateOf(ours), await stateOf(theirs)], before)
  const again = await ask('POST', `${urlOf(ours)}/undo`)
  assert.deepEqual([again.status, again.body.error.code], [409, 'UNDONE'])
  const once = await share(ours, way(await previewOf(ours), 'theirs'))
  assert.equal(once.status, 200, 'what was taken back can be shared again')
  const never = await ask('POST', `${urlOf(await addBib(db, 'IZ', book(213, 'y')))}/undo`)
  assert.deepEqual([never.status, never.body.error.code], [404, 'NOT_SHARED'])
})

test('a bib that others have come to hang on stays in the network when a share is taken back', async () => {
  const ours = await addBib(db, 'IZ', book(214, 'The Three Sisters'))
  const { body } = await share(ours, way(await previewOf(ours), 'create'))
  await addBib(db, 'OTHER', record('590 __ $a x'), { linkedMmsId: body.linkedMmsId })
  const undone = await ask('POST', `${urlOf(ours)}/undo`)
  assert.deepEqual([undone.body.result, undone.body.conflicts], ['conflict', ['the bib has linked bibs']])
  const [row] = await db.query(`select linked_mms_id from bib where mms_id = $1`, [ours])
  assert.deepEqual(row, { linked_mms_id: null })
})

test('what is linked, is of a network, or is no preview’s is not shared, and each refusal says why', async () => {
  const theirs = await addBib(db, 'NZ', book(215, 'Love and Freindship'))
  const linked = await addBib(db, 'IZ', record('590 __ $a x'), { linkedMmsId: theirs })
  const codes = [
    await ask('GET', urlOf(linked)),
    await ask('GET', urlOf(theirs, 'NZ')),
    await ask('GET', urlOf('991234567890125801')),
    await ask('POST', urlOf(linked), { as: 'create', preview: 'nothing' }),
  ].map(({ status, body }) => [status, body.error.code])
  assert.deepEqual(codes, [
    [409, 'ALREADY_LINKED'],
    [409, 'NOT_AN_INSTITUTION'],
    [404, 'NO_SUCH_BIB'],
    [422, 'NOT_OF_PREVIEW'],
  ])
})

test('a suppressed bib says so before and after it is shared, and stays suppressed', async () => {
  const ours = await addBib(db, 'IZ', book(216, 'Detached pieces'))
  await db.execute(`update bib set suppressed = true, publish_to_oclc = 'do-not-publish' where mms_id = $1`, [
    ours,
  ])
  const preview = await previewOf(ours)
  assert.deepEqual([preview.suppressed, preview.publishToOclc], [true, 'do-not-publish'])
  const { body } = await share(ours, way(preview, 'create'))
  assert.deepEqual([body.suppressed, body.publishToOclc], [true, 'do-not-publish'])
})

test('after all of this the catalogue is sound', async () => {
  const checks = await Array.fromAsync(verify(db, context.dataDir, { full: true }))
  assert.deepEqual(
    checks.flatMap(({ id, breaches, examples }) => (breaches > 0 ? [`${id}: ${examples.join(' | ')}`] : [])),
    [],
  )
})
