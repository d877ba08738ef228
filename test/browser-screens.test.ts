import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { addSet } from '../src/catalog/sets/saved-set.ts'
import { getZone } from '../src/catalog/zone.ts'
import { getJob } from '../src/import/job.ts'
import { loadCollection } from '../src/import/load-collection.ts'
import { storeStream } from '../src/import/store.ts'
import { submitJob } from '../src/import/submit.ts'
import { addCollection } from '../src/inventory/electronic-collection.ts'
import { inviteFirst } from '../src/people/invitation.ts'
import { setUpConsortium } from '../src/server/demo/consortium.ts'
import { openDestinations } from '../src/server/demo/exports.ts'
import { seedDemo } from '../src/server/demo/seed.ts'
import { axeFindings, noBrowser, openSite, type TestPage } from './browser.ts'
import { record } from './catalogue.ts'
import { startGatewayProcess } from './gateway.ts'
import { mrc } from './jobs.ts'

/*
 * Every screen with the demo on it: for eyes, for screen readers, and for those who mean harm.
 */

async function openDemo() {
  const site = await openSite()
  await setUpConsortium(site.db)
  site.startImporter()
  const gateway = await startGatewayProcess(site.db.address)
  site.useGateway(() => gateway.state())
  const secrets = await openDestinations(site.db, true)
  const settled = Promise.resolve(gateway.state())
  await seedDemo(site.db, site.dataDir, new AbortController().signal, { settled, secrets })
  return site
}

const opened = noBrowser === false ? await openDemo() : null

function demo() {
  assert.ok(opened)
  return opened
}

const skip = noBrowser

type Bib = { readonly zone: string; readonly mmsId: string }

let found: Promise<Readonly<Record<string, string>>> | null = null

/** Where to look, by what is there. */
const screens = () => (found ??= findScreens())

async function findScreens(): Promise<Readonly<Record<string, string>>> {
  const { db } = demo()
  const jobs = await db.query<{ name: string; job: number }>(
    `select idempotency_key as name, job_id as job from import_job where idempotency_key like 'demo %'
     union all select kind, job_id from import_job where kind = 'undo'`,
  )
  const jobOf = (name: string) => jobs.find((job) => job.name === name)?.job
  const [issue] = await db.query<{ id: number }>(
    `select issue_id as id from import_issue where resolved_at is null and cardinality(candidates) = 2`,
  )
  const [unread] = await db.query<{ id: number }>(
    `select issue_id as id from import_issue where code = 'TRUNCATED'`,
  )
  const [exported] = await db.query<{ id: number }>(`select max(export_id) as id from gateway_export`)
  const invitation = await inviteFirst(db)
  const [bib] = await db.query<Bib>(
    `select code as zone, mms_id as "mmsId" from bib join zone using (zone_id) where version > 1 and record like '%880%'`,
  )
  const [collection] = await db.query<{ id: string }>(
    `select collection_id as id from collection_load order by load_id desc limit 1`,
  )
  const [own] = await db.query<Bib>(
    `select code as zone, mms_id as "mmsId" from bib join zone using (zone_id)
     where kind = 'institution' and linked_mms_id is null limit 1`,
  )
  const [gone] = await db.query<Bib>(
    `select code as zone, mms_id as "mmsId" from bib_version v join zone using (zone_id)
     where action = 'deleted' and not exists (select from bib b where b.mms_id = v.mms_id) limit 1`,
  )
  assert.ok(gone)
  const network = await getZone(db, 'NZ')
  const kept = { note: 'By eyes', entity: 'all-titles' } as const
  const set = await addSet(db, network, { ...kept, name: 'To do', members: [bib?.mmsId ?? ''] }, 'Ada')
  const savedSearch = await addSet(db, network, { ...kept, name: 'Asked', query: 'title = the' }, 'Ada')
  return {
    monitor: '/',
    'an import to be': '/import',
    'a report': `/jobs/${jobOf('demo approval')}`,
    'a report with repairs': `/jobs/${jobOf('demo tape')}?tab=files`,
    'a preview': `/jobs/${jobOf('demo may')}?tab=events`,
    'an undo': `/jobs/${jobOf('undo')}`,
    'a failed job': `/jobs/${jobOf('demo webPage')}`,
    'a merged record': `/jobs/${jobOf('demo approval')}/records/1/4`,
    'a repaired record': `/jobs/${jobOf('demo tape')}/records/1/6`,
    'a rejected record': `/jobs/${jobOf('demo tape')}/records/1/17`,
    issues: '/issues',
    'settled issues': '/issues?settled=true',
    'an issue': `/issues/${issue?.id}`,
    'an issue of bytes': `/issues/${unread?.id}`,
    'a bib': `/zones/${bib?.zone}/bibs/${bib?.mmsId}`,
    'a deleted bib': `/zones/${gone.zone}/bibs/${gone.mmsId}`,
    search: '/search?q=the',
    'records to be linked': '/link',
    'an advanced search': '/search?query=title+%3D+the',
    sets: '/sets',
    'a set': `/zones/NZ/sets/${set}`,
    'a saved search': `/zones/NZ/sets/${savedSearch}`,
    'a bib to be shared': `/zones/${own?.zone}/bibs/${own?.mmsId}/share`,
    'a bib in the editor': `/zones/${bib?.zone}/bibs/${bib?.mmsId}/edit`,
    templates: '/new-bib',
    'a new bib': '/zones/NZ/new-bib?template=book',
    rules: '/rules',
    'a rule file': '/zones/NZ/rules/normalize/hybrid-rda',
    'a rule that is built in': '/zones/NZ/rules/merge/overlay-all-but-local',
    profiles: '/profiles',
    'an import profile': '/zones/NZ/profiles/vendor-records',
    'a simulation to be': '/simulate',
    gateway: '/gateway',
    'an export': `/gateway/exports/${exported?.id}`,
    'a destination of exports': '/gateway/zones/NZ',
    'an invitation': `/welcome/${invitation}`,
    'electronic collections': '/collections',
    'a collection': `/zones/QUARRY/collections/${collection?.id}`,
    'loads of a collection': `/zones/QUARRY/collections/${collection?.id}?tab=loads`,
    'a load to be': `/zones/CZ/collections/${collection?.id}?tab=load`,
    'changes of activated titles': '/collections/changes',
    people: '/people',
    'an account': '/account',
    'the audit trail': '/audit',
    'no job': '/jobs/999999',
    nowhere: '/nowhere',
  }
}

test('every screen that has an address is looked at', { skip }, async () => {
  const router = await readFile(new URL('../src/web/router.tsx', import.meta.url), 'utf8')
  const patterns = [...router.matchAll(/^ {2}path: '(.+)',$/gm)].map(([, path = '']) => path)
  assert.ok(patterns.length >= 20)
  const paths = Object.values(await screens()).map((path) => path.replace(/\?.*/, ''))
  const isLookedAt = (pattern: string) =>
    paths.some((path) => new RegExp(`^${pattern.replace(/\$\w+/g, '[^/]+')}$`).test(path))
  assert.deepEqual(
    patterns.filter((pattern) => !isLookedAt(pattern)),
    [],
  )
})

/** What depends on the colours alone is looked at in both. */
const looks = { light: [], dark: ['color-contrast', 'link-in-text-block'] } as const

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen, ${scheme}`, { skip }, async () => {
    const { page, complaints, go } = await demo().openPage({ scheme })
    const found: string[] = []
    for (const [name, path] of Object.entries(await screens())) {
      await go(path)
      await page.locator('.screen-loading').waitFor({ state: 'detached' })
      found.push(...(await axeFindings(page, looks[scheme])).map((finding) => `${name}: ${finding}`))
    }
    assert.deepEqual(found, [])
    // The browser itself notes the answer 404 to what is not there.
    const unexpected = complaints.filter((complaint) => !complaint.includes('status of 404'))
    assert.deepEqual(unexpected, [])
  })
}

test('axe finds nothing in dialogs and menus', { skip }, async () => {
  const { page, go } = await demo().openPage()
  await go('/')
  const found: string[] = []
  const look = async (name: string) =>
    found.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`))
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await look('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await look('key sheet')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Resources' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Resolve import issues' }).waitFor()
  await look('menu')
  assert.deepEqual(found, [])
})

test('nothing has to be scrolled sideways on a narrow screen', { skip }, async () => {
  const { page, go } = await demo().openPage({ width: 320 })
  const wide: string[] = []
  for (const [name, path] of Object.entries(await screens())) {
    await go(path)
    await page.locator('.screen-loading').waitFor({ state: 'detached' })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > 320) wide.push(`${name}: ${width} pixels`)
  }
  assert.deepEqual(wide, [])
})

test('a screen that met an absent database comes back by itself when it is there again', {
  skip,
}, async () => {
  const { page } = await demo().openPage()
  const error = { code: 'DATABASE_AWAY', message: 'The database does not answer.' }
  await page.route('**/api/jobs?*', (route) => route.fulfill({ status: 503, json: { error } }))
  await page.goto(demo().address)
  await page.getByText('The database does not answer.').waitFor()
  await page.unroute('**/api/jobs?*')
  await page.getByRole('heading', { name: 'Monitor and view imports' }).waitFor()
})

const script = `<script>alert('script')</script><img src=x onerror="alert('image')">`
const hostile = mrc([
  record(
    `035 __ $a (OCoLC)777777 ${script}`,
    `245 10 $a ${script} \u202eesrever\u202c {{7*7}} ${'$'}{7*7} / $c ${script}`,
    `500 __ $a "><svg onload=alert('svg')>`,
    `856 40 $u javascript:alert('link') $y ${script}`,
  ),
  record(`500 __ $a No title, ${script}`),
])

/** Loads the hostile file and answers its job. */
async function loadHostile(): Promise<number> {
  const { db, dataDir } = demo()
  async function* bytes() {
    yield hostile
  }
  const { sha256 } = await storeStream(dataDir, bytes())
  const { job } = await submitJob(db, dataDir, {
    zone: 'NZ',
    profile: 'oclc-batch',
    files: [{ sha256, name: `"><img src=x onerror=alert('name')>\u202e.mrc` }],
    label: `${script} \u202edebal`,
    notes: `${script}\njavascript:alert('notes')\n${'x'.repeat(3000)}`,
    kind: 'import',
    by: script,
  })
  while ((await getJob(db, job.job)).finishedAt === null) await delay(50)
  return job.job
}

/** Places where text that turns around could turn its neighbours around too. */
const unisolated = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const isTurned = node.textContent?.includes('\u202e') === true
      if (isTurned && node.parentElement?.closest('bdi') === null) found.push(node.parentElement.outerHTML)
    }
    return found
  })

/** Screens of a hostile bib in other hands: copied, put into a set, edited, and beside a hostile title list. */
async function furtherPaths(mmsId: string): Promise<string[]> {
  const { address, db } = demo()
  const [network, community] = await Promise.all([getZone(db, 'NZ'), getZone(db, 'CZ')])
  const copied = await fetch(`${address}/api/zones/SALT/copied-bibs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ of: mmsId }),
  })
  assert.equal(copied.status, 200)
  const { mmsId: own }: { readonly mmsId: string } = await copied.json()
  const name = `${script} \u202etes`
  const set = await addSet(
    db,
    network,
    { name, note: script, entity: 'all-titles', members: [mmsId] },
    script,
  )
  const collection = await db.transaction((tx) =>
    addCollection(tx, community, { name: `${name} ${mmsId}`, provider: script }, script),
  )
  const list = `publication_title\ttitle_url\ttitle_id\tnotes\n${script} \u202eeltit\thttps://example.org/?q=%22%3E%3Csvg&x='onload=alert(1)\t${script}\t${script}\n${script}\tjavascript:alert(1)\t2\t\n`
  const load = { fileName: `"><img src=x onerror=alert('list')>.txt`, file: [Buffer.from(list)] }
  await loadCollection(db, community, collection, { ...load, by: script, isDryRun: false })
  return [
    `/zones/NZ/bibs/${mmsId}/edit`,
    `/zones/NZ/new-bib?from=${mmsId}`,
    `/zones/SALT/bibs/${own}`,
    `/zones/SALT/bibs/${own}/edit`,
    `/zones/SALT/bibs/${own}/share`,
    '/sets?zone=NZ',
    `/zones/NZ/sets/${set}`,
    '/collections',
    `/zones/CZ/collections/${collection}`,
    `/zones/CZ/collections/${collection}?tab=loads`,
    `/zones/SALT/collections/${collection}`,
  ]
}

async function lookAround({ page, go }: TestPage, job: number): Promise<void> {
  const { db } = demo()
  const [bib] = await db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from import_record where job_id = $1 and outcome = 'created'`,
    [job],
  )
  const [issue] = await db.query<{ id: number }>(
    `select issue_id as id from import_issue where job_id = $1`,
    [job],
  )
  const paths = [
    '/',
    `/jobs/${job}`,
    `/jobs/${job}?tab=files`,
    `/jobs/${job}?tab=events`,
    `/jobs/${job}/records/1/1`,
    `/jobs/${job}/records/1/2`,
    ...(issue ? ['/issues', `/issues/${issue.id}`] : []),
    `/zones/NZ/bibs/${bib?.mmsId}`,
    `/search?zone=NZ&q=esrever`,
    `/jobs/${job}?outcome=${encodeURIComponent(script)}&code=${encodeURIComponent(script)}`,
    ...(bib ? await furtherPaths(bib.mmsId) : []),
  ]
  for (const path of paths) {
    await go(path)
    // The text editor puts an empty picture beside what is not text.
    const dangerous = await page
      .locator('[href^="javascript:" i], main img:not(.cm-widgetBuffer), main script, main svg[onload]')
      .count()
    assert.equal(dangerous, 0, path)
    assert.deepEqual(await unisolated(page), [], path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 1280, `${path} is ${width} pixels wide`)
  }
  await page.keyboard.press('Control+k')
  await page.keyboard.type('esrever')
  await page.getByRole('menuitem').first().waitFor()
}

test('what a hostile file says is shown as text, and nothing of it runs', { skip }, async () => {
  const job = await loadHostile()
  const at = await demo().openPage()
  await lookAround(at, job)
  assert.deepEqual(at.complaints, [])
})

test('what turns a label or the name of a file round is shown, and turns nothing', { skip }, async () => {
  const { page, go } = await demo().openPage()
  const job = await loadHostile()
  await go(`/jobs/${job}`)
  assert.match((await page.locator('h1').textContent()) ?? '', /⟦202E⟧debal$/)
  await go(`/jobs/${job}/records/1/1`)
  assert.match((await page.locator('.head-line').textContent()) ?? '', /⟦202E⟧\.mrc, byte 0, /)
})

test('a screen takes out of its address what it does not know, and opens', { skip }, async () => {
  const { page, complaints, go } = await demo().openPage()
  const [issue] = await demo().db.query<{ id: number }>(`select min(issue_id) as id from import_issue`)
  for (const [asked, shown] of [
    ['/?q=x', '/'],
    ['/?status=done&zone=a%20b&limit=x', '/'],
    ['/?status=completed&q=x', '/?status=completed'],
    ['/import?q=x', '/import'],
    ['/jobs/1?outcome=lost&tab=none&code=%3Cb%3E', '/jobs/1'],
    ['/jobs/1/records/1/1?q=x', '/jobs/1/records/1/1'],
    ['/search?sort=best&entity=all&facet=x&years=2000-1990', '/search'],
    ['/search?q=991000000000015816', '/search?q=991000000000015816'],
    ['/rules?zone=a%20b&kind=none&q=1', '/rules'],
    ['/profiles?zone=NZ&q=1', '/profiles?zone=NZ'],
    ['/simulate?profile=%3Cb%3E&job=x&draft=maybe', '/simulate'],
    ['/issues?job=x&settled=perhaps&q=1', '/issues'],
    [`/issues/${issue?.id}?q=1`, `/issues/${issue?.id}`],
  ] as const) {
    await go(asked)
    await page.waitForURL(`${demo().address}${shown}`)
    await page.locator('.screen-loading').waitFor({ state: 'detached' })
    assert.equal(await page.locator('.fault').count(), 0, asked)
  }
  assert.deepEqual(complaints, [])
})
