import type { Zone } from '../../../server/api/zone.ts'

export type Scope = { readonly kind: Zone['kind']; readonly zone: Zone | null }

const kinds = ['institution', 'network', 'community'] as const

/**
 * The zones that a search can go to from where a person works: the institution, its network, the community
 * zone. Whoever works in none of a kind gets the one that is searched now, or else the first that they see.
 */
export function scopesOf(
  zones: readonly Zone[],
  working: Zone | null,
  searched: Zone | null,
): readonly Scope[] {
  return kinds.map((kind) => {
    const near = [working, searched].find((zone) => zone?.kind === kind)
    const network = kind === 'network' ? zones.find(({ code }) => code === working?.network) : undefined
    return { kind, zone: near ?? network ?? zones.find((zone) => zone.kind === kind) ?? null }
  })
}
