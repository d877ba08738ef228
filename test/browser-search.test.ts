import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { axeFindings, noBrowser, openSite, type TestPage, tabTo } from './browser.ts'
import { addBib, record } from './catalogue.ts'
import { polyglot } from './polyglot.ts'

/*
 * The search of a catalogue, by keyboard alone: asked in words and in conditions, narrowed, paged, taken along.
 */

const skip = noBrowser

/** 008 of a text of a year and a language. */
const coded = (year: number, language: string) => ({
  tag: '008',
  value: `151105s${year}    enk           000 1 ${language} d`,
})

const withCoded = ({ leader, fields }: MarcRecord, year: number, language = 'eng'): MarcRecord => ({
  leader,
  fields: [coded(year, language), ...fields.slice(1)],
})

const novel = (title: string, year: number, ...more: readonly string[]): MarcRecord =>
  withCoded(
    record(
      '100 1_ $a Austen, Jane, $d 1775-1817.',
      `245 10 $a ${title} / $c Jane Austen.`,
      `264 _1 $a London : $b John Murray, $c ${year}.`,
      ...more,
    ),
    year,
  )

const sipur = withCoded(
  record(
    '100 1_ $a Oz, Amos, $e author.',
    '245 10 $6 880-01 $a Sipur / $c Amos Oz.',
    '880 10 $6 245-01/(2/r $a סיפור / $c עמוס עוז.',
  ),
  2002,
  'heb',
)

async function openCatalogue() {
  const site = await openSite()
  const { db } = site
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'SALT', kind: 'institution', name: 'Saltmarsh', suffix: '5801', network: 'NZ' })
  const emma = await addBib(
    db,
    'NZ',
    novel('Emma', 1815, '020 __ $a 9780141439587', '035 __ $a (OCoLC)50271'),
  )
  const persuasion = await addBib(db, 'NZ', novel('Persuasion', 1817, '650 _0 $a Matchmakers.'))
  const hebrew = await addBib(db, 'NZ', sipur)
  for (let volume = 1; volume <= 60; volume++)
    await addBib(db, 'NZ', novel(`Letters, volume ${volume}`, 1900 + volume))
  const own = await addBib(db, 'SALT', novel('Sanditon', 1925))
  await addBib(db, 'NZ', polyglot)
  return { site, emma, persuasion, hebrew, own }
}

const opened = noBrowser === false ? await openCatalogue() : null

function catalogue() {
  assert.ok(opened)
  return opened
}

async function openSearch(search = ''): Promise<TestPage> {
  const at = await catalogue().site.openPage()
  await at.go(`/search${search}`)
  return at
}

const titles = ({ page }: Pick<TestPage, 'page'>): Promise<string[]> =>
  page.locator('.result-title > a').allInnerTexts()

const counted = async ({ page }: Pick<TestPage, 'page'>, count: string): Promise<void> =>
  page.locator('.results-count').getByText(count, { exact: true }).waitFor()

test('words are typed and searched for, a result is looked at beside, opened, and left again', {
  skip,
}, async () => {
  const { persuasion } = catalogue()
  const at = await openSearch()
  const { page, complaints } = at
  await page.keyboard.press('/')
  await page.keyboard.type('jane austen')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/search?q=jane+austen')
  await counted(at, '62 titles')
  await page.keyboard.press('/')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('emma persuasion')
  await page.keyboard.press('Enter')
  await counted(at, '0 titles')
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('john murray london')
  await page.keyboard.press('Enter')
  await counted(at, '62 titles')
  // From nowhere on the page too: nobody has to come to the list by Tab.
  await page.keyboard.press('j')
  await page.locator('.result:first-child:focus').waitFor()
  await page.keyboard.press('j')
  await page.locator('.result:nth-child(2):focus').waitFor()
  await page.goto(`${catalogue().site.address}/search?query=title+any+%22emma+persuasion%22`)
  await counted(at, '2 titles')
  await tabTo(page, '.result')
  await page.keyboard.press('o')
  await page.locator('.preview h2').getByText('Persuasion').waitFor()
  await page.keyboard.press('j')
  await page.locator('.preview h2').getByText('Emma').waitFor()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/zones/NZ/bibs/${persuasion}`)
  await page.getByRole('button', { name: 'Back to the results' }).waitFor()
  await page.keyboard.press('b')
  await page.waitForURL('**/search?query=*')
  await counted(at, '2 titles')
  assert.deepEqual(complaints, [])
})

test('a title stands with what it is in its own script, in its direction', { skip }, async () => {
  const { page } = await openSearch('?q=sipur')
  const other = page.locator('.result-other')
  assert.equal(await other.innerText(), 'סיפור')
  assert.equal(await other.getAttribute('lang'), 'und-Hebr')
  assert.equal(await other.locator('bdi').getAttribute('dir'), 'rtl')
})

test('a result says that somebody has it open, that it is suppressed, and how brief it is', {
  skip,
}, async () => {
  const { site, persuasion } = catalogue()
  const { zoneId } = await getZone(site.db, 'NZ')
  await site.db.execute(`update bib set brief_level = 3 where mms_id = $1`, [persuasion])
  await lockBib(site.db, zoneId, persuasion, 'Wren Okafor', zoneId)
  const { page } = await openSearch('?q=persuasion')
  assert.match(
    await page.locator('.result-title').innerText(),
    /Brief: 3 of 10\s+Locked by Wren Okafor since /,
  )
})

test('results are narrowed by what they have, and every narrowing is taken away again', {
  skip,
}, async () => {
  const at = await openSearch('?q=a*')
  const { page } = at
  await page.keyboard.press('f')
  await tabTo(page, '.facets .count-filter')
  await page.getByRole('button', { name: /^Hebrew/ }).press('Enter')
  await counted(at, '1 title')
  await page.waitForURL(/facet=.*language/)
  await page.getByRole('button', { name: 'Take away Language: Hebrew' }).press('Enter')
  await page.waitForURL(/\/search\?q=a\*$/)
})

test('the years are narrowed by the arrow keys, and said as a table', { skip }, async () => {
  const at = await openSearch('?q=austen')
  const { page } = at
  await counted(at, '62 titles')
  const table = page.getByRole('table', { name: 'Results by year of publication' })
  assert.match((await table.textContent()) ?? '', /1815–18192/)
  await tabTo(page, 'input[aria-label="From year"], .years-thumb input')
  await page.keyboard.press('End')
  await page.waitForURL(/years=/)
  await page.getByRole('button', { name: /^Take away Year: / }).waitFor()
  await page.getByRole('button', { name: /^Take away Year: / }).press('Enter')
  await counted(at, '62 titles')
})

test('pages go on and back, and the address of one leads to it', { skip }, async () => {
  const at = await openSearch('?q=letters&sort=year-oldest')
  const { page, go } = at
  await counted(at, '60 titles')
  assert.equal((await titles(at))[0], 'Letters, volume 1')
  await page.keyboard.press('n')
  await page.getByText('Page 2', { exact: true }).waitFor()
  await page.locator('.result').first().getByText('Letters, volume 51').waitFor()
  const second = new URL(page.url())
  await page.keyboard.press('p')
  await page.locator('.result').first().getByText('Letters, volume 1', { exact: true }).waitFor()
  await go(`${second.pathname}${second.search}`)
  await page.locator('.result').first().getByText('Letters, volume 51').waitFor()
})

test('conditions make a query, and a query that is typed makes conditions', { skip }, async () => {
  const at = await openSearch()
  const { page } = at
  await page.keyboard.press('a')
  await tabTo(page, '.condition-value input')
  await page.keyboard.type('letters')
  await page.getByRole('button', { name: 'Add a condition' }).press('Enter')
  await page.locator('.advanced .sortable li:nth-child(2) .choice-button').nth(1).press('Enter')
  await page.keyboard.type('Publication year')
  await page.keyboard.press('Enter')
  await page.locator('.advanced .sortable li:nth-child(2) .condition-value input').fill('1903')
  const query = page.locator('.query-text textarea')
  assert.equal(await query.inputValue(), 'keywords all "letters" and year == "1903"')
  await page.locator('.advanced .button.primary').press('Enter')
  await counted(at, '1 title')
  await query.fill('title = letters not year < 1959')
  assert.equal(await page.locator('.advanced .sortable li').count(), 2)
  await page.locator('.advanced .button.primary').press('Enter')
  await counted(at, '2 titles')
})

test('a query that cannot be read says where, and is not sent', { skip }, async () => {
  const { page } = await openSearch('?query=title+%3D+letters')
  await page.locator('.query-text textarea').fill('titel = letters')
  await page.getByText(/^Line 1, column 1: There is no index titel\. The nearest is title\.$/).waitFor()
  assert.equal(await page.locator('.advanced .button.primary').isDisabled(), true)
})

test('an address with a malformed query says so once, and offers nothing that cannot help', {
  skip,
}, async () => {
  const { page } = await openSearch(`?query=${encodeURIComponent('title all "emma" and (')}`)
  const said = page.getByText(/^Line 1, column 23: /)
  await said.waitFor()
  await page.waitForLoadState('networkidle')
  assert.equal(await said.count(), 1)
  assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0)
})

test('that a title has no inventory is said in an institution, and not of the network', {
  skip,
}, async () => {
  const network = await openSearch('?zone=NZ&q=emma')
  await network.page.locator('.result').first().waitFor()
  assert.doesNotMatch(await network.page.locator('.result').first().innerText(), /no inventory/)
  const own = await openSearch('?zone=SALT&q=sanditon')
  await own.page.locator('.result').first().waitFor()
  assert.match(await own.page.locator('.result').first().innerText(), /no inventory/)
})

test('where nothing is found, what would find something is one press away', { skip }, async () => {
  const at = await openSearch('?q=emma&entity=physical-titles')
  const { page } = at
  await page.getByText(/holds no physical inventory/).waitFor()
  await page.getByRole('button', { name: 'Show 1 title' }).press('Enter')
  await counted(at, '1 title')
  await at.go('/search?q=sanditon')
  await page.getByRole('button', { name: 'Saltmarsh: 1 title' }).press('Enter')
  await page.waitForURL(/zone=SALT/)
  await counted(at, '1 title')
})

test('a record of the network is copied and linked into the institution that one works in', {
  skip,
}, async () => {
  const { emma } = catalogue()
  const at = await openSearch('?q=emma&zone=NZ')
  const { page } = at
  await page.evaluate(() => localStorage.setItem('accession.zone', 'SALT'))
  await page.reload()
  await counted(at, '1 title')
  await page.keyboard.press('c')
  await page.getByText(/^Copied into SALT as 99\d+5801\./).waitFor()
  await page.keyboard.press('l')
  await page.getByText(/^SALT is linked to it as 99\d+5801\./).waitFor()
  await page.keyboard.press('Control+1')
  await page.waitForURL(/zone=SALT/)
  await counted(at, '2 titles')
  await at.go(`/search?q=${emma}&index=mms-id&zone=SALT`)
  await counted(at, '1 title')
})

test('the numbers of a page are copied, and the page as CSV', { skip }, async () => {
  const { emma } = catalogue()
  const { page } = await openSearch('?q=emma&zone=NZ')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const take = async (name: string): Promise<string> => {
    await page.getByRole('button', { name: 'Copy …' }).press('Enter')
    await page.getByRole('menuitem', { name }).press('Enter')
    await page.getByRole('status').getByText(`1 copied: ${name}.`).waitFor()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  assert.equal(await take('MMS IDs of this page'), emma)
  assert.equal(await take('OCLC numbers of this page'), '50271')
  assert.match(await take('This page as CSV'), new RegExp(`\r?\n${emma},Emma,"Austen, Jane`))
})

test('a search is saved with all that narrows it, and asked anew', { skip }, async () => {
  const at = await openSearch('?q=letters&years=1901-1910')
  const { page } = at
  await counted(at, '10 titles')
  await page.getByRole('button', { name: 'Saved searches' }).press('Enter')
  await page.getByRole('menuitem', { name: /^Save this search/ }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('Early letters')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('“Early letters” is saved.').waitFor()
  await at.go('/search')
  await page.getByRole('button', { name: 'Saved searches' }).press('Enter')
  await page.getByRole('menuitem', { name: /^Early letters/ }).press('Enter')
  await counted(at, '10 titles')
})

test('the palette opens a bib by its number, in whichever zone, and searches for words', {
  skip,
}, async () => {
  const { own, emma } = catalogue()
  const at = await openSearch()
  const { page } = at
  await page.keyboard.press('Control+k')
  await page.keyboard.type(own)
  await page.getByRole('menuitem', { name: `Open bib ${own} in SALT` }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/zones/SALT/bibs/${own}`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('9780141439587')
  await page.getByRole('menuitem', { name: /^Emma/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/zones/NZ/bibs/${emma}`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('letters volume')
  // The bibs that are found come before it, and would move it while it is pressed.
  await page
    .getByRole('menuitem', { name: /^Letters, volume/ })
    .first()
    .waitFor()
  await page.getByRole('menuitem', { name: /^Search NZ for/ }).click()
  await page.waitForURL('**/search?zone=NZ&q=letters+volume')
  await counted(at, '60 titles')
})

test('nothing of a record that means harm runs among the results or beside them', { skip }, async () => {
  const { page, complaints } = await openSearch('?q=alert')
  await tabTo(page, '.result')
  await page.keyboard.press('o')
  await page.locator('.preview [role=tabpanel]').waitFor()
  const dangerous = page.locator(
    '[href^="javascript:" i], [href^="data:" i], main img, main script, main iframe, main math',
  )
  assert.equal(await dangerous.count(), 0)
  assert.deepEqual(complaints, [])
})

const looks = [
  '',
  '?q=austen',
  '?q=sipur',
  '?query=title+%3D+letters+and+suppressed+%3D+no&years=1910-1950&facet=%5B%22language%3Aeng%22%5D',
  '?q=zzzz&entity=physical-titles',
  '?q=alert',
]

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in searches, results and previews, ${scheme}`, { skip }, async () => {
    const { page, go } = await catalogue().site.openPage({ scheme })
    for (const look of looks) {
      await go(`/search${look}`)
      if (look !== '') await page.locator('.results-count').getByText(/title/).waitFor()
      if ((await page.locator('.result').count()) > 0) {
        await page.keyboard.press('o')
        await page.locator('.preview [role=tabpanel]').waitFor()
      }
      assert.deepEqual(await axeFindings(page), [], look)
    }
  })
}

test('no search has to be scrolled sideways on a narrow screen', { skip }, async () => {
  const { page, go } = await catalogue().site.openPage({ width: 320 })
  for (const look of looks) {
    await go(`/search${look}`)
    if (look !== '') await page.locator('.results-count').getByText(/title/).waitFor()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 320, `${look} is ${width} pixels wide`)
  }
})

test('a row has a menu of what can be done with it: who holds it, what is added, what is taken along', {
  skip,
}, async () => {
  const { site } = catalogue()
  const abbey = await addBib(
    site.db,
    'NZ',
    novel('Northanger Abbey', 1818, '020 __ $a 9780141439792', '035 __ $a (OCoLC)50272'),
  )
  const linked = await addBib(site.db, 'SALT', record('590 __ $a Abbeycopy $9 LOCAL'), { linkedMmsId: abbey })
  const at = await openSearch('?query=title+%3D+northanger')
  const { page, complaints } = at
  await page.locator('.result').first().waitFor()
  await page.keyboard.press('j')
  await page.locator('.result:first-child:focus').waitFor()
  await page.keyboard.press('m')
  const menu = page.getByRole('menu', { name: 'Actions for Northanger Abbey' })
  await menu.waitFor()
  assert.deepEqual(await axeFindings(page), [])
  assert.deepEqual(
    (await menu.getByRole('menuitem').allInnerTexts()).map((said) => said.replace(/\s+/g, ' ')),
    [
      'Open the record Enter',
      'Held by … h',
      'Add holdings …',
      'Add an item …',
      'Add a portfolio …',
      `Copy MMS ID ${abbey}`,
      'Copy ISBN 9780141439792',
      'Copy OCLC 50272',
      'Download as ISO 2709',
      'Download as MARCXML',
    ],
  )
  // The keys of the menu are its own: the row stays the same.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const heldBy = page.getByRole('dialog', { name: 'Held by' })
  await heldBy.getByRole('link', { name: 'Saltmarsh' }).first().waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await page.keyboard.press('Escape')
  await page.goto(`${site.address}/search?zone=SALT&query=local-590+%3D+abbeycopy`)
  await page.locator('.result').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('h')
  await heldBy.waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('m')
  await page.getByRole('menuitem', { name: 'Add holdings' }).press('Enter')
  await page.waitForURL(`**/zones/SALT/bibs/${linked}`)
  await page.getByRole('dialog', { name: 'Add holdings' }).waitFor()
  // Once: whoever comes back to the page sees the page.
  await page.reload()
  await page.getByRole('heading', { name: 'Inventory' }).waitFor()
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.deepEqual(complaints, [])
})
