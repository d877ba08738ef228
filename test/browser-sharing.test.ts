import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { verify } from '../src/import/verify.ts'
import { axeFindings, noBrowser, openSite, type TestPage, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'

/*
 * Sharing between zones, by keyboard alone: what an institution gives to its network, takes of it, and takes back.
 */

const skip = noBrowser

const book = (oclc: number, title: string, ...more: readonly string[]) =>
  record(
    `035 __ $a (OCoLC)${oclc}`,
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    `245 10 $a ${title} / $c Jane Austen.`,
    ...more,
  )

async function openCatalogue() {
  const site = await openSite()
  const { db } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  await addZone(db, { code: 'HERON', kind: 'institution', name: 'Heronsgate', suffix: '5802', network: 'NZ' })
  await addShippedProfiles(db, await getZone(db, 'NZ'), null)
  site.startImporter()
  return site
}

const opened = noBrowser === false ? await openCatalogue() : null

function site() {
  assert.ok(opened)
  return opened
}

const pathOf = (zone: string, mmsId: string) => `/zones/${zone}/bibs/${mmsId}`

async function open(path: string, options: Parameters<ReturnType<typeof site>['openPage']>[0] = {}) {
  const at = await site().openPage(options)
  await at.go(path)
  return at
}

/** The zone that the person works in is kept by the browser. */
async function workIn(at: TestPage, zone: string, path: string): Promise<void> {
  await at.page.evaluate((code) => localStorage.setItem('accession.zone', code), zone)
  await at.go(path)
}

test('a bib without a match is contributed as it was shown, and the share is taken back', {
  skip,
}, async () => {
  const { db } = site()
  const ours = await addBib(db, 'SALT', book(101, 'Emma', '590 __ $a Signed by the binder.'))
  const { page, complaints } = await open(pathOf('SALT', ours))
  await page.getByRole('button', { name: 'Share with network' }).waitFor()
  await page.keyboard.press('s')
  await page.waitForURL(`**${pathOf('SALT', ours)}/share`)
  await page.getByText('Nothing in NZ matches it.').waitFor()
  assert.match(await page.locator('.field-list').innerText(), /590 ## \$a Signed by the binder\./)
  const record = page.getByRole('table', { name: 'The new record in NZ' })
  await record.getByText('Emma /').waitFor()
  assert.equal(await record.getByText('Signed by the binder').count(), 0, 'local fields do not go up')
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(`**${pathOf('SALT', ours)}`)
  await page
    .getByRole('status')
    .getByText(/^Shared: NZ has it as 99\d+5816/)
    .waitFor()
  await page.getByRole('link', { name: /^Linked to 99\d+5816 in NZ$/ }).waitFor()
  await page.getByRole('button', { name: 'Take the share back' }).waitFor()
  await page.keyboard.press('Alt+U')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('the network’s bib, which was made by it, is gone').waitFor()
  await page.getByRole('button', { name: 'Share with network' }).waitFor()
  assert.deepEqual(complaints, [])
})

test('with a match each way shows what becomes of both records, and whom it affects; the one that is chosen is done', {
  skip,
}, async () => {
  const { db } = site()
  const theirs = await addBib(db, 'NZ', book(102, 'Persuasion', '500 __ $a Of the network.'))
  const other = await addBib(db, 'HERON', record('500 __ $a Second copy. $9 LOCAL'), { linkedMmsId: theirs })
  const { zoneId } = await getZone(db, 'HERON')
  await lockBib(db, zoneId, other, 'Wren Okafor', zoneId)
  const ours = await addBib(
    db,
    'SALT',
    book(102, 'Persuasion, a novel', '500 __ $a Of ours.', '590 __ $a Gift.'),
  )
  await db.execute(`update bib set suppressed = true where mms_id = $1`, [ours])
  const { page, complaints } = await open(`${pathOf('SALT', ours)}/share`)
  await page.getByText('Which bib of NZ is it?').waitFor()
  await page.locator('.report-head .badge').getByText('Suppressed').waitFor()
  // What the network has stays as it is: ours loses its title and its note.
  assert.match(await page.locator('.field-list.lost').innerText(), /245 10 \$a Persuasion, a novel.*500/s)
  await page.getByRole('tab', { name: 'What our bib in SALT becomes', selected: true }).waitFor()
  await page.getByText('Nobody else: the record in the network does not change.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('n')
  await page.waitForURL('**as=merge')
  await page.keyboard.press('n')
  await page.waitForURL('**as=overlay')
  await page.getByText('Nothing of ours is lost.').waitFor()
  const diff = page.getByRole('table', { name: 'What the record in NZ becomes' })
  assert.match(await diff.innerText(), /500.*Of the network.*Of ours/s)
  const impact = page.locator('.impact')
  assert.match(
    await impact.innerText(),
    /Heronsgate.*Locked by Wren Okafor since.*local fields of tags that change: 500/s,
  )
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('status').getByText(`Shared: in the place of ${theirs} of NZ`).waitFor()
  await page.locator('.reading').getByText('Persuasion, a novel').waitFor()
  await page.locator('.badges').getByText('Suppressed').waitFor()
  assert.deepEqual(complaints, [])
})

test('what has changed since the preview is not shared, until it is looked at anew', { skip }, async () => {
  const { db } = site()
  const theirs = await addBib(db, 'NZ', book(103, 'Sanditon'))
  const ours = await addBib(db, 'SALT', book(103, 'Sanditon'))
  const { page } = await open(`${pathOf('SALT', ours)}/share`)
  await page.getByRole('button', { name: 'Link to the network’s' }).waitFor()
  const tagged = await page.request.put(`${site().address}/api/zones/NZ/bibs/${theirs}/tags`, {
    data: { suppressed: true },
  })
  assert.equal(tagged.status(), 200, await tagged.text())
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('Look at the preview anew').waitFor()
  await tabTo(page, '.form-foot .button:not(.primary)')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await page.locator('.candidate .badge').getByText('Suppressed').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(`**${pathOf('SALT', ours)}`)
  await page.getByRole('link', { name: `Linked to ${theirs} in NZ` }).waitFor()
})

test('a bib that matching does not find is named, and shared with', { skip }, async () => {
  const { db } = site()
  const theirs = await addBib(db, 'NZ', record('245 00 $a The Watsons.'))
  const ours = await addBib(db, 'SALT', book(104, 'The Watsons'))
  const { page } = await open(`${pathOf('SALT', ours)}/share`)
  await tabTo(page, '.named-match summary')
  await page.keyboard.press('Enter')
  await tabTo(page, '.named-match input')
  await page.keyboard.type(theirs)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**with=${theirs}*`)
  await page.getByText('Which bib of NZ is it?').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('link', { name: `Linked to ${theirs} in NZ` }).waitFor()
})

test('a linked bib is unlinked after it was said what follows', { skip }, async () => {
  const { db } = site()
  const theirs = await addBib(db, 'NZ', book(105, 'Lady Susan'))
  const ours = await addBib(db, 'SALT', record('590 __ $a Ours. $9 LOCAL'), { linkedMmsId: theirs })
  const { page } = await open(pathOf('SALT', ours))
  await page.getByRole('button', { name: 'Unlink' }).waitFor()
  await page.keyboard.press('U')
  const dialog = page.getByRole('alertdialog', { name: `Unlink from ${theirs} in NZ?` })
  await dialog.getByText('Later changes in NZ do not reach it any more.').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText(`Unlinked from ${theirs}.`).waitFor()
  await page.getByRole('button', { name: 'Share with network' }).waitFor()
  assert.match(await page.locator('.reading').innerText(), /Lady Susan.*Ours\./s)
})

test('the local fields of a linked bib are marked in words, in its reading view and in MARC', {
  skip,
}, async () => {
  const { db } = site()
  const theirs = await addBib(db, 'NZ', book(109, 'Evelyn', '590 __ $a Of the network.'))
  const { leader, fields } = record('590 __ $a Signed by the author. $9 LOCAL')
  const own = { leader, fields: fields.filter(({ tag }) => tag === '590') }
  const ours = await addBib(db, 'SALT', own, { linkedMmsId: theirs })
  const { page } = await open(`${pathOf('SALT', ours)}?view=reading`)
  await page.getByText('1 local field of SALT, marked “local”.').waitFor()
  assert.deepEqual(await page.locator('.reading [data-local]').allInnerTexts(), [
    'Signed by the author. local',
  ])
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('v')
  await page.locator('.marc').waitFor()
  const [row = '', ...more] = await page.locator('.marc tr[data-local]').allInnerTexts()
  assert.match(row, /^590.*Signed by the author\..*local$/s)
  assert.deepEqual(more, [])
  assert.deepEqual(await axeFindings(page), [])
  // The whole of the network's own record is nobody's local field.
  const network = await open(`${pathOf('NZ', theirs)}?view=marc`)
  await network.page.locator('.marc').waitFor()
  assert.equal(await network.page.locator('.local-mark, .local-fields').count(), 0)
})

test('a bib of the network is linked or copied from its page, into the institution that is chosen', {
  skip,
}, async () => {
  const { db } = site()
  const theirs = await addBib(db, 'NZ', book(106, 'Catharine'))
  const at = await open(pathOf('NZ', theirs))
  const { page } = at
  await page.getByText('No institution is linked to it').waitFor()
  await page.locator('.sharing-actions .button:not([aria-disabled=true])').getByText('Link').waitFor()
  // Whoever works in the network says which institution is meant.
  await page.keyboard.press('l')
  await page.getByRole('dialog', { name: 'Link which institution?' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.getByRole('button', { name: 'HERON · Heronsgate' }).press('Enter')
  await page
    .getByRole('status')
    .getByText(/^HERON is linked to it as 99\d+5802\./)
    .waitFor()
  await page.locator('.impact').getByRole('link', { name: 'Heronsgate' }).waitFor()
  await workIn(at, 'SALT', pathOf('NZ', theirs))
  await page.getByRole('heading', { name: 'In SALT' }).waitFor()
  await page.getByText('Not there yet.').waitFor()
  await page.keyboard.press('c')
  await page
    .getByRole('status')
    .getByText(/^Copied into SALT as 99\d+5801\./)
    .waitFor()
  await page.locator('.held-by').getByText('a copy of it').waitFor()
  await page
    .locator('.sharing-actions .why-not')
    .getByText(/^SALT has it already, as 99\d+5801\.$/)
    .waitFor()
  assert.deepEqual(await axeFindings(page), [])
})

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing where a bib is shared, linked or taken, ${scheme}`, { skip }, async () => {
    const { db } = site()
    const theirs = await addBib(db, 'NZ', book(107, 'Volume the First'))
    const linked = await addBib(db, 'HERON', record('590 __ $a Gift $9 LOCAL'), { linkedMmsId: theirs })
    const ours = await addBib(db, 'SALT', book(107, 'Volume the First, ours'))
    const { page, go } = await site().openPage({ scheme })
    for (const path of [
      pathOf('NZ', theirs),
      pathOf('HERON', linked),
      pathOf('SALT', ours),
      `${pathOf('SALT', ours)}/share?as=overlay`,
    ]) {
      await go(path)
      await page.locator('.timeline li, .share-records table').first().waitFor()
      assert.deepEqual(await axeFindings(page), [], path)
    }
  })

test('sharing needs no scrolling sideways on a narrow screen', { skip }, async () => {
  const { db } = site()
  await addBib(db, 'NZ', book(108, 'Volume the Second', `500 __ $a ${'A long note. '.repeat(20)}`))
  const ours = await addBib(db, 'SALT', book(108, 'Volume the Second'))
  const { page } = await open(`${pathOf('SALT', ours)}/share?as=overlay`, { width: 320 })
  await page.locator('.share-records table').first().waitFor()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(width <= 320, `${width} pixels wide`)
})

test('after all of this the catalogue is sound', { skip }, async () => {
  const { db, dataDir } = site()
  const checks = await Array.fromAsync(verify(db, dataDir, { full: true }))
  assert.deepEqual(
    checks.filter(({ breaches }) => breaches > 0),
    [],
  )
})
