import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpCatalogue } from '../src/import/setup.ts'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { sendRecords } from '../src/protocols/gateway/client.ts'
import { secretOf } from '../src/protocols/gateway/secret.ts'
import { axeFindings, noBrowser, openSite, tabTo } from './browser.ts'
import { record } from './catalogue.ts'
import { startGatewayProcess, type TestProcess } from './gateway.ts'
import { book } from './jobs.ts'

/*
 * A gateway is set up and watched, by keyboard alone. The tests go on from each other.
 */

async function openDesk() {
  const site = await openSite()
  await setUpCatalogue(site.db)
  const gateway = await startGatewayProcess(site.db.address)
  site.useGateway(() => gateway.state())
  return { site, gateway, ...(await site.openPage()) }
}

const opened = noBrowser === false ? await openDesk() : null

function desk() {
  assert.ok(opened)
  return opened
}

const skip = noBrowser
let secret = ''

/** As a cataloguer's Connexion does. */
async function send(
  { port }: Pick<TestProcess, 'port'>,
  one: MarcRecord,
  { person = 'maria', password = secret } = {},
): Promise<string | null> {
  const options = { host: '127.0.0.1', port, logon: `NZ/${person}`, user: '100-200-300', retries: 0 }
  for await (const { reply } of sendRecords([encodeIso2709(one).bytes], {
    ...options,
    password: secretOf(password),
  }))
    return reply
  return null
}

test('the gateway is opened into a zone, and its secret shown once, for copying', { skip }, async () => {
  const { page, go, site } = desk()
  await go('/')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.waitForURL('**/gateway')
  await page.getByText('Nothing has been exported yet').waitFor()
  await tabTo(page, 'a[href="/gateway/zones/NZ"]')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing can be exported to NZ yet').waitFor()
  await tabTo(page, '.button.primary')
  await page.keyboard.press('Enter')
  const first = await page.locator('.fresh-secret code').innerText()
  await page.keyboard.press('Alt+n')
  await page.getByRole('alertdialog').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('The one before it is refused from now on').waitFor()
  secret = await page.locator('.fresh-secret code').innerText()
  assert.match(secret, /^[a-z0-9]{26}$/)
  assert.notEqual(secret, first)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.address })
  await tabTo(page, '.fresh-secret .button')
  await page.keyboard.press('Enter')
  await page.getByText('Secret copied.').waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret)
})

test('the destination is tested through its port, and the settings say where that is', { skip }, async () => {
  const { page, gateway } = desk()
  await page.keyboard.press('Alt+t')
  await page.getByText('It works.').waitFor()
  assert.match(await page.locator('.reply').innerText(), /^Import Failed: NOT_A_BIB/)
  const settings = await page.getByRole('table', { name: 'What to type into Connexion' }).innerText()
  for (const setting of [
    String(gateway.port),
    'Timeout\t100',
    'Retries\t3',
    'Delay\t0',
    'Send Local System Logon ID and Password\tchecked',
  ])
    assert.ok(settings.includes(setting), `${setting} in ${settings}`)
  await tabTo(page, 'input[type="password"]')
  await page.keyboard.type('x')
  await page.keyboard.press('Alt+t')
  await page.getByText('It does not work.').waitFor()
  assert.match(await page.locator('.reply').innerText(), /^Import Failed: Logon Failed/)
})

test('a fault of the settings is named, and they are saved when it is mended', { skip }, async () => {
  const { page } = desk()
  await tabTo(page, '.text-field:nth-of-type(2) input[type="text"]')
  await page.keyboard.type('192.0.2.0/99')
  await page.keyboard.press('Control+Enter')
  await page.getByText('192.0.2.0/99 is no IP address or network').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('127.0.0.0/8')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Saved.').waitFor()
})

test('an export appears before one’s eyes, and says all about itself', { skip }, async () => {
  const { page, gateway, go } = desk()
  await go('/gateway')
  await page.getByText('1 export').waitFor()
  assert.match((await send(gateway, book(1, 'Emma'))) ?? '', /^Added to /)
  await page.locator('.grid-body').getByText('Emma').waitFor()
  await tabTo(page, '.grid [role="row"]')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Export \d+ · Emma/ }).waitFor()
  assert.match(await page.locator('.reply').innerText(), /^Added to [\s\S]*MMS ID: 99\d+/)
  await tabTo(page, 'summary')
  await page.keyboard.press('Enter')
  await page.getByText('00000  30 30').waitFor()
  const all = await page.locator('main').innerText()
  assert.match(all, /maria, from 127\.0\.0\.1/)
  assert.ok(!all.includes(secret))
})

const script = `<script>alert('script')</script><img src=x onerror="alert('image')">`
const hostile = record(
  `035 __ $a (OCoLC)777777 ${script}`,
  `245 10 $a ${script} \u202eesrever\u202c / $c ${script}`,
  `500 __ $a "><svg onload=alert('svg')>`,
)

test('what a hostile export says is shown as text, and nothing of it runs', { skip }, async () => {
  const { page, gateway, complaints } = desk()
  assert.ok(await send(gateway, hostile, { person: `<img src=x onerror=alert('person')>` }))
  await page.keyboard.press('b')
  await page.waitForURL('**/gateway')
  await page.locator('.grid-body').getByText('alert').first().waitFor()
  await tabTo(page, '.grid [role="row"]')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /<script>/ }).waitFor()
  await page.locator('summary').press('Enter')
  await page.getByText('00000  30 30').waitFor()
  assert.equal(await page.locator('main img, main script, main svg[onload]').count(), 0)
  assert.deepEqual(
    complaints.filter((complaint) => !complaint.includes('status of 422')),
    [],
  )
})

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing on the pages of the gateway, ${scheme}`, { skip }, async () => {
    const { site } = desk()
    const { page, go, complaints } = await site.openPage({ scheme })
    const found: string[] = []
    for (const path of ['/gateway', '/gateway/zones/NZ', '/gateway/zones/IZ', '/gateway/exports/3']) {
      await go(path)
      await page.locator('.screen-loading').waitFor({ state: 'detached' })
      found.push(...(await axeFindings(page)).map((finding) => `${path}: ${finding}`))
    }
    assert.deepEqual([...found, ...complaints], [])
  })

test('no page of the gateway has to be scrolled sideways on a narrow screen', { skip }, async () => {
  const { page, go } = await desk().site.openPage({ width: 320 })
  const wide: string[] = []
  for (const path of ['/gateway', '/gateway/zones/NZ', '/gateway/exports/3']) {
    await go(path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > 320) wide.push(`${path}: ${width} pixels`)
  }
  assert.deepEqual(wide, [])
})
