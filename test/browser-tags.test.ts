import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { listIssues } from '../src/import/issues.ts'
import { getJob } from '../src/import/job.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { storeStream } from '../src/import/store.ts'
import { submitJob } from '../src/import/submit.ts'
import { axeFindings, noBrowser, openSite } from './browser.ts'
import { addBib, record } from './catalogue.ts'
import { book, mrc } from './jobs.ts'

/*
 * D18: a bib that is suppressed, or not published, says so wherever it is shown.
 */

const skip = noBrowser

async function openCatalogue() {
  const site = await openSite()
  const { db, dataDir } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  await addShippedProfiles(db, await getZone(db, 'NZ'), null)
  site.startImporter()
  const emma = await addBib(db, 'NZ', book(1, 'Emma'))
  const twice = [await addBib(db, 'NZ', book(2, 'Persuasion')), await addBib(db, 'NZ', book(2, 'Persuasion'))]
  const linked = await addBib(db, 'SALT', record('590 __ $a Ours. $9 LOCAL'), { linkedMmsId: twice[0] ?? '' })
  await db.execute(
    `update bib set suppressed = true, publish_to_oclc = 'do-not-publish' where mms_id = any($1::text[])`,
    [[emma, twice[0], linked]],
  )
  async function* bytes() {
    yield mrc([book(1, 'Emma', '500 __ $a A note.'), book(2, 'Persuasion', '500 __ $a A note.')])
  }
  const { sha256 } = await storeStream(dataDir, bytes())
  const { job } = await submitJob(db, dataDir, {
    zone: 'NZ',
    profile: 'repository',
    files: [{ sha256, name: 'two.mrc' }],
    label: '',
    notes: '',
    kind: 'import',
    by: 'tests',
  })
  while ((await getJob(db, job.job)).finishedAt === null) await delay(50)
  const [issue] = await listIssues(db, { job: job.job, open: true, limit: 1 })
  assert.ok(issue, 'two bibs match the second record')
  return { site, emma, twice, job: job.job, issue: issue.id }
}

const opened = noBrowser === false ? await openCatalogue() : null

async function open(path: string) {
  assert.ok(opened)
  const at = await opened.site.openPage()
  await at.go(path)
  return at.page
}

function catalogue() {
  assert.ok(opened)
  return opened
}

test('the report’s rows say it of the bib that a record came to, and so does the record’s page', {
  skip,
}, async () => {
  const { job } = catalogue()
  const page = await open(`/jobs/${job}`)
  await page.getByRole('row', { name: /Emma.*Suppressed, Not published/ }).waitFor()
  await page.goto(`${catalogue().site.address}/jobs/${job}/records/1/1`)
  const badges = page.locator('.report-head .badge')
  await badges.first().waitFor()
  assert.deepEqual(await badges.allInnerTexts(), ['Suppressed', 'Not published'])
})

test('the explanation says it of each candidate', { skip }, async () => {
  const { job, twice } = catalogue()
  const page = await open(`/jobs/${job}/records/1/2`)
  await page.keyboard.press('e')
  const candidates = page.locator('.score-list li')
  await candidates.first().waitFor()
  const said = await candidates.allInnerTexts()
  assert.equal(said.length, 2)
  for (const line of said)
    assert.equal(/Suppressed.*Not published/s.test(line), line.includes(twice[0] ?? ''), line)
})

test('an issue says it of each candidate, and whom a change of the chosen one affects', {
  skip,
}, async () => {
  const { issue, twice } = catalogue()
  const page = await open(`/issues/${issue}`)
  await page.locator('.candidate').first().waitFor()
  for (const text of await page.locator('.candidate').allInnerTexts())
    assert.equal(/Suppressed\s+Not published/.test(text), text.includes(twice[0] ?? ''), text)
  await page.locator('.impact').getByText('Saltmarsh').waitFor()
  await page.locator('.impact .badge').getByText('Not published').waitFor()
  assert.deepEqual(await axeFindings(page), [])
})

test('results, their preview and the palette say it', { skip }, async () => {
  const page = await open('/search?zone=NZ&q=emma')
  await page.locator('.result .badge').getByText('Suppressed').waitFor()
  await page.locator('.result').first().focus()
  await page.keyboard.press('o')
  await page.locator('.preview .badge').getByText('Not published').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('emma')
  await page
    .getByRole('menuitem', { name: 'Emma' })
    .getByText(/Suppressed · Not published/)
    .waitFor()
})

test('who holds a title says it of each institution’s bib', { skip }, async () => {
  const { twice } = catalogue()
  const page = await open(`/zones/NZ/bibs/${twice[0]}`)
  await page.locator('.impact .badge').first().waitFor()
  assert.deepEqual(await page.locator('.impact .badge').allInnerTexts(), ['Suppressed', 'Not published'])
})
