import { linkedRecord } from '../catalog/linked-record.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database, Queryable, Tx } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { type Impact, fieldsMet, findImpact, type MetFields } from '../inventory/impact.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState, PublishToOclc } from '../rules/bib-state.ts'
import { type PlanDetail, planDetail } from '../rules/detail.ts'
import { diffRecords, type FieldDiff } from '../rules/diff.ts'
import { displayTitle } from '../rules/display-title.ts'
import { formatField } from '../rules/field-text.ts'
import { contentHash } from '../rules/held-to-preview.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { matchMethod } from '../rules/match/match-methods.ts'
import { type Code, codeRemedies, codeSentences } from '../rules/outcome.ts'
import type { Expected, Plan } from '../rules/plan.ts'
import type { ReadyRecord } from '../rules/prepare.ts'
import { keptOf, partForShare } from '../rules/share.ts'
import type { Trace, TracedCandidate, TracedGuard } from '../rules/trace.ts'
import type { BatchRun } from './batch.ts'
import type { ExplainedMerge } from './explanation.ts'
import { mergeOf } from './explanation-of.ts'
import { type ShareAs, shareProfile } from './link-settings.ts'
import { planRecords } from './plan-context.ts'
import { ImportRefusal } from './refusal.ts'
import { againstOf } from './run-links.ts'
import { findOurs, prepareOurs, shareTerms } from './share-batch.ts'
import { networkOf } from './submit-link.ts'

/** Why something cannot be done, for people and for programs. */
export type NotNow = {
  readonly code: Code
  readonly sentence: string
  readonly remedy: string
  /** Who has a bib open, what was found wrong. */
  readonly guard: TracedGuard | null
  readonly problems: readonly string[]
}

/** One way to share a bib, and what it would make of both. */
export type ShareOption = {
  readonly as: ShareAs
  /** The bib of the network; nothing where ours becomes a new one. */
  readonly into: string | null
  /** Why it is not possible, if it is not; the rest then says what it would have been about. */
  readonly refused: NotNow | null
  /** The network's record as it is and as it would be. */
  readonly before: MarcRecord | null
  readonly after: MarcRecord | null
  readonly diff: readonly FieldDiff[]
  /** Our bib as it would be: what it is linked to, with our local fields in it. */
  readonly ours: MarcRecord | null
  /** Field by field why; of what is neither merged nor overlaid nothing. */
  readonly merge: ExplainedMerge | null
  /** Our fields that stay with our bib, and those that are lost to us: neither in the record nor kept. */
  readonly stays: readonly string[]
  readonly lost: readonly string[]
  /** Institutions with local fields of tags that change. */
  readonly meets: readonly MetFields[]
  /** What carrying it out is held to; given back as it is. */
  readonly preview: string | null
}

/** A bib of the network that ours matches. */
export type ShareMatch = Pick<TracedCandidate, 'by' | 'score' | 'evidence'> & {
  readonly mmsId: string
  readonly title: string
  readonly record: MarcRecord
  readonly impact: Impact
}

/** Every way in which a bib can be shared with its network, before anything is written. */
export type SharePreview = {
  readonly zone: string
  readonly network: string
  readonly mmsId: string
  readonly version: number
  readonly title: string
  readonly record: MarcRecord
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly lock: { readonly holder: string; readonly since: string } | null
  /** The network's profile, and the match method by which the bib was looked for. */
  readonly profile: string
  readonly method: { readonly code: string; readonly name: string } | null
  /** Our fields that never go up: local ones, and what orders left. */
  readonly local: readonly string[]
  /** Why the bib cannot be shared as it is, before the network is asked. */
  readonly refused: NotNow | null
  readonly matches: readonly ShareMatch[]
  /** More match than are shown. */
  readonly more: number
  readonly options: readonly ShareOption[]
}

/** Matches that are shown: a person looks at each. */
const mostMatches = 10

/** Milliseconds that the rules, and one statement, may take. */
const patience = { rules: 250, statement: 4000 }

export type ShareQuestion = {
  readonly mmsId: string
  /** A bib of the network that is taken as the match, in place of what matching would find. */
  readonly with?: string
  readonly by: string | null
}

/**
 * Looks for a bib of an institution in its network, and at every way to share it (D27). Nothing is written.
 *
 * @throws {ImportRefusal} where there is no such bib, no network, or the bib is linked already
 */
export async function previewShare(
  db: Database,
  institution: Zone,
  question: ShareQuestion,
): Promise<SharePreview> {
  const network = await networkOf(db, institution)
  // As the import will do it, which reaches every zone.
  return beyondScope(() =>
    db.transaction(async (tx) => {
      await tx.execute(
        `set transaction isolation level repeatable read, read only; set local statement_timeout = ${patience.statement}`,
      )
      return preview(tx, institution, network, question)
    }),
  )
}

async function preview(
  tx: Tx,
  institution: Zone,
  network: Zone,
  { mmsId, with: named, by }: ShareQuestion,
): Promise<SharePreview> {
  const bib = await getOwn(tx, institution, mmsId)
  const shared = await shareProfile(tx, network, {}, true)
  const profile: RunProfile = { ...shared, originatingSystem: bib.originatingSystem }
  const terms = await shareTerms(tx, institution, network)
  const record = unpack(bib.record)
  const parted = partForShare(record, terms)
  const place = { position: 1, offset: 0, length: 0, text: mmsId }
  const { prepared } = prepareOurs(bib, terms, profile, place, { wait: patience.rules })
  const ready = prepared.status === 'ready' ? prepared.ready : null
  const shown = {
    zone: institution.code,
    network: network.code,
    mmsId,
    version: bib.version,
    title: displayTitle(record),
    record,
    suppressed: bib.suppressed,
    publishToOclc: bib.publishToOclc,
    lock: bib.lock && { holder: bib.lock.holder, since: bib.lock.since },
    profile: profile.code,
    method: ready && { code: ready.method, name: matchMethod(ready.method).name },
    local: parted.local.map(formatField),
  }
  if (prepared.status === 'out')
    return {
      ...shown,
      refused: notNow(prepared.code, null, prepared.problems ?? []),
      matches: [],
      more: 0,
      options: [],
    }
  const asked: Asked = { tx, institution, network, profile, bib, ready: prepared.ready, by }
  const found = await planOf(asked, named === undefined ? {} : { against: named })
  const all = named === undefined ? matchesOf(found.detail) : [named]
  const matches: ShareMatch[] = []
  for (const each of all.slice(0, mostMatches)) matches.push(await matchOf(asked, each, found.detail))
  const options: ShareOption[] = matches.length === 0 ? [optionOf('create', null, found, asked, parted)] : []
  for (const match of matches)
    for (const as of ['theirs', 'merge', 'overlay'] as const) {
      const planned = await planOf(asked, againstOf(as, match.mmsId))
      options.push(optionOf(as, match, planned, asked, parted))
    }
  return { ...shown, refused: null, matches, more: all.length - matches.length, options }
}

type Asked = {
  readonly tx: Tx
  readonly institution: Zone
  readonly network: Zone
  readonly profile: RunProfile
  readonly bib: BibState
  readonly ready: ReadyRecord
  readonly by: string | null
}

type Planned = { readonly plan: Plan; readonly detail: PlanDetail }

async function planOf(
  { tx, institution, network, profile, bib, ready, by }: Asked,
  more: Pick<BatchRun, 'against' | 'decided'>,
): Promise<Planned> {
  const details = new Map<number, PlanDetail>()
  const run: BatchRun = {
    profile,
    bibZone: network,
    inventoryZone: institution,
    by,
    job: null,
    mode: 'preview',
    details,
    share: {
      ours: new Map([[1, { mmsId: bib.mmsId, version: bib.version }]]),
      keepsMatch: more.decided === undefined,
      contributesSuppressed: true,
    },
    ...more,
  }
  const [plan] = await planRecords(tx, run, [{ position: 1, ready }])
  if (!plan) throw new Error(`bib ${bib.mmsId} was prepared, and not planned`)
  return { plan, detail: details.get(1) ?? planDetail() }
}

const matchesOf = ({ matching }: PlanDetail): readonly string[] =>
  matching.find(({ matches }) => matches.length > 0)?.matches ?? []

async function matchOf({ tx, network }: Asked, mmsId: string, { matching }: PlanDetail): Promise<ShareMatch> {
  const [row] = await tx.query<{ record: string }>(
    `select record from bib where zone_id = $1 and mms_id = $2`,
    [network.zoneId, mmsId],
  )
  const impact = await findImpact(tx, network, mmsId)
  if (!row || !impact) throw noSuchBib(network, mmsId)
  const candidate = matching
    .flatMap(({ candidates }) => candidates)
    .find((each) => each.mmsId === mmsId && each.dropped === undefined)
  const record = unpack(row.record)
  return {
    mmsId,
    title: displayTitle(record),
    record,
    impact,
    by: candidate?.by ?? [],
    ...(candidate?.score === undefined ? {} : { score: candidate.score }),
    ...(candidate?.evidence === undefined ? {} : { evidence: candidate.evidence }),
  }
}

function optionOf(
  as: ShareAs,
  match: ShareMatch | null,
  { plan, detail }: Planned,
  { profile }: Asked,
  parted: ReturnType<typeof partForShare>,
): ShareOption {
  const change = plan.changes.find(({ zoneId }) => zoneId === undefined)
  const before = match?.record ?? null
  const after = change?.after ? unpack(change.after.record) : before
  const link = plan.changes.find(({ action }) => action === 'linked')
  const isDone = plan.combined.some(({ became }) => became === 'linked')
  const kept = after && isDone ? keptOf(parted, after) : { stays: [], lost: [] }
  const diff = after && isDone ? diffRecords(before ?? { leader: after.leader, fields: [] }, after) : []
  return {
    as,
    into: match?.mmsId ?? null,
    refused: isDone ? null : notNow(plan.code ?? 'NO_SUCH_BIB', guardOf(plan.trace), []),
    before,
    after: isDone ? after : null,
    diff,
    ours: after && link?.after ? linkedRecord(after, unpack(link.after.record), link.mmsId) : null,
    merge: as === 'merge' || as === 'overlay' ? mergeOf(detail, profile) : null,
    stays: kept.stays.map(formatField),
    lost: kept.lost.map(formatField),
    meets: match ? fieldsMet(match.impact, diff) : [],
    preview: isDone ? writePreviewed(expectedOf(plan)) : null,
  }
}

const guardOf = (trace: Trace | null): TracedGuard | null => trace?.guard ?? null

const notNow = (code: Code, guard: TracedGuard | null, problems: readonly string[]): NotNow => ({
  code,
  sentence: codeSentences[code],
  remedy: codeRemedies[code],
  guard,
  problems,
})

/** What the plan came to, as the commit of a preview is held to it. */
const expectedOf = (plan: Plan): Expected => ({
  outcome: plan.outcome,
  code: plan.code,
  mmsId: plan.outcome === 'created' ? null : plan.mmsId,
  versionBefore: plan.versionBefore,
  content: contentHash(plan),
  combined: plan.combined.map(({ became, before }) => ({
    became,
    mmsId: before.mmsId,
    versionBefore: before.version,
  })),
})

/** A bib of the institution's own. @throws {ImportRefusal} where there is none, or it is linked */
export async function getOwn(tx: Tx, institution: Zone, mmsId: string): Promise<BibState> {
  const bib = (await findOurs(tx, institution, [mmsId], { lock: false, preview: null })).get(mmsId)
  if (!bib) throw noSuchBib(institution, mmsId)
  if (bib.linkedMmsId === null) return bib
  throw new ImportRefusal(
    'conflict',
    'ALREADY_LINKED',
    `Bib ${mmsId} of zone ${institution.code} is linked to ${bib.linkedMmsId} already.`,
    codeRemedies.ALREADY_LINKED,
  )
}

const noSuchBib = ({ code }: Zone, mmsId: string) =>
  new ImportRefusal(
    'missing',
    'NO_SUCH_BIB',
    `There is no bib ${mmsId} in zone ${code}.`,
    'Check the number; it may have been deleted.',
  )

const writePreviewed = (expected: Expected): string =>
  Buffer.from(JSON.stringify(expected)).toString('base64url')

/** The job that has shared a bib by itself, the last where there are several. @throws {ImportRefusal} where there is none */
export async function findShared(db: Queryable, { zoneId, code }: Zone, mmsId: string): Promise<number> {
  const [row] = await db.query<{ job: number; isOne: boolean }>(
    `select j.job_id as job, j.link ->> 'decided' is not null as "isOne"
     from combined_bib c join import_job j using (job_id)
     where c.mms_id = $2 and c.zone_id = $1 and c.became = 'linked' and j.kind in ('link', 'commit')
     order by c.combined_id desc limit 1`,
    [zoneId, mmsId],
  )
  if (row?.isOne === true) return row.job
  throw row
    ? new ImportRefusal(
        'conflict',
        'SHARED_WITH_OTHERS',
        `Bib ${mmsId} of zone ${code} was linked by job ${row.job}, with other bibs.`,
        `Take job ${row.job} back, or unlink the bib.`,
      )
    : new ImportRefusal(
        'missing',
        'NOT_SHARED',
        `Bib ${mmsId} of zone ${code} was not shared with the network.`,
        'Where it is linked, unlink it.',
      )
}
