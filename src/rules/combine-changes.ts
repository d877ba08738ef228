import { pack, unpack } from '../marc/packed.ts'
import type { BibAction, BibChange, BibState } from './bib-state.ts'
import { type Other, withMissing } from './combine-records.ts'
import { deriveState } from './derive.ts'
import { addInventory, type Hanging, hangingOn, type LinkedBib, nothingHangs } from './hanging.ts'
import type { PlanContext } from './plan.ts'
import type { Trace } from './trace.ts'

/** What became of a bib by the combining of others. */
export type CombinedBib = {
  /** Of a bib in another zone than those that are combined; nothing for these. */
  readonly zoneId: number | null
  readonly before: BibState
  /**
   * `deleted`, `suppressed` and `kept` are bibs that were combined into another. Those that hung on them are
   * `relinked`, or `joined` to the linked bib that their zone had for the bib that stays, which is `extended`
   * by their local fields; the joined one goes. `linked` is a bib that was an institution's own, and is linked now.
   */
  readonly became: 'deleted' | 'suppressed' | 'kept' | 'relinked' | 'joined' | 'extended' | 'linked'
  /** The bib that it was combined into, or is linked to. */
  readonly into: string
  readonly versionAfter: number
}

/** What happens to all bibs but the one that stays. */
export type Combined = {
  /** In order: what hangs on a bib moves, then the bib itself goes. */
  readonly bibs: readonly CombinedBib[]
  readonly changes: readonly BibChange[]
  /** What hangs on which bib then. */
  readonly hanging: ReadonlyMap<string, Hanging>
}

/** The bibs that were combined, as a trace has them: what hung on them is not in it. */
export const tracedOthers = (bibs: readonly CombinedBib[]): NonNullable<Trace['combined']> =>
  bibs.flatMap(({ before: { mmsId }, became }) =>
    became === 'deleted' || became === 'suppressed' || became === 'kept' ? [{ mmsId, became }] : [],
  )

type Stays = Pick<BibState, 'mmsId' | 'briefLevel' | 'carrier'>

/** Plans what becomes of the others, and of what hangs on them, when they are combined into a bib. */
export function changesOfOthers(
  position: number,
  stays: Stays,
  before: BibState | null,
  others: readonly Other[],
  context: PlanContext,
): Combined {
  const bibs: CombinedBib[] = []
  const changes: BibChange[] = []
  const hanging = new Map<string, Hanging>()
  const own = before ? hangingOn(context.hanging, before) : nothingHangs
  const linked = [...own.linked]
  let { inventory } = own
  const change = (
    action: BibAction,
    was: BibState,
    after: BibState | null,
    zoneId: number | null,
    became: CombinedBib['became'],
    into: string,
  ) => {
    bibs.push({ zoneId, before: was, became, into, versionAfter: was.version + 1 })
    changes.push({
      mmsId: was.mmsId,
      ...(zoneId === null ? {} : { zoneId }),
      action,
      before: was,
      after,
      derivedBefore: deriveState(was),
      derivedAfter: after && deriveState(after),
      position,
    })
  }
  for (const { bib, becomes } of others) {
    const hangs = hangingOn(context.hanging, bib)
    inventory = addInventory(inventory, hangs.inventory)
    for (const moved of hangs.linked) {
      const { zoneId, bib: was } = moved
      const at = linked.findIndex((known) => known.zoneId === zoneId)
      const twin = linked[at]
      if (twin) {
        // A zone has one linked bib for each bib: this one's local fields go over to that of the bib that stays.
        const after = extended(twin.bib, was, context.jobId)
        change('merged', twin.bib, after, zoneId, 'extended', stays.mmsId)
        change('deleted', was, null, zoneId, 'joined', after.mmsId)
        linked[at] = { ...twin, bib: after }
      } else {
        const after = relinked(moved, stays, context.jobId)
        change('linked', was, after.bib, zoneId, 'relinked', stays.mmsId)
        linked.push(after)
      }
    }
    hanging.set(bib.mmsId, nothingHangs)
    if (becomes === 'delete') change('deleted', bib, null, null, 'deleted', stays.mmsId)
    else if (becomes === 'suppress' && !bib.suppressed)
      change('tagged', bib, suppressed(bib, context.jobId), null, 'suppressed', stays.mmsId)
    else
      bibs.push({
        zoneId: null,
        before: bib,
        became: becomes === 'suppress' ? 'suppressed' : 'kept',
        into: stays.mmsId,
        versionAfter: bib.version,
      })
  }
  hanging.set(stays.mmsId, { linked, inventory })
  return { bibs, changes, hanging }
}

/** A linked bib has its local fields alone, so that those of two are one list. */
function extended(twin: BibState, other: BibState, jobId: string | null): BibState {
  const record = withMissing(unpack(twin.record), unpack(other.record).fields)
  return { ...twin, version: twin.version + 1, record: pack(record), jobId, sourceHash: null, passed: null }
}

function relinked({ zoneId, zone, bib }: LinkedBib, stays: Stays, jobId: string | null): LinkedBib {
  const { mmsId, briefLevel, carrier } = stays
  const version = bib.version + 1
  return { zoneId, zone, bib: { ...bib, version, linkedMmsId: mmsId, briefLevel, carrier, jobId } }
}

const suppressed = (bib: BibState, jobId: string | null): BibState => ({
  ...bib,
  version: bib.version + 1,
  suppressed: true,
  jobId,
})
