import type { Database, Tx } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibChange, BibState, Derived } from '../rules/bib-state.ts'
import type { BriefLevels } from '../rules/brief-level.ts'
import { derive } from '../rules/derive.ts'
import { carrierOf } from '../rules/match/carrier.ts'
import { bodyOf, storedRecord } from '../rules/prepare.ts'
import { stampOf } from '../rules/save-stamp.ts'
import { findBibPages } from './bib-page.ts'
import type { Tags } from './bib-tags.ts'
import { bibStateColumns, findBibsForUpdate, lockBibs } from './bib-state.ts'
import { writeBibs } from './bib-write.ts'
import { linkBibs } from './link.ts'
import { reserveMmsIds } from './mms-id.ts'
import { findAlike, findCopied, findLinked, numberOfCopy, zoneOfNumber } from './own-bibs.ts'
import type { Zone } from './zone.ts'

/** Why a bib is not shared; message and remedy are for people. */
export type NotShared = {
  readonly ok: false
  readonly code:
    | 'NO_SUCH_BIB'
    | 'NOT_AN_INSTITUTION'
    | 'NOT_SHARED_WITH_ZONE'
    | 'ALREADY_THERE'
    | 'NOT_LINKED'
    | 'LOCKED'
  readonly message: string
  readonly remedy: string
}

export type SharedBib = Tags & {
  readonly ok: true
  /** The institution's own bib. */
  readonly mmsId: string
  /** Whether it was made now; a link that is there already is answered as it is. */
  readonly isNew: boolean
  /** Other bibs of the institution with the same OCLC number: very likely the same title a second time. */
  readonly alike: readonly string[]
  /** Those of the bib of the network or the community zone. */
  readonly theirs: Tags
}

/** Who makes an institution a bib of its own, and the brief levels of its zone. */
export type Maker = { readonly by: string | null; readonly levels: BriefLevels }

/** Links an institution to a bib of its network or of the community zone: makes its linked bib, or finds it (D26). */
export const linkBib = (
  db: Database,
  zone: Zone,
  mmsId: string,
  by: string | null,
): Promise<SharedBib | NotShared> => db.transaction((tx) => makeLink(tx, zone, mmsId, by))

/**
 * The same within a transaction, for what is to hang on the linked bib. It holds the bib of the network, where
 * whoever shares it needs no role, and writes by COPY: out of the scope of a request.
 */
export const makeLink = (
  tx: Tx,
  zone: Zone,
  mmsId: string,
  by: string | null,
): Promise<SharedBib | NotShared> => beyondScope(() => makeLinkIn(tx, zone, mmsId, by))

/**
 * The same for many bibs of the community zone at once: the institution's bib of each that is there, by its number,
 * and whether it was linked now.
 */
export const makeLinks = (
  tx: Tx,
  institution: Zone,
  communityZoneId: number,
  mmsIds: readonly string[],
  by: string | null,
): Promise<ReadonlyMap<string, { readonly mmsId: string; readonly isNew: boolean }>> =>
  beyondScope(async () => {
    const bibs = await findBibsForUpdate(tx, communityZoneId, mmsIds)
    const rows = await tx.query<{ linkedMmsId: string }>(
      `select linked_mms_id as "linkedMmsId" from bib where zone_id = $1 and linked_mms_id = any($2::text[])`,
      [institution.zoneId, mmsIds],
    )
    const there = new Set(rows.map(({ linkedMmsId }) => linkedMmsId))
    const targets = bibs.map((bib) => ({ ...bib, position: null }))
    const linked = await linkBibs(tx, institution, targets, { by, jobId: null, fileNo: null })
    return new Map([...linked].map(([of, mmsId]) => [of, { mmsId, isNew: !there.has(of) }]))
  })

async function makeLinkIn(
  tx: Tx,
  zone: Zone,
  mmsId: string,
  by: string | null,
): Promise<SharedBib | NotShared> {
  const source = await lockSource(tx, zone, mmsId)
  if (!source.ok) return source
  const own = await findLinked(tx, zone, mmsId)
  const alike = await findAlike(tx, zone, unpack(source.bib.record))
  const theirs = tagsOf(source.bib)
  if (own !== null) return { ok: true, ...tagsOf(own), mmsId: own.mmsId, isNew: false, alike, theirs }
  const provenance = { by, jobId: null, fileNo: null }
  const linked = await linkBibs(tx, zone, [{ ...source.bib, position: null }], provenance)
  return { ok: true, ...newTags, mmsId: linked.get(mmsId) as string, isNew: true, alike, theirs }
}

/**
 * Copies a bib of the network or of the community zone into an institution (D26): a bib of its own, under
 * a number of its own, with the other's as 035. It is found by that number, so that it is copied once.
 */
export const copyBib = (
  db: Database,
  zone: Zone,
  mmsId: string,
  { by, levels }: Maker,
): Promise<SharedBib | NotShared> =>
  reachingBoth(db, async (tx) => {
    const source = await lockSource(tx, zone, mmsId)
    if (!source.ok) return source
    const linked = await findLinked(tx, zone, mmsId)
    if (linked !== null)
      return refusal(
        'ALREADY_THERE',
        `Bib ${mmsId} is in zone ${zone.code} already, linked as ${linked.mmsId}.`,
        `Unlink ${linked.mmsId} to have a copy of your own.`,
      )
    const number = numberOfCopy(source.zone, mmsId)
    const [copied] = await findCopied(tx, zone, number)
    if (copied !== undefined)
      return refusal(
        'ALREADY_THERE',
        `Bib ${mmsId} has been copied to zone ${zone.code} before, as ${copied}.`,
        'Use that bib, or delete it first.',
      )
    const [own = ''] = await reserveMmsIds(tx, zone.suffix, 1)
    const record = withSystemNumber(unpack(source.bib.record), number)
    const after = ownState(source.bib, record, own, levels)
    const alike = await findAlike(tx, zone, unpack(source.bib.record))
    await writeBibs(tx, zone.zoneId, [created(after)], { by, jobId: null, fileNo: null })
    return { ok: true, ...newTags, mmsId: own, isNew: true, alike, theirs: tagsOf(source.bib) }
  })

/** Makes a linked bib the institution's own: what it was linked to is copied into it, and its local fields stay. */
export const unlinkBib = (
  db: Database,
  zone: Zone,
  mmsId: string,
  { by, levels }: Maker,
): Promise<
  (Tags & { readonly ok: true; readonly mmsId: string; readonly unlinkedFrom: string }) | NotShared
> =>
  reachingBoth(db, async (tx) => {
    const [found] = await tx.query<{ linkedMmsId: string | null }>(
      `select linked_mms_id as "linkedMmsId" from bib where zone_id = $1 and mms_id = $2`,
      [zone.zoneId, mmsId],
    )
    if (!found) return noSuchBib(zone, mmsId)
    if (found.linkedMmsId === null) return notLinked(zone, mmsId)
    // In the order in which an import takes them: what is linked to first.
    const sourceZone = await zoneOfNumber(tx, found.linkedMmsId)
    if (sourceZone) await lockBibs(tx, sourceZone.zoneId, [found.linkedMmsId])
    const [bib] = await findBibsForUpdate(tx, zone.zoneId, [mmsId])
    if (!bib) return noSuchBib(zone, mmsId)
    if (bib.linkedMmsId !== found.linkedMmsId) return notLinked(zone, mmsId)
    if (bib.lock !== null && bib.lock.holder !== by)
      return refusal(
        'LOCKED',
        `${bib.lock.holder} has had bib ${mmsId} open since ${bib.lock.since}.`,
        `Ask ${bib.lock.holder} to save and release it.`,
      )
    const [page] = await findBibPages(tx, zone, [mmsId])
    const [source] = sourceZone ? await readStates(tx, sourceZone, [found.linkedMmsId]) : []
    if (!page || !source)
      throw new Error(`bib ${mmsId} is linked to ${found.linkedMmsId}, which is not there`)
    const after: BibState = {
      ...ownState(source, page.record, mmsId, levels),
      version: bib.version + 1,
      suppressed: bib.suppressed,
      publishToOclc: bib.publishToOclc,
    }
    const change: BibChange = {
      mmsId,
      action: 'unlinked',
      before: bib,
      after,
      derivedBefore: derivedOfLinked(bib),
      derivedAfter: derive(page.record, after.originatingNumber),
      position: null,
    }
    await writeBibs(tx, zone.zoneId, [change], { by, jobId: null, fileNo: null })
    return { ok: true, ...tagsOf(bib), mmsId, unlinkedFrom: found.linkedMmsId }
  })

const tagsOf = ({ suppressed, publishToOclc }: Tags): Tags => ({ suppressed, publishToOclc })

/** A bib that an institution takes is seen and published until somebody says otherwise. */
const newTags: Tags = { suppressed: false, publishToOclc: 'publish' }

/**
 * A transaction that holds a bib of the network or of the community zone, in which whoever shares it needs no
 * role, and writes the institution's own by COPY.
 */
const reachingBoth = <Result>(db: Database, run: (tx: Tx) => Promise<Result>): Promise<Result> =>
  beyondScope(() => db.transaction(run))

const refusal = (code: NotShared['code'], message: string, remedy: string): NotShared => ({
  ok: false,
  code,
  message,
  remedy,
})

const noSuchBib = ({ code }: Zone, mmsId: string) =>
  refusal(
    'NO_SUCH_BIB',
    `There is no bib ${mmsId} in zone ${code}.`,
    'Check the number; it may have been deleted.',
  )

const notLinked = ({ code }: Zone, mmsId: string) =>
  refusal('NOT_LINKED', `Bib ${mmsId} of zone ${code} is not linked.`, 'It is the institution’s own already.')

type Source = { readonly ok: true; readonly zone: Zone; readonly bib: BibState }

/** The bib that is to be shared, held until the end so that it cannot go away meanwhile. */
async function lockSource(tx: Tx, zone: Zone, mmsId: string): Promise<Source | NotShared> {
  if (zone.kind !== 'institution')
    return refusal(
      'NOT_AN_INSTITUTION',
      `${zone.name} (${zone.code}) is no institution, and only institutions take bibs of others.`,
      'Name an institution zone.',
    )
  const source = await zoneOfNumber(tx, mmsId)
  if (source === undefined)
    return refusal('NO_SUCH_BIB', `No zone has numbers that end as ${mmsId} does.`, 'Check the number.')
  if (source.zoneId !== zone.networkZoneId && source.kind !== 'community')
    return refusal(
      'NOT_SHARED_WITH_ZONE',
      `Bib ${mmsId} is of ${source.name} (${source.code}), which is neither the network of ${zone.code} nor a community zone.`,
      'Take a bib of the network or of the community zone.',
    )
  await lockBibs(tx, source.zoneId, [mmsId])
  const [bib] = await readStates(tx, source, [mmsId])
  return bib ? { ok: true, zone: source, bib } : noSuchBib(source, mmsId)
}

const readStates = (tx: Tx, { zoneId }: Zone, mmsIds: readonly string[]): Promise<BibState[]> =>
  tx.query<BibState>(
    `select ${bibStateColumns} from bib b where b.zone_id = $1 and b.mms_id = any($2::text[])`,
    [zoneId, mmsIds],
  )

function withSystemNumber(record: MarcRecord, number: string): MarcRecord {
  const fields = [...record.fields]
  const after = fields.findLastIndex(({ tag }) => tag <= '035')
  fields.splice(after + 1, 0, { tag: '035', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: number }] })
  return { leader: record.leader, fields }
}

/** A bib of an institution's own with the content of another zone's. */
function ownState(source: BibState, record: MarcRecord, mmsId: string, levels: BriefLevels): BibState {
  return {
    ...source,
    mmsId,
    version: 1,
    record: storedRecord(record.leader, mmsId, stampOf(new Date()), bodyOf(record)),
    briefLevel: levels(record).level,
    carrier: carrierOf(record),
    ...newTags,
    linkedMmsId: null,
    linkedToCommunity: false,
    lock: null,
    sourceHash: null,
    passed: null,
    jobId: null,
    hangs: [],
  }
}

const created = (after: BibState): BibChange => ({
  mmsId: after.mmsId,
  action: 'created',
  before: null,
  after,
  derivedBefore: null,
  derivedAfter: derive(unpack(after.record), after.originatingNumber),
  position: null,
})

/** A linked bib is matched by what it is linked to, and its content is not its own. */
function derivedOfLinked(bib: BibState): Derived {
  const derived = derive(unpack(bib.record), bib.originatingNumber)
  return {
    title: derived.title,
    headings: derived.headings,
    words: derived.words,
    facets: derived.facets,
    keys: derived.keys.filter(({ kind }) => kind !== 'content'),
  }
}
