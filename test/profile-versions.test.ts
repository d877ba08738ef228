import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { compareVersions, listProfileVersions, restoreProfile } from '../src/import/profile-versions.ts'
import { findProfile, saveProfile } from '../src/import/profile.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()
const zone = await getZone(db, 'NZ')
const first = { ...shippedProfile('repository'), code: 'vendor' }
const second = { ...first, onNoMatch: 'do-not-import' as const, protect: ['590'] }
for (const profile of [first, second]) await saveProfile(db, zone, profile, 'Ada')

const url = '/api/zones/NZ/profiles/vendor/versions'

test('Each version says what it changed of the one before it', async () => {
  const versions = await listProfileVersions(db, zone, 'vendor', { limit: 10 })
  assert.deepEqual(
    versions.map(({ version, isCurrent, changedBy, changes }) => ({
      version,
      isCurrent,
      changedBy,
      changes,
    })),
    [
      {
        version: 2,
        isCurrent: true,
        changedBy: 'Ada',
        changes: [
          { path: 'onNoMatch', before: '"import"', after: '"do-not-import"' },
          { path: 'protect', before: '[]', after: '["590"]' },
        ],
      },
      { version: 1, isCurrent: false, changedBy: 'Ada', changes: [] },
    ],
  )
  const page = await app.inject({ url: `${url}?limit=1` })
  const { rows, next } = page.json<{ rows: { version: number }[]; next: string }>()
  assert.deepEqual(
    rows.map(({ version }) => version),
    [2],
  )
  const rest = (await app.inject({ url: `${url}?before=${next}` })).json<{
    rows: { version: number }[]
    next: null
  }>()
  assert.deepEqual([rest.rows.map(({ version }) => version), rest.next], [[1], null])
})

test('A version is shown as it was, and one that is not there is refused by its number', async () => {
  const old = await app.inject({ url: `${url}/1` })
  assert.deepEqual(old.json().profile, first)
  assert.equal(old.json().isCurrent, false)
  const gone = await app.inject({ url: `${url}/9` })
  assert.equal(gone.statusCode, 404)
  assert.deepEqual(gone.json().error, {
    code: 'NO_SUCH_VERSION',
    message: 'The profile vendor of zone NZ has no version 9.',
    remedy: 'Its versions are 1 to 2.',
  })
})

test('To restore a version saves it anew, and what was in between stays in the list', async () => {
  const changes = await app.inject({ url: `${url}/1/changes?from=2` })
  assert.deepEqual(changes.json().changes, [
    { path: 'onNoMatch', before: '"do-not-import"', after: '"import"' },
    { path: 'protect', before: '["590"]', after: '[]' },
  ])
  const restored = await app.inject({ method: 'POST', url: `${url}/1/restore` })
  assert.equal(restored.json().version, 3)
  assert.deepEqual(restored.json().profile, first)
  assert.deepEqual((await compareVersions(db, zone, 'vendor', { from: 1, to: 3 })).changes, [])
  assert.equal(await restoreProfile(db, zone, 'vendor', 1, null), 3)
})

test('A version that is no profile by the present form is not restored, and says where', async () => {
  await db.execute(
    `update import_profile set profile = profile - 'onNoMatch' where zone_id = $1 and code = 'vendor' and version = 2`,
    [zone.zoneId],
  )
  await assert.rejects(
    restoreProfile(db, zone, 'vendor', 2, null),
    (error) =>
      error instanceof ImportRefusal &&
      error.code === 'OUTDATED_VERSION' &&
      error.message.includes('onNoMatch'),
  )
  assert.equal((await findProfile(db, zone, 'vendor'))?.version, 3)
})
