import { pack, packField } from '../marc/packed.ts'
import type { Field, MarcRecord } from '../marc/record.ts'
import type { BibChange, BibState } from './bib-state.ts'
import { deriveState } from './derive.ts'
import { isOclcSystemNumber } from './match/identifiers.ts'
import { localProtection, type ProtectSettings } from './merge/protect.ts'
import type { Code } from './outcome.ts'
import type { Plan, PlanContext } from './plan.ts'
import { recordOf } from './plan-rules.ts'

/*
 * D27: a bib of an institution is shared with its network. What it has but for the institution's own fields
 * goes up as a record like any other; the bib then is linked to what the record came to.
 */

/** What of an institution's bib goes up, and what stays with it whatever happens. */
export type Parted = { readonly up: MarcRecord; readonly local: readonly Field[] }

/** Whose fields are an institution's own: by its list of protected fields and by that of its network. */
export type ShareTerms = {
  readonly institution: ProtectSettings
  readonly network: ProtectSettings
  /** Codes of the zones, whose numbers in 035 are no numbers of the title. */
  readonly zones: readonly string[]
}

/** Numbers and times of our own saves. */
const ownTags = new Set(['001', '003', '005'])

/** What OCLC's export and vendors leave of orders and holdings (D17); 9XX are protected as it is. */
const orderTags = new Set(['029', '049', '938', '994'])

/** Takes the institution's own fields and the data of orders out of a record. */
export function partForShare({ leader, fields }: MarcRecord, terms: ShareTerms): Parted {
  const content = fields.filter(({ tag }) => !ownTags.has(tag))
  const stays = (field: Field) =>
    orderTags.has(field.tag) ||
    localProtection(field, terms.institution) !== null ||
    localProtection(field, terms.network) !== null ||
    isNumberOf(field, terms.zones)
  return {
    up: { leader, fields: content.filter((field) => !stays(field)) },
    local: content.filter(stays),
  }
}

/** Whether a 035 has the number that a bib has in one of the zones. */
function isNumberOf(field: Field, zones: readonly string[]): boolean {
  if (field.tag !== '035' || !('subfields' in field)) return false
  const [first] = field.subfields
  return zones.some((zone) => first?.value.startsWith(`(${zone})99`) === true)
}

/** What becomes of an institution's fields when its bib is linked to a record. */
export type Kept = {
  /** The local fields, and 035s that are not OCLC's and not in the record: vendors match on them (D16). */
  readonly stays: readonly Field[]
  /** What is in the record neither so nor otherwise, and is no more the institution's. */
  readonly lost: readonly Field[]
}

export function keptOf({ up, local }: Parted, linkedTo: MarcRecord): Kept {
  const has = new Set(linkedTo.fields.map(packField))
  const missing = up.fields.filter((field) => !has.has(packField(field)))
  const isNumber = (field: Field) =>
    field.tag === '035' &&
    'subfields' in field &&
    !field.subfields.some(({ code, value }) => (code === 'a' || code === 'z') && isOclcSystemNumber(value))
  const stays = new Set([...local, ...missing.filter(isNumber)])
  return {
    // In the order in which the bib has them, so that the same bib always becomes the same.
    stays: [...stays].toSorted((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0)),
    lost: missing.filter((field) => !stays.has(field)),
  }
}

/** A bib of the institution that a record of the batch is made from. */
export type OwnBib = { readonly bib: BibState; readonly parted: Parted }

/** What a batch of shared bibs is planned by, beside what every batch is. */
export type Sharing = {
  readonly zoneId: number
  /** By position. */
  readonly ours: ReadonlyMap<number, OwnBib>
  /** The institution's linked bibs by the number of the network's; it grows as the fold goes on. */
  readonly linked: Map<string, string>
  /** A match stays as it is, and the bib is linked to it. */
  readonly keepsMatch: boolean
  /** Whether a suppressed bib may be contributed as new: a person says so of one, and no job of many. */
  readonly contributesSuppressed: boolean
  readonly by: string | null
}

const succeeds = new Set(['created', 'merged', 'overlaid', 'unchanged'])

/** The plan of a record with the institution's bib linked to its bib, or the reason why it is not. */
export function planShare(plan: Plan, sharing: Sharing, context: PlanContext): Plan {
  const ours = sharing.ours.get(plan.position)
  if (!ours) return plan
  const { bib, parted } = ours
  if (!succeeds.has(plan.outcome) || plan.mmsId === null) {
    const isMissing = plan.code === 'NO_MATCH_DO_NOT_IMPORT'
    return isMissing ? { ...plan, code: 'NOT_CONTRIBUTED' } : plan
  }
  const other = sharing.linked.get(plan.mmsId)
  if (other !== undefined && other !== bib.mmsId) return refuse(plan, 'LINKED_BESIDE', [plan.mmsId])
  if (bib.lock !== null && bib.lock.holder !== sharing.by)
    return {
      ...refuse(plan, 'OURS_LOCKED', []),
      trace: { ...plan.trace, guard: { guard: 'locked', ...bib.lock } },
    }
  if (plan.outcome === 'created' && bib.suppressed && !sharing.contributesSuppressed)
    return refuse(plan, 'SUPPRESSED_NOT_CONTRIBUTED', [])
  const target = plan.changes[0]?.after ?? context.index.bibs.get(plan.mmsId)
  if (!target) return plan
  const after = linkedState(bib, parted, target, context.jobId)
  const change: BibChange = {
    mmsId: bib.mmsId,
    zoneId: sharing.zoneId,
    action: 'linked',
    before: bib,
    after,
    derivedBefore: deriveState(bib),
    derivedAfter: deriveState(after),
    position: plan.position,
  }
  return {
    ...plan,
    changes: [...plan.changes, change],
    combined: [
      ...plan.combined,
      {
        zoneId: sharing.zoneId,
        before: bib,
        became: 'linked',
        into: plan.mmsId,
        versionAfter: after.version,
      },
    ],
  }
}

const refuse = (plan: Plan, code: Code, candidates: readonly string[]): Plan => ({
  ...plan,
  outcome: 'not_imported',
  code,
  mmsId: null,
  versionBefore: null,
  versionAfter: null,
  headings: 0,
  candidates,
  changes: [],
  combined: [],
})

/** D18: a bib that is linked stays suppressed and unpublished as it was; its source is what it was imported from. */
function linkedState(bib: BibState, parted: Parted, target: BibState, jobId: string | null): BibState {
  const { leader } = recordOf(target)
  return {
    ...bib,
    version: bib.version + 1,
    record: pack({ leader, fields: [...keptOf(parted, recordOf(target)).stays] }),
    briefLevel: target.briefLevel,
    carrier: target.carrier,
    linkedMmsId: target.mmsId,
    sourceHash: null,
    passed: null,
    jobId,
  }
}
