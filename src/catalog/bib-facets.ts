import type { BibState, Derived } from '../rules/bib-state.ts'
import { noFacets } from '../rules/search/record-facets.ts'

/** The part of a bib's state that results are narrowed by. */
export type FacetState = Pick<
  BibState,
  'mmsId' | 'carrier' | 'briefLevel' | 'suppressed' | 'publishToOclc' | 'originatingSystem' | 'linkedMmsId'
>

/** What the row of a bib in bib_facet says; `record` is packed. */
export type BibFacets = {
  readonly mmsId: string
  readonly record: string
  readonly state: FacetState
}

/** What a linked bib has from the record that it is linked to is not repeated in its row. */
export const facetsOf = (state: FacetState, { facets }: Pick<Derived, 'facets'>): BibFacets => ({
  mmsId: state.mmsId,
  record: state.linkedMmsId === null ? facets : noFacets,
  state,
})

export const sameFacets = (a: BibFacets, b: BibFacets): boolean =>
  a.record === b.record &&
  a.state.carrier === b.state.carrier &&
  a.state.briefLevel === b.state.briefLevel &&
  a.state.suppressed === b.state.suppressed &&
  a.state.publishToOclc === b.state.publishToOclc &&
  a.state.originatingSystem === b.state.originatingSystem &&
  a.state.linkedMmsId === b.state.linkedMmsId
