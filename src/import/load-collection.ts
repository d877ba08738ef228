import { createHash } from 'node:crypto'
import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { getCollection } from '../inventory/electronic-collection.ts'
import {
  countTitles,
  findUnlisted,
  findWithdrawn,
  type ListedTitle,
  type ListPlace,
  type PlannedTitle,
  planTitles,
  type TitleChange,
  withdrawTitles,
  type WithdrawnTitle,
  writeTitles,
} from '../inventory/title-list.ts'
import { unpack } from '../marc/packed.ts'
import type { ImportProfile, RunProfile } from '../rules/import-profile.ts'
import { type Code, codeRemedies, codeSentences } from '../rules/outcome.ts'
import { prepare } from '../rules/prepare.ts'
import { shippedProfile } from '../rules/profiles.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'
import { readCollectionFile } from './collection-file.ts'
import { keepLoad } from './collection-load.ts'
import type { CollectionFile, LineNote, TitleOfFile } from './collection-titles.ts'

/** A title that a load made or changed, or would. */
export type ChangedTitle = {
  readonly line: number
  readonly key: string
  readonly title: string
  readonly change: Exclude<TitleChange, 'unchanged'>
  readonly url: string | null
  readonly coverage: string | null
  /** As its portfolio was; nothing where there was none. */
  readonly was: PlannedTitle['was']
}

/** What loading a file came to, or would come to. Every line or record of it is in one of the counts. */
export type LoadReport = {
  readonly collectionId: string
  readonly format: CollectionFile['format']
  readonly isDryRun: boolean
  /** Below the heading of a title list; or records. */
  readonly lines: number
  readonly blank: number
  /** Of lines that say more of a title that another line has begun. */
  readonly further: number
  /** Records that say that their title is gone. */
  readonly deletes: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** The first of those that were added or changed. */
  readonly changes: readonly ChangedTitle[]
  /** Lines that make no title; of a title of several lines that makes no bib, its first. */
  readonly rejected: readonly LineNote[]
  readonly findings: readonly LineNote[]
  readonly withdrawn: readonly WithdrawnTitle[]
}

export type FileToLoad = {
  /** Nothing: the first service of the collection. */
  readonly serviceId?: string
  readonly fileName: string
  readonly file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  readonly by: string
  readonly isDryRun: boolean
  /** The file has all titles of the collection, and what it does not have is withdrawn: else a title list has, and records have not. */
  readonly isWhole?: boolean | undefined
  /** More than half of the titles that there are may go: the list is known to be whole. */
  readonly mayWithdrawMost?: boolean
}

/** Titles that any list may withdraw. */
const fewWithdrawn = 10

/** Titles of a transaction. */
const batchSize = 200

/** Changed titles that a report lists. */
const mostChanges = 1000

/**
 * Loads a title list (KBART) or a file of MARC records into a collection of the zone. Bibs enter by the one pipeline, in batches, each with
 * its portfolios in the same transaction; what is stopped midway is gone on with by loading the file again, since
 * what is there already changes nothing. Titles that the file says are gone, and those that a whole one does not have, are
 * withdrawn at the end.
 *
 * @throws {ImportRefusal | InventoryRefusal} where nothing is loaded
 */
export async function loadCollection(
  db: Database,
  zone: Zone,
  collectionId: string,
  { serviceId, fileName, file, by, isDryRun, isWhole, mayWithdrawMost = false }: FileToLoad,
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
  const list = await readCollectionFile(collectionId, file)
  const place: ListPlace = { zone, collectionId, serviceId: service }
  const keys = [...list.titles.map(({ key }) => key), ...list.spoiltKeys]
  const named = { isWhole: isWhole ?? list.format === 'kbart', keys, goneKeys: list.goneKeys }
  if (!isDryRun && named.isWhole && !mayWithdrawMost) await refuseCutOff(db, place, keys)
  const tally = { added: 0, changed: 0, unchanged: 0 }
  const changes: ChangedTitle[] = []
  const rejected = [...list.rejected]
  const findings = [...list.findings]
  const profiles = {
    known: await resolveProfile(db, zone, profileOf(collectionId, 'known', list.format)),
    first: await resolveProfile(db, zone, profileOf(collectionId, 'first', list.format)),
  }
  for (let start = 0; start < list.titles.length; start += batchSize) {
    const titles = list.titles.slice(start, start + batchSize)
    const known = await findKnownSources(db, place, titles)
    for (const way of ['known', 'first'] as const) {
      const own = titles.filter(({ key }) => known.has(key) === (way === 'known'))
      if (own.length === 0) continue
      const done = await loadTitles(db, place, own, { profile: profiles[way], by, isDryRun })
      for (const each of done) {
        if ('code' in each) rejected.push(each)
        else {
          const { change, was, title, locked } = each
          tally[change]++
          // The bib of a title that comes for the first time would stay as it is in any case.
          if (locked !== null && way === 'known') findings.push(locked)
          if (change !== 'unchanged' && changes.length < mostChanges)
            changes.push({ ...shownOf(title), change, was })
        }
      }
    }
  }
  return await beyondScope(() =>
    db.transaction(async (tx) => {
      const withdrawn = await findWithdrawn(tx, place, named)
      const report: LoadReport = {
        collectionId,
        format: list.format,
        isDryRun,
        lines: list.lines,
        blank: list.blank,
        further: list.titles.reduce((sum, { lines }) => sum + lines.length - 1, 0),
        deletes: list.deletes,
        ...tally,
        changes: changes.toSorted((a, b) => a.line - b.line),
        rejected: rejected.toSorted((a, b) => a.line - b.line),
        findings: findings.toSorted((a, b) => a.line - b.line),
        withdrawn,
      }
      if (isDryRun) return report
      await withdrawTitles(tx, place, withdrawn, by)
      await keepLoad(tx, zone, report, { fileName, by })
      return report
    }),
  )
}

const shownOf = ({ lines, key, title, url, coverage }: TitleOfFile) => ({
  line: lines[0] ?? 0,
  key,
  title,
  url,
  coverage,
})

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
const profileOf = (
  collectionId: string,
  way: 'known' | 'first',
  format: CollectionFile['format'],
): ImportProfile => {
  const shipped = shippedProfile('repository')
  return {
    ...shipped,
    code: 'title-list',
    name: 'Title lists',
    originatingSystem: collectionId,
    normalize: [
      // Of records, their reader has taken the address: what they say of related resources stays.
      ...(format === 'kbart' ? [{ do: 'remove-fields', tags: ['856'] } as const] : []),
      { do: 'remove-empty-subfields' },
    ],
    match: { ...shipped.match, ...methods[way === 'known' ? 'known' : format] },
    onMatch: {
      ...shipped.onMatch,
      mergeRule: way === 'known' ? 'overlay-all-but-local' : 'keep-existing',
    },
  }
}

/** By what a bib is found: of a title that the collection has brought, and of one that comes for the first time. */
const methods = {
  known: { method: 'oclc-else-source' },
  kbart: { method: 'isbn-exact', serial: 'issn-exact' },
  marc: { method: 'isbn-exact-024-035', serial: 'issn-exact-024-035' },
} as const

/** Which titles of a list the zone has bibs of that the list's collection has brought. */
async function findKnownSources(
  db: Database,
  { zone, collectionId }: ListPlace,
  titles: readonly TitleOfFile[],
): Promise<ReadonlySet<string>> {
  const byNumber = new Map(titles.map(({ key }) => [`(${collectionId})${key}`, key]))
  const rows = await db.query<{ value: string }>(
    `select distinct value from match_key where zone_id = $1 and kind = 'source' and value = any($2::text[])`,
    [zone.zoneId, [...byNumber.keys()]],
  )
  return new Set(rows.flatMap(({ value }) => byNumber.get(value) ?? []))
}

type LoadedTitle = PlannedTitle & {
  readonly title: TitleOfFile
  /** That its bib could not be written, and why. */
  readonly locked: LineNote | null
}

async function loadTitles(
  db: Database,
  place: ListPlace,
  titles: readonly TitleOfFile[],
  {
    profile,
    by,
    isDryRun,
  }: { readonly profile: RunProfile; readonly by: string; readonly isDryRun: boolean },
): Promise<readonly (LoadedTitle | LineNote)[]> {
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
  const came = new Map<number, LoadedTitle | LineNote>()
  await importBatch(db, run, records, async (tx, results) => {
    const listed: ListedTitle[] = []
    for (const { position, mmsId, outcome, code, trace } of results) {
      const title = titles[position - 1] as TitleOfFile
      const { key, url, coverage, publicNote, materialType } = title
      const isOut = outcome === 'rejected' || outcome === 'unresolved'
      // A dry run gives no numbers to new bibs.
      if (!isOut && mmsId !== null) listed.push({ key, mmsId, url, coverage, publicNote, materialType })
      const locked = lockedBib(title, mmsId, trace)
      came.set(position, isOut ? refusedTitle(title, code) : { title, change: 'added', was: null, locked })
    }
    const write = isDryRun ? planTitles : writeTitles
    const planned = await write(tx, place, listed, by)
    for (const { position, mmsId, outcome, trace } of results) {
      const title = titles[position - 1] as TitleOfFile
      const plan = planned.get(title.key)
      if (plan === undefined) continue
      // The bib alone may have changed: its title, or its publisher.
      const isBibChanged = plan.change === 'unchanged' && (outcome === 'merged' || outcome === 'overlaid')
      const change = isBibChanged ? 'changed' : plan.change
      came.set(position, { title, change, was: plan.was, locked: lockedBib(title, mmsId, trace) })
    }
  })
  return [...came.values()]
}

function preparedOf(title: TitleOfFile, position: number, profile: RunProfile): PreparedRecord {
  const bytes = Buffer.from(title.packed)
  return {
    position,
    offset: 0,
    length: bytes.length,
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    repairs: [],
    prepared: prepare(unpack(title.packed), profile),
  }
}

function lockedBib(
  { lines }: TitleOfFile,
  mmsId: string | null,
  trace: BatchResult['trace'],
): LineNote | null {
  const guard = trace?.guard
  if (guard?.guard !== 'locked') return null
  return {
    line: lines[0] ?? 0,
    column: null,
    code: 'NOT_ADDED_LOCKED',
    message: `The bib ${mmsId ?? ''} is open to ${guard.holder} since ${guard.since}: what the file says of it was not written.`,
    remedy:
      'Ask the holder to save, or release the bib; then load the file again. The portfolio is as the file has it.',
  }
}

const refusedTitle = ({ lines, title }: TitleOfFile, code: Code | null): LineNote => ({
  line: lines[0] ?? 0,
  column: null,
  code: code ?? 'NOT_IMPORTABLE',
  message: `“${title.slice(0, 200)}”: ${code === null ? 'the title makes no bib.' : codeSentences[code]}`,
  remedy: code === null ? 'Look at the line.' : codeRemedies[code],
})
