import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'node:test'
import { lockBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { getJob } from '../src/import/job.ts'
import { saveProfile } from '../src/import/profile.ts'
import { storeStream } from '../src/import/store.ts'
import { submitJob } from '../src/import/submit.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { axeFindings, noBrowser, openSite, type TestPage, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'
import { book, mrc } from './jobs.ts'
import { polyglot } from './polyglot.ts'

/*
 * The page of a bib: read, copied from, and followed back through its versions, by keyboard alone.
 */

const skip = noBrowser

const sipur = record(
  '020 __ $a 9789650710330',
  '020 __ $a 9789650710347',
  '035 __ $a (OCoLC)ocm00050271',
  '100 1_ $6 880-01 $a Oz, Amos, $e author.',
  '245 10 $6 880-02 $a Sipur / $c Amos Oz.',
  '650 _0 $a Authors, Israeli $v Biography.',
  '880 1_ $6 100-01/(2/r $a עוז, עמוס,',
  '880 10 $6 245-02/(2/r $a סיפור / $c עמוס עוז.',
)

async function openCatalogue() {
  const site = await openSite()
  const { db, dataDir } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, {
    code: 'SALT',
    kind: 'institution',
    name: 'Saltmarsh',
    suffix: '5801',
    network: 'NZ',
  })
  await saveProfile(db, await getZone(db, 'NZ'), shippedProfile('repository'), null)
  site.startImporter()
  /** Loads one record, and answers the bib that it became. */
  const load = async (content: Parameters<typeof mrc>[0][number]): Promise<string> => {
    async function* bytes() {
      yield mrc([content])
    }
    const { sha256 } = await storeStream(dataDir, bytes())
    const { job } = await submitJob(db, dataDir, {
      zone: 'NZ',
      profile: 'repository',
      files: [{ sha256, name: 'one.mrc' }],
      label: '',
      notes: '',
      kind: 'import',
      by: 'tests',
    })
    while ((await getJob(db, job.job)).finishedAt === null) await delay(50)
    const [loaded] = await db.query<{ mmsId: string }>(
      `select mms_id as "mmsId" from import_record where job_id = $1`,
      [job.job],
    )
    return loaded?.mmsId ?? ''
  }
  const hebrew = await addBib(db, 'NZ', sipur)
  const linked = await addBib(db, 'SALT', record('590 __ $a Signed. $9 LOCAL'), { linkedMmsId: hebrew })
  const emma = await load(book(1, 'Emma', '500 __ $a First printing.'))
  await load(book(1, 'Emma', '500 __ $a Second printing.'))
  await load(book(1, 'Emma', '500 __ $a Third printing.', '650 _0 $a Matchmakers.'))
  const persuasion = await load(book(2, 'Persuasion', '500 __ $a First of all.'))
  await load(book(2, 'Persuasion', '500 __ $a Then another.'))
  const hostile = await addBib(db, 'NZ', polyglot)
  return { site, hebrew, linked, emma, persuasion, hostile }
}

const opened = noBrowser === false ? await openCatalogue() : null

function catalogue() {
  assert.ok(opened)
  return opened
}

const pathOf = (zone: string, mmsId: string, search = '') => `/zones/${zone}/bibs/${mmsId}${search}`

async function openBib(zone: string, mmsId: string, search = ''): Promise<TestPage> {
  const at = await catalogue().site.openPage()
  await at.go(pathOf(zone, mmsId, search))
  return at
}

test('a record is read in words, other scripts in their direction under what they stand for', {
  skip,
}, async () => {
  const { page, complaints } = await openBib('NZ', catalogue().hebrew)
  const title = page.locator('.reading [data-label="title"]')
  assert.match(await title.innerText(), /^Title\s+Sipur \/ Amos Oz\.\s+סיפור \/ עמוס עוז\.$/)
  const other = title.locator('.other-script')
  assert.equal(await other.getAttribute('dir'), 'rtl')
  assert.equal(await other.getAttribute('lang'), 'und-Hebr')
  assert.equal(await page.locator('.title-other').innerText(), 'סיפור')
  assert.equal(
    await page.locator('.reading [data-label="subject"] dd').innerText(),
    'Authors, Israeli — Biography.',
  )
  assert.deepEqual(complaints, [])
})

test('v goes from reading to MARC, MARCXML and the bytes, and the address says which', {
  skip,
}, async () => {
  const { page, go } = await openBib('NZ', catalogue().hebrew)
  await page.keyboard.press('v')
  await page.locator('.marc').getByText('‡6').first().waitFor()
  await page.keyboard.press('v')
  await page.getByText('<subfield code="a">Sipur /</subfield>').waitFor()
  await page.keyboard.press('v')
  await page.waitForURL('**?view=bytes')
  await page.getByText(/^00000 {2}30 30/).waitFor()
  // The next bib is looked at in the same way.
  await go(pathOf('NZ', catalogue().emma))
  await page.getByText(/^00000 {2}30 30/).waitFor()
})

test('each number of a bib is copied by its keys, and the page says what was copied', { skip }, async () => {
  const { hebrew } = catalogue()
  const { page } = await openBib('NZ', hebrew)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  for (const [key, name, value] of [
    ['m', 'MMS ID', hebrew],
    ['o', 'OCLC', '50271'],
    ['i', 'ISBN', '9789650710330'],
  ] as const) {
    await page.keyboard.press('y')
    await page.keyboard.press(key)
    await page.getByRole('status').getByText(`${name} ${value} is copied.`).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), value)
  }
})

test('the versions are walked through, and any two held against each other', { skip }, async () => {
  const { page } = await openBib('NZ', catalogue().emma)
  await page.getByRole('list', { name: 'Versions, newest first' }).getByText('Version 3').waitFor()
  await page.keyboard.press('[')
  await page.waitForURL('**?version=2')
  await page.getByText('This is version 2').waitFor()
  assert.match(await page.locator('.reading').innerText(), /Second printing/)
  await page.keyboard.press('d')
  await page.getByRole('heading', { name: 'What changed from version 1 to 2' }).waitFor()
  await page.keyboard.press(']')
  await page.getByRole('heading', { name: 'What changed from version 2 to 3' }).waitFor()
  await tabTo(page, '.comparison-head .choice-button')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: /^Version 1/ }).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What changed from version 1 to 3' }).waitFor()
  assert.match(await page.locator('.marc-diff').innerText(), /650.*Matchmakers/s)
  await page.keyboard.press('d')
  await page.locator('.reading').getByText('Third printing').waitFor()
})

test('the job and the record that brought a bib are one press away', { skip }, async () => {
  const { page } = await openBib('NZ', catalogue().emma)
  await tabTo(page, '.facts a[href="/jobs/3/records/1/1"]')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Record 1/ }).waitFor()
})

test('a bib that is suppressed, not published, brief or locked says so, and by whom', { skip }, async () => {
  const { site, emma } = catalogue()
  const { db } = site
  const { zoneId } = await getZone(db, 'NZ')
  await db.execute(
    `update bib set suppressed = true, publish_to_oclc = 'do-not-publish', brief_level = 3 where mms_id = $1`,
    [emma],
  )
  const at = await openBib('NZ', emma)
  const badges = async () => (await at.page.locator('.badges').innerText()).split('\n')
  assert.deepEqual(await badges(), ['Suppressed', 'Not published', 'Brief: 3 of 10'])
  await lockBib(db, zoneId, emma, 'Wren Okafor', zoneId)
  await at.go(pathOf('NZ', emma))
  assert.match((await badges()).at(-1) ?? '', /^Locked by Wren Okafor since /)
})

test('a linked bib leads to the network’s, and that one to whoever is linked to it', { skip }, async () => {
  const { linked, hebrew } = catalogue()
  const { page } = await openBib('SALT', linked)
  await page.getByRole('link', { name: `Linked to ${hebrew} in NZ` }).press('Enter')
  await page.waitForURL(`**${pathOf('NZ', hebrew)}`)
  await page.locator('.held-by').getByRole('link', { name: 'Saltmarsh' }).press('Enter')
  await page.waitForURL(`**${pathOf('SALT', linked)}`)
})

test('a version is restored by a key, as a new version', { skip }, async () => {
  const { page } = await openBib('NZ', catalogue().persuasion, '?version=1')
  await page.getByText('This is version 1').waitFor()
  await page.keyboard.press('R')
  await page.getByRole('status').getByText('Restored, as version 3.').waitFor()
  await page.locator('.reading').getByText('First of all').waitFor()
  await page.getByRole('list', { name: 'Versions, newest first' }).getByText('restored').waitFor()
})

test('a version that there never was is said to be none', { skip }, async () => {
  const { page } = await openBib('NZ', catalogue().emma, '?version=9')
  await page.getByText('This bib has no version 9.').waitFor()
})

test('nothing of a record that means harm runs in any view of it', { skip }, async () => {
  const { hostile } = catalogue()
  const { page, complaints, go } = await openBib('NZ', hostile)
  for (const view of ['reading', 'marc', 'xml', 'bytes']) {
    await go(pathOf('NZ', hostile, `?view=${view}`))
    await page.locator('[role=tabpanel]').waitFor()
    const dangerous = await page
      .locator('[href^="javascript:" i], [href^="data:" i], main img, main script, main iframe, main math')
      .count()
    assert.equal(dangerous, 0, view)
    assert.deepEqual(await axeFindings(page), [], view)
  }
  assert.deepEqual(complaints, [])
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the views and comparisons of a bib, ${scheme}`, { skip }, async () => {
    const { site, emma, hebrew } = catalogue()
    const { page, go } = await site.openPage({ scheme })
    for (const path of [
      pathOf('NZ', hebrew, '?view=reading'),
      pathOf('NZ', hebrew, '?view=marc'),
      pathOf('NZ', hebrew, '?view=xml'),
      pathOf('NZ', hebrew, '?view=bytes'),
      pathOf('NZ', emma, '?version=1'),
      pathOf('NZ', emma, '?version=3&with=1'),
    ]) {
      await go(path)
      await page.locator('.timeline li').first().waitFor()
      assert.deepEqual(await axeFindings(page), [], path)
    }
  })
}

test('no view of a bib has to be scrolled sideways on a narrow screen', { skip }, async () => {
  const { site, emma, hebrew } = catalogue()
  const { page, go } = await site.openPage({ width: 320 })
  for (const path of [
    ...['reading', 'marc', 'xml', 'bytes'].map((view) => pathOf('NZ', hebrew, `?view=${view}`)),
    pathOf('NZ', emma, '?version=3&with=1'),
  ]) {
    await go(path)
    await page.locator('.timeline li').first().waitFor()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 320, `${path} is ${width} pixels wide`)
  }
})
