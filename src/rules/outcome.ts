/** D5: what became of a record's bib at import. Closed; it states history and never changes. */
export const outcomes = [
  'created',
  'merged',
  'overlaid',
  'unchanged',
  'deleted',
  'not_imported',
  'filtered',
  'unresolved',
  'rejected',
] as const

export type Outcome = (typeof outcomes)[number]

/**
 * Why an outcome is what it is. Codes are API: the gateway, reports, issues and scripts show them,
 * and none is ever renamed. `docs/errors.md` lists exactly these.
 */
export const codeSentences = {
  NOT_ADDED_BRIEF: 'The existing bib is fuller than the incoming record.',
  NOT_ADDED_LOCKED: 'The existing bib is being edited by somebody.',
  NOT_ADDED_OLD: 'The existing bib was imported from a newer version of the record.',
  NOT_ADDED_LINKED: 'The match is linked to a network bib, which an institution import does not change.',
  NOT_ADDED_CZ: 'The match is linked to a community zone bib, which cannot be changed.',
  MATCHED_DO_NOT_IMPORT: 'The profile does not import records that match.',
  NO_MATCH_DO_NOT_IMPORT: 'The profile does not import records without a match.',
  MULTI_MATCH: 'More than one bib matches.',
  MANUAL_MATCH: 'The profile leaves every match to a person.',
  DELETE_BLOCKED: 'The bib to delete still has inventory, orders or linked bibs.',
  DELETE_NO_MATCH: 'The record asks for a deletion, and no bib matches it.',
  DELETE_NOT_ALLOWED: 'The record asks for a deletion, which the profile does not allow.',
  FILTERED: 'The filter of the profile left the record out.',
  INVALID: 'The record breaks a validation rule that the profile takes as an error.',
  NOT_A_BIB: 'The record is an authority or holdings record.',
  ENCODING: 'Some bytes fit no character set, and the profile is strict.',
  STRUCTURE: 'The record needed structural repairs, and the profile is strict.',
  PREVIEW_DRIFTED:
    'The catalogue has changed since the preview: the outcome would differ from what was reviewed.',
  DATABASE_REFUSED: 'The database refused the record.',
  TRUNCATED: 'The record is cut off.',
  NO_DIRECTORY: 'The directory of the record cannot be read.',
  NO_FIELDS: 'The record has no fields.',
  TOO_LARGE: 'The record is larger than the limit.',
  TOO_MANY_FIELDS: 'The record has more fields than the limit.',
  FIELD_TOO_LARGE: 'A field is larger than the limit.',
  NOT_WELL_FORMED: 'The XML or JSON of the record is not well formed.',
  DOCTYPE_REFUSED: 'The XML has a DOCTYPE or entity declarations, which are refused.',
  NOT_A_RECORD: 'The bytes are no MARC record.',
} as const

export type Code = keyof typeof codeSentences
