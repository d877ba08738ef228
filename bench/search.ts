import { join } from 'node:path'
import { readWording, type Wording } from '../src/catalog/search/asked.ts'
import { foundRows } from '../src/catalog/search/found-rows.ts'
import { search, searchFacets } from '../src/catalog/search/search.ts'
import { getZone, type Zone } from '../src/catalog/zone.ts'
import { connect, type Database } from '../src/db/database.ts'
import { type Figure, median, quantile } from './figure.ts'
import { generate } from './generate.ts'
import { inCatalogue } from './import.ts'
import { type BenchJob, measureJob } from './job.ts'
import type { BenchServer } from './server.ts'

/** Searches of a kind, as the screen sends them. */
type Kind = { readonly name: string; readonly wordings: readonly Wording[] }

type Times = {
  readonly identifiers: readonly number[]
  readonly keywords: ReadonlyMap<string, readonly number[]>
}

/** Searches of each kind that are measured. */
const searchesOfKind = 150

/** How long 99 of 100 searches may take at rest, in milliseconds. */
const identifiersMost = 50
const keywordsMost = 300

/** Records that are imported beside the searches, at the least: so many that the import outlasts them. */
const besideShare = 0.1

/**
 * Searches of a network zone of so many bibs, which a job has imported: by identifiers, and by keywords of each class
 * of frequency with their rows and facets, at rest and while another job imports.
 */
export async function benchSearch(
  server: BenchServer,
  records: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const path = join(server.folder, 'searched.mrc')
  const beside = join(server.folder, 'beside.mrc')
  await generate(path, { records })
  await generate(beside, { records: Math.max(20_000, Math.round(records * besideShare)) }, 1)
  return inCatalogue(server, async (address) => {
    const job = (file: string): BenchJob => ({ address, dataDir: server.folder, path: file, kind: 'import' })
    const imported = await measureJob(job(path))
    say(`${imported.records} bibs are imported, ${Math.round(imported.records / imported.seconds)} a second`)
    const db = connect(address)
    try {
      // What autovacuum does within minutes.
      await db.execute('vacuum analyze')
      const zone = await getZone(db, 'NZ')
      const identifiers = await drawnIdentifiers(db, zone)
      const kinds = await drawnKeywords(db, zone, say)
      await measured(db, zone, identifiers, kinds)
      const atRest = await measured(db, zone, identifiers, kinds)
      let isImporting = true
      const other = measureJob(job(beside)).finally(() => (isImporting = false))
      const whileImporting: Times[] = []
      while (isImporting) whileImporting.push(await measured(db, zone, identifiers, kinds, () => isImporting))
      await other
      return figuresOf(atRest, together(whileImporting), say)
    } finally {
      await db.close()
    }
  })
}

async function measured(
  db: Database,
  zone: Zone,
  identifiers: readonly Wording[],
  kinds: readonly Kind[],
  goesOn: () => boolean = () => true,
): Promise<Times> {
  const times = {
    identifiers: [] as number[],
    keywords: new Map(kinds.map(({ name }) => [name, [] as number[]])),
  }
  for (const [at, identifier] of identifiers.entries()) {
    if (!goesOn()) break
    times.identifiers.push(await timed(() => page(db, zone, identifier)))
    for (const { name, wordings } of kinds) {
      const wording = wordings[at]
      // The screen asks for the rows and the facets at once.
      if (wording !== undefined)
        times.keywords
          .get(name)
          ?.push(
            await timed(() =>
              Promise.all([page(db, zone, wording), searchFacets(db, zone, readWording(wording))]),
            ),
          )
    }
  }
  return times
}

async function page(db: Database, zone: Zone, wording: Wording): Promise<void> {
  const asked = { ...readWording(wording), sort: 'newest' as const, after: null, limit: 20 }
  const { ids } = await search(db, zone, asked)
  await foundRows(db, zone, asked.entity, ids)
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** OCLC numbers, ISBNs, other numbers and MMS IDs of the catalogue, by the index of each and by keywords. */
async function drawnIdentifiers(db: Database, zone: Zone): Promise<Wording[]> {
  const rows = await db.query<{ kind: string; value: string }>(
    `(select kind, value from match_key where zone_id = $1 and kind = 'oclc' order by hashtext(value) limit $2)
     union all (select kind, value from match_key where zone_id = $1 and kind = 'system' order by hashtext(value) limit $2)
     union all (select 'mms-id', mms_id from bib where zone_id = $1 order by hashtext(mms_id) limit $2)`,
    [zone.zoneId, Math.ceil(searchesOfKind / 3)],
  )
  const indexes: Readonly<Record<string, string>> = { oclc: 'oclc-035az', system: 'other-system-number' }
  return rows
    .map(({ kind, value }, at) => ({
      text: value,
      index: at % 2 === 0 ? 'keywords' : (indexes[kind] ?? kind),
    }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
}

/** Words and titles of the catalogue, as often as they are there. */
async function drawnKeywords(db: Database, zone: Zone, say: (text: string) => void): Promise<Kind[]> {
  const words = await db.query<{ word: string; bibs: number }>(
    `select word, ndoc * 10 as bibs from ts_stat('select words from bib_search where zone_id = ${zone.zoneId} and part % 10 = 0')
     where word ~ '^[a-z]{3,}$' order by hashtext(word)`,
  )
  const of = (name: string, least: number, most: number): Kind => {
    const found = words.filter(({ bibs }) => bibs >= least && bibs < most).slice(0, searchesOfKind)
    return { name, wordings: found.map(({ word }) => ({ text: word })) }
  }
  const titles = await db.query<{ title: string }>(
    `select sort_title as title from bib_facet where zone_id = $1 and sort_title like '% % % %' order by hashtext(mms_id) limit $2`,
    [zone.zoneId, searchesOfKind],
  )
  const starts = (count: number) =>
    titles.map(({ title }) => ({ text: title.split(' ').slice(0, count).join(' ') }))
  const kinds = [
    of('a rare word (under 100 bibs)', 1, 100),
    of('a word of 100 to 10,000 bibs', 100, 10_000),
    of('a word of over 10,000 bibs', 10_000, Number.POSITIVE_INFINITY),
    { name: 'two words of a title', wordings: starts(2) },
    { name: 'four words of a title', wordings: starts(4) },
    {
      name: 'words of a title, in English, by index',
      wordings: starts(3).map(({ text }) => ({ text, index: 'title', facets: ['language:eng'] })),
    },
  ]
  for (const { name, wordings } of kinds) say(`${name}: ${wordings.length} searches, as ${wordings[0]?.text}`)
  return kinds.filter(({ wordings }) => wordings.length > 0)
}

function together(rounds: readonly Times[]): Times {
  const names = [...(rounds[0]?.keywords.keys() ?? [])]
  return {
    identifiers: rounds.flatMap(({ identifiers }) => identifiers),
    keywords: new Map(
      names.map((name) => [name, rounds.flatMap(({ keywords }) => keywords.get(name) ?? [])]),
    ),
  }
}

function figuresOf(atRest: Times, importing: Times, say: (text: string) => void): Figure[] {
  for (const [name, times] of atRest.keywords)
    say(
      `${name}: median ${median(times).toFixed(1)} ms, 99 % in ${quantile(times, 0.99).toFixed(1)} ms; while importing ${median(importing.keywords.get(name) ?? []).toFixed(1)} and ${quantile(importing.keywords.get(name) ?? [], 0.99).toFixed(1)} ms`,
    )
  const keywords = (times: Times) => [...times.keywords.values()].flat()
  const unit = 'ms'
  /** While a job imports, a quarter more is allowed than at rest. */
  const compared = (
    what: string,
    part: number,
    of: (times: Times) => readonly number[],
    most?: number,
  ): Figure => {
    const value = quantile(of(importing), part)
    const peer = quantile(of(atRest), part)
    const bar = most === undefined ? {} : { bar: { of: 'value' as const, most: most * 1.25 } }
    return { what, unit, value, peer: { name: 'at rest', value: peer }, ratio: value / peer, ...bar }
  }
  return [
    { what: 'identifier search, median', unit, value: median(atRest.identifiers) },
    {
      what: 'identifier search, 99 %',
      unit,
      value: quantile(atRest.identifiers, 0.99),
      bar: { of: 'value', most: identifiersMost },
    },
    compared('the same while importing, 99 %', 0.99, ({ identifiers }) => identifiers, identifiersMost),
    { what: 'keyword search with facets, median', unit, value: median(keywords(atRest)) },
    {
      what: 'keyword search with facets, 99 %',
      unit,
      value: quantile(keywords(atRest), 0.99),
      bar: { of: 'value', most: keywordsMost },
    },
    compared('the same while importing, median', 0.5, keywords),
    compared('the same while importing, 99 %', 0.99, keywords, keywordsMost),
  ]
}
