import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { runImporter } from '../src/import/importer.ts'
import { buildApp } from '../src/server/app.ts'
import type { Gateway } from '../src/server/api/gateway.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import type { SignIn } from '../src/server/context.ts'
import { everybody } from './everybody.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const chromiumPath = (process.env['PATH'] ?? '')
  .split(':')
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((path) => existsSync(path))

/** Why there can be no browser tests here; false where they can be. */
export const noBrowser = chromiumPath === undefined ? 'there is no Chromium here' : false

export type TestSite = {
  readonly address: string
  readonly db: TestDatabase
  readonly dataDir: string
  /** Runs jobs from now on, until the tests end. */
  startImporter(): void
  /** What the server says of its gateway from now on; none until then. */
  useGateway(state: () => Gateway): void
  /** A page of its own, with its own storage; whatever it complains of fails the test that looks. */
  openPage(options?: PageOptions): Promise<TestPage>
}

type PageOptions = { readonly scheme?: 'light' | 'dark'; readonly width?: number }

export type TestPage = {
  readonly page: Page
  /** Errors in the console, faults of scripts, breaches of the content security policy, native dialogs. */
  readonly complaints: readonly string[]
  go(path: string): Promise<void>
}

/** The built screens on a real server with a database of its own, and a browser to look at them; from the top of a file. */
export async function openSite(signIn: SignIn = everybody): Promise<TestSite> {
  const built = spawnSync(process.execPath, [join(root, 'scripts/setup.js'), '--dev', '--web'], {
    encoding: 'utf8',
  })
  assert.equal(built.status, 0, built.stderr)
  const db = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'accession-browser-'))
  let gateway = () => noGateway
  const app = await buildApp(
    {
      db,
      address: db.address,
      dataDir,
      version: '0.0.0',
      demo: false,
      signIn,
      webDir: join(root, 'dist/web'),
      gateway: () => gateway(),
      hosts: [],
    },
    { checkReplies: true },
  )
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const ending = new AbortController()
  let importer: Promise<void> | null = null
  let browser: Browser | null = null
  after(async () => {
    await browser?.close()
    ending.abort()
    await importer
    await app.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  return {
    address,
    db,
    dataDir,
    startImporter() {
      importer ??= runImporter(db, dataDir, ending.signal)
    },
    useGateway(state) {
      gateway = state
    },
    async openPage({ scheme = 'light', width = 1280 } = {}) {
      browser ??= await chromium.launch({
        executablePath: chromiumPath ?? '',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      })
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      return {
        page,
        complaints,
        async go(path) {
          await page.goto(`${address}${path}`)
          await page.locator('h1').first().waitFor()
        },
      }
    },
  }
}

/** Presses Tab until the focus is where it is wanted: everything must be reachable so. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) === true,
      selector,
    )
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab does not lead to ${selector}`)
}

/** What axe-core finds on the page as it is, in words; by these rules alone, where some are named. */
export async function axeFindings(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (values): Promise<axe.AxeResults> =>
      // What has been announced names what is on the page no more, and goes by itself after some seconds.
      (Reflect.get(globalThis, 'axe') as typeof axe).run(
        { exclude: ['[data-live-announcer]'] },
        {
          resultTypes: ['violations'],
          ...(values.length > 0 ? { runOnly: [...values] } : {}),
        },
      ),
    rules,
  )
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html} ${nodes[0]?.failureSummary ?? ''}`,
  )
}
