import { createHash } from 'node:crypto'
import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { getCollection } from '../inventory/electronic-collection.ts'
import {
  countTitles,
  findUnlisted,
  type ListedTitle,
  type ListPlace,
  planTitles,
  type TitleChange,
  withdrawTitles,
  type WithdrawnTitle,
  writeTitles,
} from '../inventory/title-list.ts'
import { pack } from '../marc/packed.ts'
import type { ImportProfile, RunProfile } from '../rules/import-profile.ts'
import { type Code, codeRemedies, codeSentences } from '../rules/outcome.ts'
import { prepare } from '../rules/prepare.ts'
import { shippedProfile } from '../rules/profiles.ts'
import { type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'
import { type LineNote, readTitleList, type TitleOfList } from './title-list-lines.ts'

/** What loading a title list came to, or would come to. Every line of the file is in one of the counts. */
export type LoadReport = {
  readonly collectionId: string
  readonly isDryRun: boolean
  /** Below the heading. */
  readonly lines: number
  readonly blank: number
  /** Of lines that say more of a title that another line has begun. */
  readonly further: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Lines that make no title; of a title of several lines that makes no bib, its first. */
  readonly rejected: readonly LineNote[]
  readonly findings: readonly LineNote[]
  readonly withdrawn: readonly WithdrawnTitle[]
}

export type TitleListFile = {
  /** Nothing: the first service of the collection. */
  readonly serviceId?: string
  readonly fileName: string
  readonly file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  readonly by: string
  readonly isDryRun: boolean
  /** More than half of the titles that there are may go: the list is known to be whole. */
  readonly mayWithdrawMost?: boolean
}

/** Titles that any list may withdraw. */
const fewWithdrawn = 10

/** Titles of a transaction. */
const batchSize = 200

/**
 * Loads a title list (KBART) into a collection of the zone. Bibs enter by the one pipeline, in batches, each with
 * its portfolios in the same transaction; what is stopped midway is gone on with by loading the file again, since
 * what is there already changes nothing. Titles that the list has no more are withdrawn at the end.
 *
 * @throws {ImportRefusal | InventoryRefusal} where nothing is loaded
 */
export async function loadCollection(
  db: Database,
  zone: Zone,
  collectionId: string,
  { serviceId, fileName, file, by, isDryRun, mayWithdrawMost = false }: TitleListFile,
): Promise<LoadReport> {
  const collection = await getCollection(db, zone, collectionId)
  if (collection.zone !== zone.code)
    throw new ImportRefusal(
      'invalid',
      'COLLECTION_OF_OTHERS',
      `The collection ${collectionId} is one of zone ${collection.zone}: ${zone.code} does not change it.`,
      'Activate its portfolios, or load the list into a collection of your own.',
    )
  const service = serviceId ?? collection.services[0]?.serviceId
  if (service === undefined || !collection.services.some((known) => known.serviceId === service))
    throw new ImportRefusal(
      'missing',
      'NO_SUCH_SERVICE',
      `The collection ${collectionId} has no service ${service ?? ''}.`,
      `Its services are ${collection.services.map((known) => known.serviceId).join(', ') || 'none'}.`,
    )
  const list = await readTitleList(collectionId, file)
  const place: ListPlace = { zone, collectionId, serviceId: service }
  const keys = [...list.titles.map(({ key }) => key), ...list.spoiltKeys]
  if (!isDryRun && !mayWithdrawMost) await refuseCutOff(db, place, keys)
  const tally = { added: 0, changed: 0, unchanged: 0 }
  const rejected = [...list.rejected]
  const profiles = {
    known: await resolveProfile(db, zone, profileOf(collectionId, 'known')),
    first: await resolveProfile(db, zone, profileOf(collectionId, 'first')),
  }
  for (let start = 0; start < list.titles.length; start += batchSize) {
    const titles = list.titles.slice(start, start + batchSize)
    const known = await findKnownSources(db, place, titles)
    for (const way of ['known', 'first'] as const) {
      const own = titles.filter(({ key }) => known.has(key) === (way === 'known'))
      if (own.length === 0) continue
      const done = await loadTitles(db, place, own, { profile: profiles[way], by, isDryRun })
      for (const each of done) {
        if (typeof each === 'string') tally[each]++
        else rejected.push(each)
      }
    }
  }
  const withdrawn = await beyondScope(() =>
    db.transaction(async (tx) => {
      const unlisted = await findUnlisted(tx, place, keys)
      if (isDryRun) return unlisted
      await withdrawTitles(tx, place, unlisted, by)
      await tx.execute(
        `update electronic_collection set loaded_at = now(), loaded_by = $3, file_name = $4
         where zone_id = $1 and collection_id = $2`,
        [zone.zoneId, collectionId, by, fileName.slice(0, 400)],
      )
      return unlisted
    }),
  )
  return {
    collectionId,
    isDryRun,
    lines: list.lines,
    blank: list.blank,
    further: list.titles.reduce((sum, { lines }) => sum + lines.length - 1, 0),
    ...tally,
    rejected: rejected.toSorted((a, b) => a.line - b.line),
    findings: list.findings,
    withdrawn,
  }
}

/** A list that was cut off, or is another's, would take most of what is there away from all who have activated it. */
async function refuseCutOff(db: Database, place: ListPlace, keys: readonly string[]): Promise<void> {
  const titles = await countTitles(db, place)
  const { length } = await findUnlisted(db, place, keys)
  if (length <= fewWithdrawn || length * 2 <= titles) return
  throw new ImportRefusal(
    'conflict',
    'WITHDRAWS_MOST',
    `The list has ${length} of the ${titles} titles of the collection no more: nothing was loaded.`,
    'See by a dry run whether the list is whole and of this collection; if it is, say that most may be withdrawn.',
  )
}

/**
 * A title that the collection has brought before is found by its number there, and its bib follows the list. One
 * that comes for the first time is looked for by ISSN or ISBN, and a bib that another collection has brought
 * stays as it is: two lists never take turns in changing one bib. Address and coverage are the portfolio's.
 */
const profileOf = (collectionId: string, way: 'known' | 'first'): ImportProfile => {
  const shipped = shippedProfile('repository')
  return {
    ...shipped,
    code: 'title-list',
    name: 'Title lists',
    originatingSystem: collectionId,
    normalize: [{ do: 'remove-fields', tags: ['856'] }, { do: 'remove-empty-subfields' }],
    match: {
      ...shipped.match,
      method: way === 'known' ? 'oclc-else-source' : 'isbn-exact',
      ...(way === 'known' ? {} : { serial: 'issn-exact' }),
    },
    onMatch: {
      ...shipped.onMatch,
      mergeRule: way === 'known' ? 'overlay-all-but-local' : 'keep-existing',
    },
  }
}

/** Which titles of a list the zone has bibs of that the list's collection has brought. */
async function findKnownSources(
  db: Database,
  { zone, collectionId }: ListPlace,
  titles: readonly TitleOfList[],
): Promise<ReadonlySet<string>> {
  const byNumber = new Map(titles.map(({ key }) => [`(${collectionId})${key}`, key]))
  const rows = await db.query<{ value: string }>(
    `select distinct value from match_key where zone_id = $1 and kind = 'source' and value = any($2::text[])`,
    [zone.zoneId, [...byNumber.keys()]],
  )
  return new Set(rows.flatMap(({ value }) => byNumber.get(value) ?? []))
}

async function loadTitles(
  db: Database,
  place: ListPlace,
  titles: readonly TitleOfList[],
  {
    profile,
    by,
    isDryRun,
  }: { readonly profile: RunProfile; readonly by: string; readonly isDryRun: boolean },
): Promise<readonly (TitleChange | LineNote)[]> {
  const { zone } = place
  const run: BatchRun = {
    profile,
    bibZone: zone,
    inventoryZone: zone,
    by,
    job: null,
    mode: isDryRun ? 'preview' : 'apply',
  }
  const records = titles.map((title, at) => preparedOf(title, at + 1, profile))
  // By position: what runs again, after a rollback or for parts of the batch, says it anew.
  const came = new Map<number, TitleChange | LineNote>()
  await importBatch(db, run, records, async (tx, results) => {
    const listed: ListedTitle[] = []
    for (const { position, mmsId, outcome, code } of results) {
      const title = titles[position - 1] as TitleOfList
      const { key, url, coverage, publicNote, materialType } = title
      const isOut = outcome === 'rejected' || outcome === 'unresolved'
      // A dry run gives no numbers to new bibs.
      if (!isOut && mmsId !== null) listed.push({ key, mmsId, url, coverage, publicNote, materialType })
      came.set(position, isOut ? refusedTitle(title, code) : 'added')
    }
    const write = isDryRun ? planTitles : writeTitles
    const changes = await write(tx, place, listed, by)
    for (const { position, outcome } of results) {
      const change = changes.get(titles[position - 1]?.key ?? '')
      // The bib alone may have changed: its title, or its publisher.
      const isBibChanged = outcome === 'merged' || outcome === 'overlaid'
      if (change !== undefined)
        came.set(position, change === 'unchanged' && isBibChanged ? 'changed' : change)
    }
  })
  return [...came.values()]
}

function preparedOf(title: TitleOfList, position: number, profile: RunProfile): PreparedRecord {
  const bytes = Buffer.from(pack(title.record))
  return {
    position,
    offset: 0,
    length: bytes.length,
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    repairs: [],
    prepared: prepare(title.record, profile),
  }
}

const refusedTitle = ({ lines, title }: TitleOfList, code: Code | null): LineNote => ({
  line: lines[0] ?? 0,
  column: null,
  code: code ?? 'NOT_IMPORTABLE',
  message: `“${title.slice(0, 200)}”: ${code === null ? 'the title makes no bib.' : codeSentences[code]}`,
  remedy: code === null ? 'Look at the line.' : codeRemedies[code],
})
