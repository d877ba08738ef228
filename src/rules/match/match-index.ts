import { unpack } from '../../marc/packed.ts'
import type { MarcRecord } from '../../marc/record.ts'
import type { BibState, Derived } from '../bib-state.ts'
import { derive } from '../derive.ts'
import { type MatchFeatures, matchFeatures } from './match-features.ts'
import type { KeyKind, KeyOrigin } from './match-key.ts'

/** A bib that carries a key. */
export type Hit = { readonly mmsId: string; readonly origin: KeyOrigin }

/**
 * The candidates of a batch, by key: what the catalogue had, and what the records planned so far
 * have made of it. Indexed, so that the fold asks for its keys and never scans.
 */
export type MatchIndex = {
  readonly hits: Map<string, Hit[]>
  readonly bibs: Map<string, BibState>
  /** Keys that more bibs carry than are looked at. */
  readonly capped: Set<string>
  /** What is derived from a state; worked out once a version. `record` is the state's own, where it is at hand. */
  readonly derivedOf: (state: BibState, record?: MarcRecord) => Derived
  /** Records of network and community bibs that bibs of the index are linked to, packed, by MMS ID; read where features are asked for. */
  readonly linkedRecords: Map<string, string>
  /** What a bib is compared by; of a linked one it is in the record that it is linked to (D14). Worked out once a version. */
  readonly featuresOf: (state: BibState) => MatchFeatures
}

export const indexKey = (kind: KeyKind, value: string): string => `${kind}:${value}`

export function createMatchIndex(): MatchIndex {
  const derived = new Map<string, { version: number; derived: Derived }>()
  const features = new Map<string, { version: number; features: MatchFeatures }>()
  const linkedRecords = new Map<string, string>()
  return {
    hits: new Map(),
    bibs: new Map(),
    capped: new Set(),
    derivedOf: (state, record) => {
      const known = derived.get(state.mmsId)
      if (known?.version === state.version) return known.derived
      const fresh = derive(record ?? unpack(state.record), state.originatingNumber)
      derived.set(state.mmsId, { version: state.version, derived: fresh })
      return fresh
    },
    linkedRecords,
    featuresOf: (state) => {
      const known = features.get(state.mmsId)
      if (known?.version === state.version) return known.features
      const record = (state.linkedMmsId !== null && linkedRecords.get(state.linkedMmsId)) || state.record
      const fresh = matchFeatures(unpack(record), state.originatingNumber)
      features.set(state.mmsId, { version: state.version, features: fresh })
      return fresh
    },
  }
}

export function addToIndex(index: MatchIndex, state: BibState, derived: Derived): void {
  index.bibs.set(state.mmsId, state)
  for (const { kind, value, origin } of derived.keys) {
    const key = indexKey(kind, value)
    const hits = index.hits.get(key)
    if (!hits) index.hits.set(key, [{ mmsId: state.mmsId, origin }])
    else if (!hits.some((hit) => hit.mmsId === state.mmsId && hit.origin === origin))
      hits.push({ mmsId: state.mmsId, origin })
  }
}

export function removeFromIndex(index: MatchIndex, state: BibState, derived: Derived): void {
  index.bibs.delete(state.mmsId)
  for (const { kind, value } of derived.keys) {
    const key = indexKey(kind, value)
    const hits = index.hits.get(key)
    if (hits)
      index.hits.set(
        key,
        hits.filter((hit) => hit.mmsId !== state.mmsId),
      )
  }
}
