import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpCatalogue } from '../src/import/setup.ts'
import { inviteFirst } from '../src/people/invitation.ts'
import { axeFindings, noBrowser, openSite } from './browser.ts'

/*
 * Coming in, going out, and looking after people, by keyboard.
 */

const skip = noBrowser
const site = skip === false ? await openSite({ by: 'password' }) : null
if (site) await setUpCatalogue(site.db)

function open() {
  assert.ok(site)
  return site
}

const password = 'the owl in the barn'

test('the first person comes in by the link, and is asked again where the session ends, on the same page', {
  skip,
}, async () => {
  const { db, openPage } = open()
  const { page, complaints, go } = await openPage()
  await go('/')
  await page.getByText('Nobody can sign in yet').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await go(`/welcome/${await inviteFirst(db)}`)
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  // The focus is in the first box.
  await page.keyboard.type('Ada Byron')
  await page.keyboard.press('Tab')
  await page.keyboard.type('ada')
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Monitor and view imports' }).waitFor()

  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Network zone/ })
    .waitFor()
  await page.getByLabel('Label').fill('what I was typing')
  await db.execute('delete from session')
  await page.getByRole('button', { name: /Find or do/ }).press('Enter')
  const refused = page.waitForResponse((response) => response.status() === 401)
  await page.getByRole('dialog').getByRole('searchbox').fill('emma')
  await refused
  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await page.keyboard.press('Escape')
  await again.waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await again.getByLabel('Login').fill('ada')
  await again.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await again.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Label').inputValue(), 'what I was typing')
  assert.deepEqual(
    complaints.filter((complaint) => !complaint.includes('status of 401')),
    [],
  )
})

test('what was written in the metadata editor is saved by whoever signs in again after the session has ended', {
  skip,
}, async () => {
  const { db, openPage } = open()
  const { page, go } = await openPage()
  await go('/zones/IZ/new-bib?template=book')
  await page.getByLabel('Login').fill('ada')
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  const text = page.locator('.marc-editor .cm-content')
  await text.waitFor()
  await text.locator('.cm-line', { hasText: /^245 / }).click()
  await page.keyboard.press('Home')
  for (let parts = 0; parts < 3; parts++) await page.keyboard.press('Tab')
  await page.keyboard.type('Emma')
  await db.execute('delete from session')
  await page.keyboard.press('Control+s')
  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await again.getByLabel('Login').fill('ada')
  await again.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await again.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+s')
  await page.waitForURL('**/zones/IZ/bibs/*/edit')
  await text.locator('.cm-line', { hasText: '245 10 ‡a Emma' }).waitFor()
})

test('somebody is invited, given a role, and then may what the role says, and no more', {
  skip,
}, async () => {
  const { openPage } = open()
  const { page, go } = await openPage()
  await go('/people')
  await page.getByLabel('Login').fill('ada')
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'People and roles' }).waitFor()
  await page.getByLabel('Name').fill('Ben Osei')
  await page.getByLabel('Login').fill('ben')
  await page.keyboard.press('Enter')
  const link = (await page.getByText(/\/welcome\//).textContent()) ?? ''
  await page.getByRole('link', { name: 'Ben Osei' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Cataloger', exact: true }).press('Space')
  await page.getByRole('button', { name: 'Save the roles' }).press('Enter')
  await page.getByText('Ben Osei’s roles in NZ are saved.').waitFor()
  await page.getByText(/Ben Osei may not: “Run import profiles/).waitFor()

  const other = await openPage()
  await other.go(new URL(link).pathname)
  await other.page.getByLabel('New password').fill('a heron on the pier')
  await other.page.keyboard.press('Enter')
  await other.page.getByRole('heading', { name: 'Monitor and view imports' }).waitFor()
  await other.go('/import')
  await other.page
    .getByText(/^For Catalog Manager, Purchasing Operator, Purchasing Manager in NZ: Run import profiles/)
    .first()
    .waitFor()
  await other.go('/people')
  await other.page.getByText('It takes one of these roles: General System Administrator.').waitFor()
})
