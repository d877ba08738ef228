import type { BibState } from '../rules/bib-state.ts'

/** D18: what keeps a bib from being seen or published; it is said wherever the bib is shown. */
export type Tags = Pick<BibState, 'suppressed' | 'publishToOclc'>

/** A column with the tags of a bib as it is now, nothing where there is none; zone and number are SQL. */
export const tagsColumn = (zoneId: string, mmsId: string): string => `
  (select json_build_object('suppressed', tagged.suppressed, 'publishToOclc', tagged.publish_to_oclc)
   from bib tagged where tagged.zone_id = ${zoneId} and tagged.mms_id = ${mmsId})`
