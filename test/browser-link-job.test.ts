import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addSet } from '../src/catalog/sets/saved-set.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { axeFindings, noBrowser, openSite, type TestPage, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'

/*
 * A set of records is linked to the network by keyboard alone: which, the dry run, its report, the commit, the undo.
 */

const skip = noBrowser

const book = (oclc: number, title: string) =>
  record(`035 __ $a (OCoLC)${oclc}`, '100 1_ $a Austen, Jane.', `245 10 $a ${title}.`)

async function openCatalogue() {
  const site = await openSite()
  const { db } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  await addShippedProfiles(db, await getZone(db, 'NZ'), null)
  site.startImporter()
  const theirs = await addBib(db, 'NZ', book(1, 'Emma'))
  const ours = [await addBib(db, 'SALT', book(1, 'Emma')), await addBib(db, 'SALT', book(2, 'Persuasion'))]
  await addSet(
    db,
    await getZone(db, 'SALT'),
    { name: 'Novels of Austen', note: null, entity: 'all-titles', members: ours },
    'tests',
  )
  return { site, theirs, ours }
}

const opened = noBrowser === false ? await openCatalogue() : null

function catalogue() {
  assert.ok(opened)
  return opened
}

async function open(path: string, zone = 'SALT'): Promise<TestPage> {
  const at = await catalogue().site.openPage()
  await at.go('/')
  await at.page.evaluate((code) => localStorage.setItem('accession.zone', code), zone)
  await at.go(path)
  return at
}

const linkedOf = async (mmsId: string) => {
  const [row] = await catalogue().site.db.query<{ linked: string | null }>(
    `select linked_mms_id as linked from bib where mms_id = $1`,
    [mmsId],
  )
  return row?.linked ?? null
}

test('a set is linked: by name from the palette, dry run, commit of it, and undo', { skip }, async () => {
  const { theirs, ours } = catalogue()
  const [emma = '', persuasion = ''] = ours
  const { page, complaints } = await open('/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('link a set of records')
  await page.getByRole('menuitem', { name: /Link a set of records to the network zone/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Link a set of records to the network zone' }).waitFor()
  await page.getByText('Choose a set.', { exact: true }).last().waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '.import-form section:first-of-type .radios ~ .choice .choice-button')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Novels of Austen · All titles, 2' }).waitFor()
  await page.keyboard.press('Enter')
  await tabTo(page, '.switch input')
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: /Dry run of linking/ }).waitFor()
  const counts = page.locator('.link-counts')
  await counts.getByText('Bibs without a match are contributed.').waitFor()
  await page.waitForFunction(
    () => document.querySelector('.link-counts dl')?.textContent?.startsWith('Linked2') === true,
  )
  assert.match((await counts.textContent()) ?? '', /Linked2of these, contributed as new1/)
  assert.deepEqual([await linkedOf(emma), await linkedOf(persuasion)], [null, null])
  await page.getByRole('row', { name: new RegExp(`Emma.*${emma}.*${theirs}`) }).waitFor()
  assert.deepEqual(await axeFindings(page), [])

  await page.locator('.head-actions .button.primary').getByText('Commit exactly this').waitFor()
  await page.keyboard.press('Control+Enter')
  const commit = page.getByRole('alertdialog')
  assert.match(await commit.innerText(), /2 bibs linked.*of these, 1 bib contributed as new/s)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Commit of preview/ }).waitFor()
  await page.locator('.job-status[data-status=completed]').waitFor()
  assert.equal(await linkedOf(emma), theirs)
  assert.match((await linkedOf(persuasion)) ?? '', /5816$/)

  await page.locator('.head-actions .button:not([aria-disabled=true])').getByText('Undo …').waitFor()
  await page.keyboard.press('Alt+U')
  await page.getByRole('alertdialog').getByText('2 bibs that it linked become again what they were').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Undo of job/ }).waitFor()
  await page.locator('.job-status[data-status=completed]').waitFor()
  assert.deepEqual([await linkedOf(emma), await linkedOf(persuasion)], [null, null])

  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.getByRole('row', { name: /Dry run of linking/ }).waitFor()
  assert.deepEqual(complaints, [])
})

test('a set leads from its own page to the job that links it', { skip }, async () => {
  const { db } = catalogue().site
  const [set] = await db.query<{ id: number }>(`select set_id as id from saved_set`)
  const { page } = await open(`/zones/SALT/sets/${set?.id}`)
  await page.getByRole('link', { name: 'Link these to the network' }).press('Enter')
  await page.locator('.choice-button').getByText('Novels of Austen · All titles, 2').waitFor()
  await page.locator('.form-foot .button:not([disabled])').getByText('Submit the dry run').waitFor()
})

test('what a search has found is taken along to the job', { skip }, async () => {
  const { page } = await open('/search?zone=SALT&q=austen')
  await page.locator('.result').first().waitFor()
  await tabTo(page, 'a[href^="/link?"]')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: /The results of a search/, checked: true }).waitFor()
  assert.match(await page.locator('.query-text textarea').inputValue(), /^keywords = "austen"$/)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: /Dry run of linking/ }).waitFor()
  await page.waitForFunction(
    () => document.querySelector('.link-counts dl')?.textContent?.startsWith('Linked1') === true,
  )
})

test('numbers are pasted, and what is none keeps the job from being submitted and is named', {
  skip,
}, async () => {
  const [emma = ''] = catalogue().ours
  const { page } = await open('/link')
  await page.getByRole('radio', { name: /A list of MMS IDs/ }).waitFor()
  await tabTo(page, 'input[type=radio][value=set]')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await tabTo(page, '.query-text textarea')
  await page.keyboard.insertText(`${emma}\n9780141439587\n`)
  await page.getByText('Not an MMS ID: 9780141439587.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(emma)
  await page.getByText('1 bib', { exact: true }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: /Dry run of linking/ }).waitFor()
})

test('whoever works in the network is asked for an institution', { skip }, async () => {
  const { page } = await open('/link', 'NZ')
  await page.locator('#why-not').getByText('Choose an institution.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
})
