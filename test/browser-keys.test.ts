import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { connect } from '../src/db/database.ts'
import { saveProfile } from '../src/import/profile.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { noBrowser, openSite, tabTo } from './browser.ts'
import { addBib } from './catalogue.ts'
import { book, mrc } from './jobs.ts'

/*
 * One cataloguer's morning, by keyboard alone. The tests go on from each other.
 */

async function openMorning() {
  const site = await openSite()
  const { db } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await saveProfile(db, await getZone(db, 'NZ'), shippedProfile('repository'), null)
  await addBib(db, 'NZ', book(1, 'Emma'))
  await addBib(db, 'NZ', book(3, 'Sanditon'))
  await addBib(db, 'NZ', book(3, 'Sanditon', '500 __ $a Another copy.'))
  return { site, ...(await site.openPage()) }
}

const opened = noBrowser === false ? await openMorning() : null

function morning() {
  assert.ok(opened)
  return opened
}

const file = mrc([
  book(1, 'Emma', '650 _0 $a Matchmakers $v Fiction.'),
  book(2, 'Persuasion'),
  book(3, 'Sanditon'),
])

const skip = noBrowser

test('a file is uploaded and previewed', { skip }, async () => {
  const { page, go } = morning()
  await go('/')
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page.waitForURL('**/import')
  const choosing = page.waitForEvent('filechooser')
  await tabTo(page, '.file-drop .button')
  await page.keyboard.press('Enter')
  const chooser = await choosing
  await chooser.setFiles({ name: 'austen.mrc', mimeType: 'application/marc', buffer: file })
  await page.getByText('Stored').waitFor()
  await tabTo(page, 'input[maxlength="200"]')
  await page.keyboard.type('Austen, first shipment')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Preview' }).waitFor()
})

test('a job says that it waits for an importer, and goes on before one’s eyes when there is one', {
  skip,
}, async () => {
  const { page, site } = morning()
  await page.getByText('Waiting for an importer').waitFor()
  site.startImporter()
  await page.locator('.job-status[data-status="completed"]').waitFor()
  const balance = await page.locator('.balance').innerText()
  assert.match(balance, /^3 in = 1 created \+ 1 merged \+ 1 unresolved/)
})

test('the difference that a record would make is looked at, and the next one', { skip }, async () => {
  const { page } = morning()
  await tabTo(page, '.grid [role="row"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/records/1/1')
  const added = page.locator('.marc-diff tr[data-change="added"]')
  await added.waitFor()
  assert.match(await added.innerText(), /650.*Matchmakers/s)
  await page.keyboard.press(']')
  await page.waitForURL('**/records/1/2')
  await page.getByText('A new bib: every field is new.').waitFor()
  await page.keyboard.press('b')
  await page.waitForURL(/\/jobs\/1$/)
})

test('exactly the preview is committed, and its progress is seen as it goes', { skip }, async () => {
  const { page, site } = morning()
  const holder = connect(site.db.address, { max: 1 })
  const released = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  // The ledger cannot be written until the page has shown that it waits for it.
  const holding = holder.transaction(async (tx) => {
    await tx.query('lock table import_record in share mode')
    held.resolve()
    await released.promise
  })
  try {
    await held.promise
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/jobs\/2$/)
    await page.getByText('0 of 3 records done').waitFor()
  } finally {
    released.resolve()
    await holding
    await holder.close()
  }
  await page.locator('.job-status[data-status="completed"]').waitFor()
  assert.match(await page.locator('.balance').innerText(), /^3 in = 1 created \+ 1 merged \+ 1 unresolved/)
})

test('an outcome filters the records', { skip }, async () => {
  const { page } = morning()
  await page.keyboard.press('/')
  await page.keyboard.press('Space')
  await page.waitForURL('**/jobs/2?outcome=created')
  await page.locator('.grid[aria-rowcount="2"]').waitFor()
  assert.match(await page.locator('.grid-body').innerText(), /Persuasion/)
  await page.keyboard.press('Space')
  await page.locator('.grid[aria-rowcount="4"]').waitFor()
})

test('an issue is settled with the bib of one’s choice in view', { skip }, async () => {
  const { page } = morning()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.waitForURL('**/issues')
  await tabTo(page, '.grid [role="row"]')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Issue 1' }).waitFor()
  await page.getByText('More than one bib matches.').waitFor()
  const chosen = () => page.locator('.radio[data-selected]').innerText()
  const first = await chosen()
  await page.keyboard.press('n')
  assert.notEqual(await chosen(), first)
  await page.keyboard.press('m')
  await page.getByRole('alertdialog').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/issues')
  await page.getByText('Nothing waits for a person').waitFor()
  const [issue] = await morning().site.db.query<{ resolution: string }>('select resolution from import_issue')
  assert.equal(issue?.resolution, 'merge')
})

test('a job is undone, and its report says what went back', { skip }, async () => {
  const { page, go } = morning()
  await go('/jobs/2')
  await page.keyboard.press('Alt+u')
  await page.getByRole('alertdialog').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/jobs\/3$/)
  await page.locator('.job-status[data-status="completed"]').waitFor()
  await page.getByText('3 to take back').waitFor()
  assert.match(await page.locator('.balance').innerText(), /1 removed \+ 2 restored/)
})

test('the palette finds what there is by its words, and the key sheet shows every key', {
  skip,
}, async () => {
  const { page } = morning()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('job 1')
  await page.getByRole('menuitem', { name: 'Go to job 1' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/jobs\/1$/)
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Add as a new bib').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the browser had nothing to complain of', { skip }, () => {
  assert.deepEqual(morning().complaints, [])
})
