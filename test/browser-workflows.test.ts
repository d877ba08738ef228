import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { addZone } from '../src/catalog/zone.ts'
import { noBrowser, openSite, type TestPage } from './browser.ts'
import { addBib, record } from './catalogue.ts'
import { addPlaces, putHoldings, putPortfolio } from './inventory.ts'

/*
 * The general workflows of cataloguers and acquisitions staff, with a work or an order in hand: the catalogue is
 * searched for it, and what is found is looked at and used. By keyboard alone: nothing here touches a mouse.
 */

const skip = noBrowser

const inHand = (title: string, oclc: string, isbn: string) =>
  record(
    `020 __ $a ${isbn}`,
    `035 __ $a (OCoLC)${oclc}`,
    '100 1_ $a Ferrante, Elena.',
    `245 10 $a ${title} / $c Elena Ferrante.`,
  )

async function openConsortium() {
  const site = await openSite()
  const { db } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  await addPlaces(db, 'SALT')
  const printed = await addBib(db, 'SALT', inHand('Troubling love', '71347735', '9781933372167'))
  await putHoldings(db, 'SALT', printed, ['39001'])
  const electronic = await addBib(db, 'SALT', inHand('Frantumaglia', '950952374', '9781609452926'))
  await putPortfolio(db, 'SALT', electronic, 'https://example.org/frantumaglia')
  const ordered = await addBib(db, 'SALT', inHand('The lost daughter', '170057861', '9781933372426'))
  const network = await addBib(db, 'NZ', inHand('The days of abandonment', '61520613', '9781933372006'))
  return { site, printed, electronic, ordered, network }
}

const opened = noBrowser === false ? await openConsortium() : null

function consortium() {
  assert.ok(opened)
  return opened
}

/** At the desk of an institution; clipboard allowed. */
async function openDesk(): Promise<TestPage> {
  const at = await consortium().site.openPage()
  await at.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await at.go('/')
  await at.page.evaluate(() => localStorage.setItem('accession.zone', 'SALT'))
  await at.page.reload()
  await at.page.locator('h1').first().waitFor()
  await at.page.keyboard.press('g')
  await at.page.keyboard.press('s')
  await at.page.locator('.search-box').waitFor()
  return at
}

/** Chooses what kind of rows is looked for, and where: two and one before the box. */
async function choose(page: Page, { entity, index }: { entity?: string; index?: string }): Promise<void> {
  for (const [name, steps] of [
    [entity, 2],
    [index, 1],
  ] as const) {
    if (name === undefined) continue
    await page.keyboard.press('/')
    for (let step = 0; step < steps; step++) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name, exact: true }).waitFor()
    await page.keyboard.type(name)
    await page.locator('[role=option][data-focused]').getByText(name, { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
  }
}

async function lookFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

const counted = (page: Page, count: string): Promise<void> =>
  page.locator('.results-count').getByText(count, { exact: true }).waitFor()

/** The numbers of the bib that is open, as its keys copy them. */
async function copied(page: Page): Promise<Readonly<Record<'m' | 'o' | 'i', string>>> {
  await page.locator('.copyable').first().waitFor()
  const take = async (key: string, name: string) => {
    await page.keyboard.press('y')
    await page.keyboard.press(key)
    await page
      .getByRole('status')
      .getByText(new RegExp(`^${name} \\d+ is copied.`))
      .waitFor()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  return { m: await take('m', 'MMS ID'), o: await take('o', 'OCLC'), i: await take('i', 'ISBN') }
}

test('with a work in hand: what the library has is found by its kind, and its numbers are noted', {
  skip,
}, async () => {
  const { printed } = consortium()
  const { page, complaints } = await openDesk()
  await choose(page, { entity: 'Electronic titles' })
  await lookFor(page, 'troubling love')
  await counted(page, '0 electronic titles')
  await choose(page, { entity: 'Physical titles' })
  await lookFor(page, 'troubling love')
  await counted(page, '1 physical title')
  await choose(page, { entity: 'Physical items' })
  await lookFor(page, '39001')
  await counted(page, '1 physical item')
  await page.keyboard.press('j')
  await page.locator('.result:focus').getByText('39001').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/zones/SALT/bibs/${printed}`)
  assert.deepEqual(await copied(page), { m: printed, o: '71347735', i: '9781933372167' })
  assert.deepEqual(complaints, [])
})

test('the network has no physical titles: the screen says so, and all titles are one press away', {
  skip,
}, async () => {
  const { network } = consortium()
  const { page, complaints } = await openDesk()
  await page.keyboard.press('Control+2')
  await page.waitForURL(/zone=NZ/)
  await choose(page, { entity: 'Physical titles' })
  await lookFor(page, 'days of abandonment')
  await page.getByText(/holds no physical inventory/).waitFor()
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    const isThere = await page.evaluate(() => document.activeElement?.textContent?.startsWith('Show 1 title'))
    if (isThere === true) break
  }
  await page.keyboard.press('Enter')
  await counted(page, '1 title')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/zones/NZ/bibs/${network}`)
  assert.deepEqual(complaints, [])
})

test('with an order in hand: a record of the network is copied to the catalogue, and found there among all titles', {
  skip,
}, async () => {
  const { page, complaints } = await openDesk()
  await choose(page, { index: 'ISBN' })
  await lookFor(page, '978-1-933372-00-6')
  await counted(page, '0 titles')
  await page.keyboard.press('Control+2')
  await counted(page, '1 title')
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  await page.getByText(/^Copied into SALT as 99\d+5801\./).waitFor()
  await page.keyboard.press('Control+1')
  await counted(page, '1 title')
  await choose(page, { entity: 'Physical titles' })
  await counted(page, '0 physical titles')
  await page.getByText('0 physical titles; 1 in all titles, without such inventory yet.').waitFor()
  assert.deepEqual(complaints, [])
})

test('with an order in hand: the numbers of a title without inventory are noted before a vendor’s file is loaded', {
  skip,
}, async () => {
  const { ordered } = consortium()
  const { page, complaints } = await openDesk()
  await choose(page, { index: 'OCLC control number (035a)' })
  await lookFor(page, 'ocm170057861')
  await counted(page, '1 title')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/zones/SALT/bibs/${ordered}`)
  assert.deepEqual(await copied(page), { m: ordered, o: '170057861', i: '9781933372426' })
  assert.deepEqual(complaints, [])
})
