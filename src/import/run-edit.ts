import { findBibPages } from '../catalog/bib-page.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { displayTitle } from '../rules/display-title.ts'
import { codeRemedies, codeSentences } from '../rules/outcome.ts'
import type { Problem } from '../rules/validation/problem.ts'
import { type BatchResult, type BibEdit, importBatch, type PreparedRecord } from './batch.ts'
import { BibRefusal } from './bib-refusal.ts'

/** A change of a bib that was made; `unchanged` where nothing was to change. */
export type Saved = {
  readonly mmsId: string
  readonly done: 'created' | 'edited' | 'tagged' | 'restored' | 'deleted' | 'unchanged'
  /** Nothing for a new bib. */
  readonly versionBefore: number | null
  /** Of a deletion, that of the version that says so. */
  readonly version: number
  /** Findings that hindered nothing. */
  readonly problems: readonly Problem[]
}

export type EditRun = {
  readonly zone: Zone
  readonly profile: RunProfile
  readonly by: string
  readonly edit: BibEdit
  /** What comes first in the same transaction; taken back where nothing is changed. */
  readonly first?: (tx: Tx) => Promise<void>
}

/** Steps 3 to 5 for a bib that a person changes. @throws {BibRefusal} where nothing was changed, and why */
export async function runEdit(
  db: Database,
  { zone, profile, by, edit, first }: EditRun,
  prepared: PreparedRecord,
  problems: readonly Problem[],
): Promise<Saved> {
  const shared = { profile, bibZone: zone, inventoryZone: zone, by, job: null, mode: 'apply', edit } as const
  const run = first ? { ...shared, first } : shared
  try {
    const [result] = await importBatch(db, run, [prepared], async (_, [came]) => {
      if (came && savedOf(came) === null) throw new Refused(came)
    })
    const saved = result ? savedOf(result) : null
    if (saved === null) throw new Error('the record of an edit came to no result')
    return { ...saved, problems }
  } catch (error) {
    throw error instanceof Refused ? await refusalOf(db, zone, edit, error.result) : error
  }
}

/** Takes the transaction back. */
class Refused extends Error {
  readonly result: BatchResult

  constructor(result: BatchResult) {
    super('the edit is refused')
    this.result = result
  }
}

function savedOf({
  outcome,
  mmsId,
  versionBefore,
  versionAfter,
  trace,
}: BatchResult): Omit<Saved, 'problems'> | null {
  const done =
    trace?.edited ??
    (outcome === 'created' || outcome === 'deleted' || outcome === 'unchanged' ? outcome : null)
  return done === null || mmsId === null || versionAfter === null
    ? null
    : { mmsId, done, versionBefore, version: versionAfter }
}

async function refusalOf(
  db: Database,
  zone: Zone,
  edit: BibEdit,
  { code, candidates, trace }: BatchResult,
): Promise<BibRefusal> {
  const mmsId = edit.mmsId ?? ''
  if (code === null)
    return new BibRefusal(
      'missing',
      'NO_SUCH_BIB',
      `There is no bib ${mmsId} in zone ${zone.code} any more.`,
      'It was deleted meanwhile: its versions tell.',
    )
  const guard = trace?.guard
  switch (code) {
    case 'STALE_VERSION':
      return stale(db, zone, edit)
    case 'MATCHES_EXIST':
      return matching(db, zone, candidates, trace?.candidates ?? [])
    case 'NOT_ADDED_LOCKED':
      return new BibRefusal(
        'conflict',
        'LOCKED',
        guard?.guard === 'locked'
          ? `${guard.holder}${guard.zone === null ? '' : ` (${guard.zone})`} has had bib ${mmsId} open since ${guard.since}.`
          : codeSentences[code],
        'Where the lock is your own, save with its token; else ask its holder to save and release the bib.',
      )
    case 'DELETE_BLOCKED':
      return new BibRefusal(
        'conflict',
        code,
        `Bib ${mmsId} is not deleted: it still has ${guard?.guard === 'delete' ? guard.hangs.join(', ') : 'something that hangs on it'}.`,
        codeRemedies[code],
      )
    default:
      return new BibRefusal('conflict', code, codeSentences[code], codeRemedies[code])
  }
}

async function stale(db: Database, zone: Zone, { mmsId, version }: BibEdit): Promise<BibRefusal> {
  const [now] = await findBibPages(db, zone, [mmsId ?? ''])
  const current = now && { version: now.version, changedAt: now.changedAt, changedBy: now.changedBy }
  const words = !current
    ? 'it has been deleted since'
    : `it is version ${current.version} since ${current.changedAt}${current.changedBy === null ? '' : `, by ${current.changedBy}`}`
  return new BibRefusal(
    'conflict',
    'STALE_VERSION',
    `Bib ${mmsId} is not any more what was read${version === null ? '' : `, version ${version}`}: ${words}.`,
    codeRemedies.STALE_VERSION,
    current ? { current } : {},
  )
}

async function matching(
  db: Database,
  zone: Zone,
  mmsIds: readonly string[],
  traced: readonly { readonly mmsId: string; readonly by: readonly string[] }[],
): Promise<BibRefusal> {
  const pages = await findBibPages(db, zone, mmsIds)
  const matches = pages.map(({ mmsId, record }) => ({
    mmsId,
    title: displayTitle(record),
    by: traced.find((candidate) => candidate.mmsId === mmsId)?.by ?? [],
  }))
  return new BibRefusal(
    'conflict',
    'MATCHES_EXIST',
    `The record matches ${mmsIds.length === 1 ? 'a bib' : `${mmsIds.length} bibs`} of zone ${zone.code}: ${mmsIds.join(', ')}.`,
    codeRemedies.MATCHES_EXIST,
    { matches },
  )
}
