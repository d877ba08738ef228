import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { axeFindings, noBrowser, openSite, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'

/*
 * What a library has of a title: added, changed and deleted on the record page, by keyboard alone. The tests go
 * on from each other.
 */

const skip = noBrowser

async function openShelf() {
  const site = await openSite()
  const { db, address } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  const mmsId = await addBib(db, 'NZ', record('050 00 $a PR4034 $b .E5', '245 10 $a Emma / $c Jane Austen.'))
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch(`${address}${path}`, { method: 'POST', body: JSON.stringify(body), headers })
    assert.ok(reply.ok, await reply.text())
  }
  await post('/api/zones/SALT/libraries', { code: 'MAIN', name: 'Marsh Library' })
  await post('/api/zones/SALT/libraries/MAIN/locations', {
    code: 'STACKS',
    name: 'Stacks',
    callNumberType: '0',
  })
  return { mmsId, ...(await site.openPage()) }
}

const opened = noBrowser === false ? await openShelf() : null

function shelf() {
  assert.ok(opened)
  return opened
}

test('holdings that are added on a bib of the network go to the institution’s, with the call number of the bib', {
  skip,
}, async () => {
  const { page, go, mmsId } = shelf()
  await go(`/zones/NZ/bibs/${mmsId}`)
  await page.getByRole('heading', { name: 'Inventory' }).waitFor()
  await page.keyboard.press('Control+Alt+h')
  await page.getByRole('dialog').waitFor()
  await tabTo(page, '[role="dialog"] .choice-button')
  await page.keyboard.press('Enter')
  await page.locator('[role="option"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[role="dialog"] .choice-button', { hasText: 'Marsh Library · Stacks' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '[role="dialog"] button[type="submit"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/zones/SALT/bibs/**')
  await page.locator('.holdings .call-number').waitFor()
  assert.match(await page.locator('.holdings').innerText(), /Marsh Library · Stacks[\s\S]*PR4034 \.E5/)
})

test('an item has a barcode; a second one with the same is refused, and says where the first is', {
  skip,
}, async () => {
  const { page } = shelf()
  for (const isSecond of [false, true]) {
    await page.locator('.holdings .button').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, '[role="dialog"] .text-field input')
    await page.keyboard.type('30001')
    await page.keyboard.press('Enter')
    if (isSecond) await page.locator('[role="dialog"] .fault').waitFor()
    else await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  assert.match(await page.locator('[role="dialog"] .fault').innerText(), /30001/)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await page.locator('.holdings tbody tr').count(), 1)
  assert.deepEqual(await axeFindings(page), [])
})

test('an item is changed; what the form does not show stays; then it goes, and the page says what is left', {
  skip,
}, async () => {
  const { page } = shelf()
  await page.getByRole('button', { name: 'Change the item 30001' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.getByRole('textbox', { name: 'Description' }).focus()
  await page.keyboard.type('v.1')
  await page.keyboard.press('Enter')
  await page.getByRole('cell', { name: 'v.1' }).waitFor()
  await page.getByRole('button', { name: 'Delete the item 30001' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('0 items').waitFor()
  await page.getByRole('button', { name: /Delete the holdings/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog', { name: 'The last inventory of the bib' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '[role="alertdialog"] .choice-button')
  await page.keyboard.press('Enter')
  await page.locator('[role="option"]:focus').waitFor()
  // It is linked: it may be kept or suppressed, and not deleted.
  assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['is kept', 'is suppressed'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await tabTo(page, '[role="alertdialog"] .button.primary')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing yet: no holdings, no portfolio.').waitFor()
  await page.getByText('Deleted, and the bib suppressed.').waitFor()
})

test('an address that runs something is no portfolio; a sound one is a link that tells nobody where it was', {
  skip,
}, async () => {
  const { page, complaints } = shelf()
  await page.keyboard.press('Alt+p')
  await page.getByRole('dialog').waitFor()
  await tabTo(page, '[role="dialog"] .text-field input')
  await page.keyboard.type('javascript:alert(1)')
  await page.keyboard.press('Enter')
  await page.locator('[role="dialog"] .fault').waitFor()
  await page.getByRole('textbox', { name: 'Address' }).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('https://example.org/emma')
  await page.keyboard.press('Enter')
  const link = page.getByRole('link', { name: 'https://example.org/emma' })
  await link.waitFor()
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
  assert.deepEqual(await axeFindings(page), [])
  // The browser itself notes the answers that refuse.
  assert.deepEqual(
    complaints.filter((complaint) => !/status of 4\d\d/.test(complaint)),
    [],
  )
})
