export type Severity = 'error' | 'warning'

/**
 * What a validation rule finds: the severity it has where no exception says otherwise, what is wrong, what
 * to do. Codes are API, and none is ever renamed.
 */
export const validationRules = {
  // The leader
  LEADER_LENGTH: rule(
    'error',
    'The leader does not have 24 characters.',
    'Restore the leader from the source of the record.',
  ),
  LEADER_STATUS: rule(
    'warning',
    'Leader position 5 is none of a, c, d, n, p.',
    'Set it to n for a new record, c for a corrected one.',
  ),
  LEADER_TYPE: rule(
    'warning',
    'Leader position 6 is no type of record of MARC 21.',
    'Set it to the type of the material, a for text.',
  ),
  LEADER_LEVEL: rule(
    'warning',
    'Leader position 7 is no bibliographic level of MARC 21.',
    'Set it to m for a monograph, s for a serial.',
  ),

  // Control fields
  CONTROL_NUMBER_REPEATED: rule(
    'warning',
    'There is more than one 001.',
    'Keep one; move the others to 035 with their prefix.',
  ),
  TIMESTAMP_INVALID: rule(
    'warning',
    'An 005 is no date and time of the form yyyymmddhhmmss.f.',
    'Nothing, where the record is saved here: it gets a new one. Else restore it from the source.',
  ),
  FIXED_FIELD_MISSING: rule('warning', 'There is no 008.', 'Add one with at least date, place and language.'),
  FIXED_FIELD_LENGTH: rule(
    'warning',
    'An 008 does not have 40 characters.',
    'Fill it up to 40; blanks at its end are often lost.',
  ),
  FIXED_FIELD_REPEATED: rule(
    'warning',
    'There is more than one 008.',
    'Keep the one that describes this record.',
  ),
  MATERIAL_FIELD_LENGTH: rule(
    'warning',
    'An 006 or 007 is not as long as its kind of material asks for.',
    'Fill it up; blanks at its end are often lost.',
  ),
  FIXED_CODE_UNDEFINED: rule(
    'warning',
    'A coded position has a code that MARC 21 does not define for the material.',
    'Set it to a code of the format, or to the fill character | where it is not coded.',
  ),
  FIXED_CODE_BLANK: rule(
    'warning',
    'A coded position is blank where a blank says nothing for the material.',
    'Code it, or set it to the fill character |.',
  ),
  FIXED_CODE_OBSOLETE: rule(
    'warning',
    'A coded position has a code that is obsolete.',
    'Set it to the code that has taken its place.',
  ),
  FIXED_POSITION_UNDEFINED: rule(
    'warning',
    'A position that MARC 21 does not define for the material is not blank.',
    'Make it blank, or correct the type of record in leader/06 and 07.',
  ),
  ENTRY_DATE_INVALID: rule(
    'warning',
    '008/00-05 is no date of the form yymmdd.',
    'Set it to the date on which the record was made.',
  ),
  DATES_INVALID: rule(
    'warning',
    'A date in 008/07-14 does not have the form that 008/06 asks for.',
    'Correct the date, or the type of date in 008/06.',
  ),
  DATES_REVERSED: rule(
    'warning',
    'The dates in 008/07-14 stand in the wrong order for their type in 008/06.',
    'Exchange them, or correct the type of date.',
  ),

  // What a record must have
  TITLE_MISSING: rule('error', 'There is no 245 with a title.', 'Add a 245 with $a.'),
  TITLE_REPEATED: rule('error', 'There is more than one 245.', 'Keep one; make the others 246.'),
  MAIN_ENTRY_REPEATED: rule(
    'error',
    'There is more than one of 100, 110, 111 and 130.',
    'Keep one; make the others 7XX.',
  ),
  CATALOGING_SOURCE_MISSING: rule(
    'warning',
    'There is no 040.',
    'Add one with the agency that made the record in $a and the language of cataloguing in $b.',
  ),
  PUBLICATION_MISSING: rule(
    'warning',
    'There is neither a 264 nor a 260.',
    'Add a 264 with place, publisher and date.',
  ),
  EXTENT_MISSING: rule('warning', 'There is no 300.', 'Add one with the extent in $a.'),
  RDA_TYPES_MISSING: rule(
    'warning',
    'The record follows RDA by its 040 $e, and 336, 337 or 338 is missing.',
    'Add the types of content, media and carrier.',
  ),

  // Tags
  TAG_INVALID: rule(
    'warning',
    'A tag is not three digits or letters.',
    'Correct the tag or remove the field.',
  ),
  TAG_UNDEFINED: rule(
    'warning',
    'MARC 21 does not define this field, and it is not one of those left to libraries.',
    'Correct the tag; fields of your own have a 9 or a letter in their tag.',
  ),
  TAG_OBSOLETE: rule(
    'warning',
    'This field is obsolete.',
    'Move its content to the field that has taken its place.',
  ),
  FIELD_REPEATED: rule(
    'warning',
    'A field that may not be repeated stands in the record more than once.',
    'Keep one, or merge them.',
  ),
  FIELD_DUPLICATED: rule('warning', 'The record has the same field twice.', 'Remove one of them.'),
  CONTROL_FIELD_WITH_SUBFIELDS: rule(
    'warning',
    'A field 00X has indicators and subfields.',
    'Make it one value without subfields.',
  ),

  // Indicators and subfields
  FIELD_WITHOUT_SUBFIELDS: rule('warning', 'A field has no subfields.', 'Add its subfields or remove it.'),
  INDICATOR_INVALID: rule(
    'warning',
    'An indicator is not a blank, a digit or a small letter.',
    'Correct it, or make it blank.',
  ),
  INDICATOR_UNDEFINED: rule(
    'warning',
    'An indicator has a value that MARC 21 does not define for the field.',
    'Correct it; an indicator that is not defined is blank.',
  ),
  INDICATOR_OBSOLETE: rule(
    'warning',
    'An indicator has a value that is obsolete.',
    'Set it to the value that has taken its place; an indicator that is not defined is blank.',
  ),
  SUBFIELD_CODE_INVALID: rule(
    'warning',
    'A subfield code is not a small letter or a digit.',
    'Correct the code; look for a misplaced delimiter.',
  ),
  SUBFIELD_UNDEFINED: rule(
    'warning',
    'MARC 21 does not define this subfield for the field.',
    'Correct the code, or move the text to the right subfield.',
  ),
  SUBFIELD_OBSOLETE: rule(
    'warning',
    'This subfield is obsolete.',
    'Move its text to the subfield that has taken its place.',
  ),
  SUBFIELD_REPEATED: rule(
    'warning',
    'A subfield that may not be repeated stands in the field more than once.',
    'Keep one, or repeat the field.',
  ),
  SUBFIELD_EMPTY: rule('warning', 'A subfield has no value.', 'Fill or remove it.'),
  SOURCE_MISSING: rule(
    'warning',
    'An indicator says that $2 names the source, and there is no $2.',
    'Add the code of the source in $2, or correct the indicator.',
  ),

  // Titles, numbers, links
  TITLE_ADDED_ENTRY: rule(
    'warning',
    'The first indicator of 245 does not fit the main entry: 1 with a 1XX, 0 without.',
    'Correct the indicator, or add what the 1XX lacks.',
  ),
  NONFILING_TOO_LARGE: rule(
    'warning',
    'An indicator passes over as many characters in filing as the title has, or more.',
    'Count the characters of the article and the blank after it; 0 without an article.',
  ),
  NONFILING_INSIDE_WORD: rule(
    'warning',
    'An indicator passes over a part of a word in filing.',
    'Count the characters of the article and the blank after it; 0 without an article.',
  ),
  LANGUAGE_MISMATCH: rule(
    'warning',
    'The first language in 041 is not the one in 008/35-37.',
    'Set 008/35-37 to the first $a of 041, or $d where that is what it is about.',
  ),
  ISBN_INVALID: rule('warning', 'An ISBN in 020 $a is not valid.', 'Correct it, or move it to $z.'),
  ISSN_INVALID: rule('warning', 'An ISSN in 022 $a is not valid.', 'Correct it, or move it to $y.'),
  RELATED_NUMBER_INVALID: rule(
    'warning',
    'An ISSN or ISBN of a series, of a related title or of all media (ISSN-L) is not valid.',
    'Correct it; the number is what systems link by.',
  ),
  STANDARD_NUMBER_INVALID: rule(
    'warning',
    'The check digit of a UPC, ISMN or EAN in 024 $a is not right.',
    'Correct the number or the first indicator, or move it to $z.',
  ),
  LCCN_INVALID: rule(
    'warning',
    'The number in 010 $a does not have the form of an LCCN.',
    'Correct it, or move it to $z; numbers of other agencies belong into 016 or 035.',
  ),
  SYSTEM_NUMBER_PREFIX: rule(
    'warning',
    'A number in 035 does not begin with the code of its agency in parentheses.',
    'Put the code of the agency in front of it, as in (OCoLC).',
  ),
  URI_INVALID: rule(
    'warning',
    'A link in 856 or 857 $u is no address: it has blanks, or does not begin with its scheme.',
    'Copy the whole address, from https on.',
  ),
  LINKAGE_MISSING: rule(
    'warning',
    'An 880 does not say in $6 which field it belongs to.',
    'Add $6 with the tag and the number of its partner.',
  ),
  LINKAGE_INVALID: rule(
    'warning',
    'A $6 does not have the form of a tag, a hyphen and a number of two digits.',
    'Write it as 880-01, or as 245-01 in the 880.',
  ),
  LINKAGE_BROKEN: rule(
    'warning',
    'The field that a $6 leads to is not there, or does not lead back.',
    'Add the partner, or give both the same number.',
  ),
} as const

function rule(severity: Severity, message: string, remedy: string) {
  return { severity, message, remedy } as const
}

export type ProblemCode = keyof typeof validationRules

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(validationRules, code)
