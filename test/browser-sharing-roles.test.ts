import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { axeFindings, noBrowser, openSite, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'

/*
 * Sharing by somebody who has a role in one institution alone (D28): what the network would become is seen there,
 * and is not made.
 */

const skip = noBrowser

const book = (title: string) =>
  record('035 __ $a (OCoLC)201', '100 1_ $a Austen, Jane.', `245 10 $a ${title}.`)

async function openCatalogue() {
  const site = await openSite({
    by: 'persona',
    personas: [{ code: 'one', name: 'Wren Okafor', about: '', roles: { SALT: ['catalog-manager'] } }],
  })
  const { db } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  await addZone(db, { code: 'HERON', kind: 'institution', name: 'Heronsgate', suffix: '5802', network: 'NZ' })
  await addShippedProfiles(db, await getZone(db, 'NZ'), null)
  const theirs = await addBib(db, 'NZ', book('Emma'))
  await addBib(db, 'HERON', record('590 __ $a Gift. $9 LOCAL'), { linkedMmsId: theirs })
  return { site, theirs, ours: await addBib(db, 'SALT', book('Emma, ours')) }
}

const opened = noBrowser === false ? await openCatalogue() : null

async function open(path: (catalogue: NonNullable<typeof opened>) => string) {
  assert.ok(opened)
  const at = await opened.site.openPage()
  await at.go(path(opened))
  return at.page
}

test('the ways to share are seen with a role in the institution alone, and the screen says what doing it takes', {
  skip,
}, async () => {
  const page = await open(({ ours }) => `/zones/SALT/bibs/${ours}/share?as=overlay`)
  await page.getByRole('table', { name: 'What the record in NZ becomes' }).waitFor()
  const button = page.locator('.form-foot').getByRole('button', { name: 'Overlay and link' })
  assert.equal(await button.getAttribute('aria-disabled'), 'true')
  assert.match(
    (await page.locator('.form-foot .why-not').textContent()) ?? '',
    /in NZ: Share bibs of the institution with the network/,
  )
  await page.keyboard.press('Control+Enter')
  assert.equal(await page.getByRole('alert').count(), 0, 'nothing was asked of the server')
  assert.deepEqual(await axeFindings(page), [])
})

test('an institution whose catalogue one does not see is named, and leads nowhere', { skip }, async () => {
  const page = await open(({ theirs }) => `/zones/NZ/bibs/${theirs}`)
  await page.locator('.impact').getByText('Heronsgate').waitFor()
  assert.equal(await page.locator('.impact a').count(), 0)
})

test('who has one institution only is not asked which one', { skip }, async () => {
  const page = await open(({ theirs }) => `/zones/NZ/bibs/${theirs}`)
  await page.getByRole('button', { name: 'Link' }).waitFor()
  await page.keyboard.press('l')
  await page
    .getByRole('status')
    .getByText(/^SALT is linked to it as 99\d+5801\./)
    .waitFor()
})

test('a dry run of linking takes no role in the network, and linking does', { skip }, async () => {
  const page = await open(() => '/link?zone=SALT&query=title+%3D+emma')
  const submit = page.locator('.form-foot .button')
  await page.locator('.form-foot .button:not([disabled])').getByText('Submit the dry run').waitFor()
  await tabTo(page, 'input[type=radio][value=dry]')
  await page.keyboard.press('ArrowDown')
  await page
    .locator('#why-not')
    .getByText(/in NZ: Run import profiles/)
    .waitFor()
  assert.equal(await submit.isDisabled(), true)
})
