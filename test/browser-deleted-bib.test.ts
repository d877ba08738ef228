import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { axeFindings, noBrowser, openSite } from './browser.ts'
import { addBib, record } from './catalogue.ts'

/*
 * The page of a bib that was deleted, by keyboard alone: found by its number, looked at, and brought back.
 */

const skip = noBrowser

async function openCatalogue() {
  const site = await openSite()
  await addZone(site.db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801' })
  const mmsId = await addBib(
    site.db,
    'SALT',
    record('100 1_ $a Austen, Jane.', '245 10 $a Emma.', '500 __ $a First.'),
  )
  return { site, mmsId }
}

const opened = noBrowser === false ? await openCatalogue() : null

test('a deleted bib is found by its number, shows what it was, and comes back by a key', {
  skip,
}, async () => {
  assert.ok(opened)
  const { site, mmsId } = opened
  const { page, complaints, go } = await site.openPage()
  await go('/search')
  const bib = `${site.address}/api/zones/SALT/bibs/${mmsId}`
  assert.equal((await page.request.delete(bib)).status(), 200)
  await page.keyboard.press('/')
  await page.keyboard.type(mmsId)
  await page.keyboard.press('Enter')
  await page.getByText(`Bib ${mmsId} was deleted on`).waitFor()
  await page.getByRole('link', { name: 'See what it was' }).press('Enter')
  await page.getByRole('heading', { name: 'Emma.', level: 1 }).waitFor()
  await page.getByText('The bib was deleted').waitFor()
  await page.getByText('First.').waitFor()
  assert.match(
    await page.getByRole('main').innerText(),
    /Deleted.*The bib was deleted on \d{4}-\d\d-\d\d, .* by cataloguer\./s,
  )
  assert.equal(await page.title(), 'Emma. · deleted · Accession')
  assert.deepEqual(await axeFindings(page), [])
  // The deletion itself is a version, and nothing to be restored.
  await page.getByRole('link', { name: 'Version 2' }).press('Enter')
  await page.getByText('Here the bib was removed.').waitFor()
  await page.getByText('This is the deletion: choose a version before it.').waitFor()
  await page.getByRole('link', { name: 'Version 1', exact: true }).press('Enter')
  await page.keyboard.press('R')
  await page.getByText('Restored, as version 3.').first().waitFor()
  await page.getByRole('button', { name: /MMS ID/ }).waitFor()
  assert.equal((await page.request.get(bib)).status(), 200)
  // What the browser itself says of the answer that the bib was not there.
  assert.deepEqual(
    complaints.filter((complaint) => !complaint.includes('status of 404')),
    [],
  )
})

test('a number that no bib ever had leads to a plain refusal', { skip }, async () => {
  assert.ok(opened)
  const { page, go } = await opened.site.openPage()
  await go('/zones/SALT/bibs/999999999999995801')
  await page.getByText('There is and was no bib 999999999999995801').waitFor()
})
