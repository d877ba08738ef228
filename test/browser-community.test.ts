import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { axeFindings, noBrowser, openSite, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'
import { emma, type ListedRow, mind, titleList } from './title-lists.ts'

/*
 * Electronic collections by keyboard alone: seen, searched within, activated and taken back, loaded into, and what
 * title lists change of them. The tests go on from each other.
 */

const skip = noBrowser

/** Enough titles for a list that withdraws most of them to be refused. */
const shelf: readonly ListedRow[] = Array.from({ length: 12 }, (_, at) => ({
  publication_title: `Shelf ${at}`,
  title_id: `shelf-${at}`,
  title_url: `https://example.org/shelf/${at}`,
  publication_type: 'monograph',
}))
const first = titleList(emma, mind, ...shelf)

async function openCommunity() {
  const site = await openSite()
  const { db, address } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  await addZone(db, { code: 'CZ', kind: 'community', name: 'Community', suffix: '5000' })
  const post = async (path: string, body: string, type: string) => {
    const reply = await fetch(`${address}/api/zones/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    assert.ok(reply.ok)
    return reply.json()
  }
  const { collectionId: id } = (await post(
    'CZ/collections',
    JSON.stringify({ name: 'Novels', provider: 'Example' }),
    'application/json',
  )) as { collectionId: string }
  const load = (text: string) => post(`CZ/collections/${id}/titles`, text, 'text/plain')
  await load(first)
  const own = await addBib(db, 'SALT', record('100 1_ $a Austen, Jane', '245 10 $a Emma : $b a novel.'))
  const opened = await site.openPage()
  await opened.page.addInitScript(() => localStorage.setItem('accession.zone', 'SALT'))
  return { id, own, load, ...opened }
}

const opened = noBrowser === false ? await openCommunity() : null

function community() {
  assert.ok(opened)
  return opened
}

const rows = () => community().page.locator('.grid-body .grid-row')

test('titles of a collection are chosen and activated; the plan is shown before, and what came of it after', {
  skip,
}, async () => {
  const { page, go } = community()
  await go('/')
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await page.getByRole('link', { name: 'Novels' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '.grid-body .grid-row')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Novels/ }).waitFor()
  await page.getByRole('link', { name: 'Emma', exact: true }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '.grid-body .grid-row')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('2 titles chosen').waitFor()
  await page.keyboard.press('Alt+a')
  await page.getByText('2 portfolios will be made, on 2 bibs.').waitFor()
  await page.getByRole('button', { name: 'Activate 2 titles', exact: true }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('Enter')
  await page.getByText('2 portfolios made for Saltmarsh.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('button', { name: 'Close' }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText('2 portfolios activated in SALT').waitFor()
  assert.equal(await page.locator('[data-column="state"]', { hasText: 'activated' }).count(), 2)
})

test('within a collection is searched by words, and the address keeps the search', { skip }, async () => {
  const { page } = community()
  await page.keyboard.press('/')
  await page.keyboard.type('shelf 11')
  await page.waitForURL(/q=/)
  await rows().nth(1).waitFor({ state: 'detached' })
  assert.match(await rows().first().innerText(), /Shelf 11/)
  await page.reload()
  await rows().first().waitFor()
  assert.equal(await rows().count(), 1)
  await page.keyboard.press('/')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('nothing of the kind')
  await page.getByText('No title fits').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('button', { name: 'Show all titles' }).press('Enter')
  await rows().nth(3).waitFor()
})

test('what is deactivated goes after a question that has “Leave it” first', { skip }, async () => {
  const { page } = community()
  await tabTo(page, '.grid-body .grid-row')
  await page.keyboard.press('x')
  await page.keyboard.press('Alt+x')
  await page.getByText('1 portfolio will be deleted.').waitFor()
  await page.locator('[role="alertdialog"] button:focus', { hasText: 'Leave it' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('button', { name: 'Deactivate 1 title', exact: true }).press('Enter')
  await page.getByText('1 portfolio deleted in Saltmarsh.').waitFor()
  await page.getByRole('button', { name: 'Close' }).press('Enter')
  await page.getByText('1 portfolio activated in SALT').waitFor()
})

test('a file is loaded after a dry run; one that would withdraw most waits until somebody says that it may', {
  skip,
}, async () => {
  const { page, go, id } = community()
  await go(`/zones/CZ/collections/${id}?tab=load`)
  assert.deepEqual(await axeFindings(page), [])
  const choose = (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await choose(titleList({ ...mind, title_url: 'https://example.org/mind2' }, { title_id: 'x' }))
  await page.keyboard.press('Control+Enter')
  await page.getByText('13 titles would be withdrawn').waitFor()
  await page.getByText(/The file has 13 of the 14 titles of the collection no more/).waitFor()
  await page.getByRole('table', { name: 'Rejected' }).getByText('NO_TITLE').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  const load = page.getByRole('button', { name: /^Load it/ })
  assert.equal(await load.getAttribute('aria-disabled'), 'true')
  await page.getByRole('checkbox', { name: /most titles may be withdrawn/ }).press('Space')
  await page.getByRole('button', { name: /^Load it.*Ctrl/ }).waitFor()
  await page.getByRole('button', { name: 'Another file' }).press('Enter')
  // Of the right file the dry run says what changes, and the same key loads it then.
  await choose(
    titleList(
      { ...emma, title_url: 'https://example.org/emma2' },
      { ...mind, embargo_info: 'P1Y' },
      ...shelf.slice(1),
    ),
  )
  await page.keyboard.press('Control+Enter')
  await page.getByText('1 title would be withdrawn').waitFor()
  assert.match(
    await page.getByRole('table', { name: 'New and changed titles' }).innerText(),
    /https:\/\/example\.org\/emma2[\s\S]*was https:\/\/example\.org\/emma/,
  )
  await page.keyboard.press('Control+Enter')
  await page.getByText('The file is loaded.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('tab', { name: 'Load a file' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page
    .getByRole('table', { name: /Files that were loaded/ })
    .getByText('list.txt')
    .waitFor()
  await page.getByRole('heading', { name: /What list\.txt changed/ }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
})

test('what a list changed of an activated title is told, until it is acknowledged', { skip }, async () => {
  const { page, go } = community()
  await go('/collections')
  await page.getByText('1 to see').waitFor()
  await go('/collections/changes')
  await rows().first().waitFor()
  assert.match(await rows().first().innerText(), /Mind[\s\S]*coverage[\s\S]*without the last year/)
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '.grid-body .grid-row')
  await page.keyboard.press('a')
  await page.getByText('There is nothing to see').waitFor()
  assert.deepEqual(await axeFindings(page), [])
})

test('a portfolio of the community zone is found from a bib of one’s own, and put on it', {
  skip,
}, async () => {
  const { page, go, own, complaints } = community()
  await go(`/zones/SALT/bibs/${own}`)
  await page.getByRole('heading', { name: 'Inventory' }).waitFor()
  await page.keyboard.press('Alt+z')
  await page.getByRole('list', { name: 'Portfolios of the community zone' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await tabTo(page, '[role="dialog"] .found-portfolios button')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'https://example.org/emma2' }).waitFor()
  await page.getByRole('link', { name: 'of the community zone' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  assert.deepEqual(complaints, [])
})

test('a new collection is added, and its page asks for its first file', { skip }, async () => {
  const { page, go } = community()
  await go('/collections')
  await page.getByRole('button', { name: 'New collection' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Give it a name.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.type('Journals')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Journals/ }).waitFor()
  await page.getByText('Drop a file here').waitFor()
})

test('what a title list says is text, whatever it is and whichever way it runs', { skip }, async () => {
  const { page, go, id, load, complaints } = community()
  const script = `<img src=x onerror="alert('title')">\u202eesrever`
  await load(
    titleList(emma, mind, ...shelf.slice(2), {
      publication_title: script,
      title_id: `${script}-id`,
      notes: script,
      first_author: script,
      publication_type: 'monograph',
    }),
  )
  for (const path of [`/zones/SALT/collections/${id}?q=esrever`, `/zones/SALT/collections/${id}?tab=loads`]) {
    await go(path)
    await page.getByText('esrever').first().waitFor()
    assert.equal(await page.locator('main img').count(), 0)
    const turned = await page.evaluate(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found: string[] = []
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
        if (node.textContent?.includes('\u202e') === true && node.parentElement?.closest('bdi') === null)
          found.push(node.textContent)
      return found
    })
    assert.deepEqual(turned, [])
  }
  assert.deepEqual(complaints, [])
})
