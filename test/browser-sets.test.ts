import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { axeFindings, noBrowser, openSite, type TestPage, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'

/*
 * Sets, by keyboard alone: results are selected and put into one, a file of numbers makes one, and members are looked
 * at, taken out and taken along. The tests follow each other.
 */

const skip = noBrowser

async function openCatalogue() {
  const site = await openSite()
  const { db } = site
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801' })
  const bibs: string[] = []
  for (let volume = 1; volume <= 60; volume++)
    bibs.push(
      await addBib(
        db,
        'SALT',
        record(
          `020 __ $a 97801400000${String(volume).padStart(2, '0')}`,
          `245 10 $a Letters, volume ${volume}.`,
        ),
      ),
    )
  return { site, bibs }
}

const opened = noBrowser === false ? await openCatalogue() : null

async function openPage(path: string): Promise<TestPage> {
  assert.ok(opened)
  const at = await opened.site.openPage()
  await at.go(path)
  return at
}

const counted = ({ page }: TestPage, count: string): Promise<void> =>
  page.locator('.results-count').getByText(count, { exact: true }).waitFor()

const choose = async ({ page }: TestPage, choice: string, option: string): Promise<void> => {
  await page.getByRole('button', { name: choice }).press('Enter')
  await page.getByRole('option', { name: option }).press('Enter')
}

test('rows are selected over the pages by keys, and put into a new set', { skip }, async () => {
  const at = await openPage('/search?q=letters&sort=oldest')
  const { page, complaints } = at
  await page.locator('.result').first().waitFor()
  await page.keyboard.press('j')
  await page.locator('.result:first-child:focus').waitFor()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await page.getByText('2 selected', { exact: true }).waitFor()
  assert.equal(await page.locator('.result[aria-selected=true]').count(), 2)
  await page.keyboard.press('n')
  await page.locator('.result').first().getByText('Letters, volume 51').waitFor()
  await page.keyboard.press('X')
  await page.getByText('12 selected', { exact: true }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('s')
  await page.getByRole('dialog', { name: 'Add to a set' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.type('To be weeded')
  await page.keyboard.press('Enter')
  await page.getByText('“To be weeded” has 12 members now.').first().waitFor()
  // Nothing is selected in another search.
  await page.keyboard.press('/')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('volume 7')
  await page.keyboard.press('Enter')
  await page.locator('.results-count').getByText('1 title', { exact: true }).waitFor()
  assert.equal(await page.locator('.result[aria-selected=true]').count(), 0)
  await page.keyboard.press('s')
  await choose(at, 'Into', 'To be weeded')
  await page.getByRole('radio', { name: 'All that the search finds: 1' }).press('Space')
  await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
  await page.getByText('“To be weeded” has 13 members now.').first().waitFor()
  assert.deepEqual(complaints, [])
})

test('a set is opened from the list of sets, and members are taken out of it', { skip }, async () => {
  const at = await openPage('/search')
  const { page, complaints } = at
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.getByRole('heading', { name: 'Sets', level: 1 }).waitFor()
  await page.getByRole('row', { name: /To be weeded/ }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '.grid [role=row]')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'To be weeded', level: 1 }).waitFor()
  await counted(at, '13 members')
  assert.deepEqual(await axeFindings(page), [])
  await page.locator('.result').first().waitFor()
  await page.keyboard.press('j')
  await page.locator('.result:first-child:focus').waitFor()
  await page.keyboard.press('x')
  await page.keyboard.press('s')
  await page.getByRole('dialog', { name: 'Add to a set' }).waitFor()
  assert.equal(await page.getByRole('radio').count(), 1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  await counted(at, '12 members')
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Take along' }).press('Enter')
  await page.getByRole('menuitem', { name: 'As a table (CSV)' }).press('Enter')
  assert.match((await file).suggestedFilename(), /^set-\d+\.csv$/)
  await page.keyboard.press('b')
  await page.waitForURL('**/sets?zone=SALT')
  assert.deepEqual(complaints, [])
})

test('members that were deleted are told, and taken out', { skip }, async () => {
  assert.ok(opened)
  const { site, bibs } = opened
  const at = await openPage('/sets')
  const { page } = at
  const gone = await page.request.delete(`${site.address}/api/zones/SALT/bibs/${bibs[1]}`)
  assert.equal(gone.status(), 200)
  await page.getByRole('link', { name: 'To be weeded' }).press('Enter')
  await page.getByText('1 member is no more in the catalogue').waitFor()
  await page.getByRole('button', { name: 'Take it out' }).press('Enter')
  await counted(at, '11 members')
})

test('a file of numbers makes a set, with a report of what was not found and why', { skip }, async () => {
  const at = await openPage('/sets')
  const { page, complaints } = at
  await page.getByRole('button', { name: 'New set from a file …' }).press('Enter')
  await page.getByRole('dialog', { name: 'New set in SALT from a file of numbers' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.type('Wanted')
  await page
    .getByLabel('Numbers', { exact: true })
    .fill('ISBN\n9780140000003\n9780000000002\nnone\n9780140000003')
  await page.getByRole('button', { name: 'Make the set' }).press('Enter')
  const report = page.getByRole('dialog', { name: '“Wanted” is made' })
  await report.waitFor()
  assert.match(
    await report.innerText(),
    /3 numbers looked for, 1 found\. The set has 1 member\. 1 line repeats a number\./,
  )
  assert.match(await report.innerText(), /3\s+9780000000002\s+No title of SALT has it\./)
  assert.match(await report.innerText(), /4\s+none\s+It is no ISBN\./)
  assert.deepEqual(await axeFindings(page), [])
  await report.getByRole('link', { name: 'Open the set' }).press('Enter')
  await page.getByRole('heading', { name: 'Wanted', level: 1 }).waitFor()
  assert.deepEqual(complaints, [])
})

test('a saved search is opened as a set, made itemised, renamed and deleted', { skip }, async () => {
  const at = await openPage('/search?q=letters')
  const { page, complaints } = at
  await page.locator('.result').first().waitFor()
  await page.getByRole('button', { name: 'Saved searches' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Save this search …' }).press('Enter')
  await page.keyboard.type('All letters')
  await page.keyboard.press('Enter')
  await page.getByText('“All letters” is saved.').first().waitFor()
  await page.getByRole('button', { name: 'Saved searches' }).press('Enter')
  await page.getByRole('menuitem', { name: 'All sets' }).press('Enter')
  await page.getByRole('link', { name: 'All letters' }).press('Enter')
  await counted(at, '59 members')
  await page.getByText('it has at any time what its search finds').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('button', { name: 'Make an itemised set of it …' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Letters of today')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Letters of today', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Rename …' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Letters, kept')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Letters, kept', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Delete …' }).press('Enter')
  await page.getByRole('alertdialog').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('button', { name: 'Delete the set' }).press('Enter')
  await page.waitForURL('**/sets?zone=SALT')
  await page.getByRole('link', { name: 'All letters' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Letters, kept' }).count(), 0)
  assert.deepEqual(complaints, [])
})
