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
  MATCHES_EXIST: 'Other bibs match the record.',
  STALE_VERSION: 'The bib is not any more what it was when it was read.',
  MATCH_UNSURE: 'A bib is alike, but not enough to be the same without a look.',
  COMBINE_MANUAL: 'Several bibs are to become one, and the profile leaves that to a person.',
  COMBINE_BLOCKED: 'Several bibs are to become one, and one of them may not be changed.',
  OCLC_TWO_CURRENT: 'The bib would have two current OCLC numbers.',
  OCLC_NUMBER_CHANGE: 'The OCLC number of the bib would change.',
  OCLC_CANCELLED_ELSEWHERE: 'The OCLC number of the record is one that another bib has as cancelled.',
  RULE_FAILED: 'A rule could not be carried out on the record.',
  ALREADY_LINKED: 'The bib of the institution is linked already.',
  LINKED_BESIDE: 'Another bib of the institution is linked to the match.',
  NOT_CONTRIBUTED: 'No bib of the network matches, and the job contributes none.',
  SUPPRESSED_NOT_CONTRIBUTED:
    'No bib of the network matches, and a suppressed bib is not contributed by a job.',
  OURS_LOCKED: 'The bib of the institution is being edited by somebody.',
  NO_SUCH_BIB: 'The institution has no bib of this number.',
  NOT_AN_MMS_ID: 'The line of the list is no MMS ID.',
  DELETE_BLOCKED: 'The bib to delete still has inventory, orders or linked bibs.',
  DELETE_BIB_STAYS:
    'The portfolios that the record withdraws are dealt with; something else hangs on the bib.',
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
  PROGRAM_FAULT: 'A fault of the program kept the record from being read.',
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

/** What can be done about it; `docs/errors.md` says the same. */
export const codeRemedies: Readonly<Record<Code, string>> = {
  NOT_ADDED_BRIEF:
    'Nothing, where the fuller record is the right one. Else export or load a fuller record, or use a profile without the guard.',
  NOT_ADDED_LOCKED:
    "Wait, ask the holder to save, or release the bib; then send the record again. A lock ends by itself 60 minutes after its holder's last sign of life.",
  NOT_ADDED_OLD:
    'Export the current version from the source. Where the older one is meant, use a profile without the older-version guard.',
  NOT_ADDED_LINKED:
    'Update the network bib with a profile of the network zone, or settle the issue: change the local fields only, or unlink the bib first.',
  NOT_ADDED_CZ: 'Unlink the bib to make it your own, then send the record again.',
  MATCHED_DO_NOT_IMPORT:
    'Nothing, where only new records are wanted; else change what the profile does on a match.',
  NO_MATCH_DO_NOT_IMPORT:
    'Nothing, where only updates are wanted. Else look at the keys in the trace: a missing or different identifier is the usual cause.',
  MULTI_MATCH: 'Choose the right one in the issue. Where they are the same title, combine them there.',
  MANUAL_MATCH: "Settle the issue, or set the profile's handling to automatic.",
  MATCHES_EXIST: 'Look at them: edit one of them instead, or save without the check.',
  STALE_VERSION: 'Read it again, and make the change on what is there now.',
  MATCH_UNSURE:
    'Compare the two in the issue: merge, or make a bib of its own. The trace says what agreed and what did not.',
  COMBINE_MANUAL: 'Choose the bib that stays in the issue; the others are merged into it.',
  COMBINE_BLOCKED:
    'The trace names the bib and the reason: release or unlink it, then combine them in the issue.',
  OCLC_TWO_CURRENT: 'Decide in the issue which number is the right one; the other belongs into 035 $z.',
  OCLC_NUMBER_CHANGE: 'Compare the two titles: OCLC may have merged its records, or the match is wrong.',
  OCLC_CANCELLED_ELSEWHERE: 'Look at the other bib, which the trace names: the two may be one title.',
  RULE_FAILED: 'The trace names the rule and its line. Correct it, and retry the record.',
  ALREADY_LINKED: 'There is nothing to do; where it is linked to the wrong bib, unlink it first.',
  LINKED_BESIDE: 'Combine the two bibs of the institution: they are one title.',
  NOT_CONTRIBUTED: 'Run the job with contribute, or share the bib by itself.',
  SUPPRESSED_NOT_CONTRIBUTED: 'Share the bib by itself, where the network is to have it.',
  OURS_LOCKED: 'Ask the holder to save, or release the bib; then run the job again.',
  NO_SUCH_BIB: 'Check the number and the zone; the bib may have been deleted.',
  NOT_AN_MMS_ID: 'Correct the line: one MMS ID a line, or first in it.',
  DELETE_BLOCKED: 'Move or remove what hangs on the bib, or suppress the bib.',
  DELETE_BIB_STAYS: 'Nothing, where the title is to stay for what else the library has of it.',
  DELETE_NO_MATCH: 'Nothing: such a bib is not in the zone, or was deleted before.',
  DELETE_NOT_ALLOWED: 'Let the profile delete or suppress, and import the record again.',
  FILTERED: 'Nothing, where that was meant; else change the filter.',
  INVALID: 'Correct the record in the queue and retry it, or make the rule a warning in the profile.',
  NOT_A_BIB: 'Take such records out of the file: bib profiles do not import them.',
  ENCODING: 'Ask the vendor for a sound file, or let the profile read with repairs.',
  STRUCTURE:
    'Look at the repairs with `accession marc check`. Let the profile read with repairs, or ask for a sound file.',
  PREVIEW_DRIFTED: 'Settle the issue with the present bib in view, or run a new preview.',
  DATABASE_REFUSED: 'This should not happen: report it with the record.',
  PROGRAM_FAULT: 'This should not happen: report it with the record.',
  TRUNCATED: 'Fetch the file again, in binary mode.',
  NO_DIRECTORY: 'Ask the vendor for the record.',
  NO_FIELDS: 'Nothing: there is nothing to import.',
  TOO_LARGE: 'Check that the file is what it should be. The limits stand in operating.md.',
  TOO_MANY_FIELDS: 'Check that the file is what it should be. The limits stand in operating.md.',
  FIELD_TOO_LARGE: 'Check that the file is what it should be. The limits stand in operating.md.',
  NOT_WELL_FORMED: 'Correct the file, or ask for it as ISO 2709.',
  DOCTYPE_REFUSED: 'Remove the DOCTYPE and write the characters themselves.',
  NOT_A_RECORD: 'Check that the file is what it should be.',
}
