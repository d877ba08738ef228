import type { MarcRecord } from '../src/marc/record.ts'
import type { BibState } from '../src/rules/bib-state.ts'
import { briefLevel } from '../src/rules/brief-level.ts'
import { deriveState } from '../src/rules/derive.ts'
import {
  createHangingIndex,
  hangsOf,
  type InventoryHanging,
  type LinkedBib,
  noInventory,
} from '../src/rules/hanging.ts'
import type { ImportProfile } from '../src/rules/import-profile.ts'
import { carrierOf } from '../src/rules/match/carrier.ts'
import { addToIndex, createMatchIndex } from '../src/rules/match/match-index.ts'
import { mergeRule } from '../src/rules/merge/merge-rule.ts'
import { defaultProtect } from '../src/rules/merge/protect.ts'
import { type Decided, type Plan, planBatch } from '../src/rules/plan.ts'
import { bodyOf, prepare, storedRecord } from '../src/rules/prepare.ts'
import { redirectLookups } from '../src/rules/redirect.ts'

/** A bib of the network as the catalogue has it; its number is `99`, a count, and the suffix of the zone. */
export const bibOf = (count: number, record: MarcRecord, more: Partial<BibState> = {}): BibState => {
  const mmsId = `99${1_000_000 + count}5816`
  return {
    mmsId,
    version: 1,
    record: storedRecord(record.leader, mmsId, '20261101000000.0', bodyOf(record)),
    briefLevel: briefLevel(record),
    carrier: carrierOf(record),
    suppressed: false,
    publishToOclc: 'publish',
    originatingSystem: 'OCLC',
    originatingNumber: null,
    originatingVersion: null,
    linkedMmsId: null,
    linkedToCommunity: false,
    lock: null,
    sourceHash: null,
    passed: null,
    jobId: null,
    hangs: [],
    ...more,
  }
}

export type Planning = {
  readonly bibs: readonly BibState[]
  readonly linked?: readonly LinkedBib[]
  /** By MMS ID. */
  readonly inventory?: Readonly<Record<string, InventoryHanging>>
  readonly profile: ImportProfile
  readonly decided?: Decided
}

/** The plans of records in file order against a few bibs, without a database. */
export function planOf(planning: Planning, ...records: readonly MarcRecord[]): Plan[] {
  const { bibs, linked = [], inventory = {}, profile, decided } = planning
  const index = createMatchIndex()
  const hanging = createHangingIndex()
  for (const bib of bibs) {
    const own = {
      linked: linked.filter((each) => each.bib.linkedMmsId === bib.mmsId),
      inventory: inventory[bib.mmsId] ?? noInventory,
    }
    hanging.known.set(bib.mmsId, own)
    addToIndex(index, { ...bib, hangs: hangsOf(own) }, deriveState(bib))
  }
  const ready = records.map((record, at) => {
    const prepared = prepare(record, profile)
    if (prepared.status !== 'ready') throw new Error(`record ${at + 1} is out: ${prepared.code}`)
    return { position: at + 1, ready: prepared.ready, record }
  })
  return planBatch(ready, {
    profile,
    zone: 'NZ',
    protect: defaultProtect,
    mergeRuleOf: mergeRule,
    index,
    hanging,
    redirects: new Map(
      ready.map(({ position, record }) => [
        position,
        profile.redirect ? redirectLookups(record, profile.redirect, '(OCLC)') : [],
      ]),
    ),
    newMmsId: (position) => `99${2_000_000 + position}5816`,
    stamp: '20261102000000.0',
    jobId: '7',
    file: '',
    ...(decided ? { decided } : {}),
  })
}
