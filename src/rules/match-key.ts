/*
 * What a bib is found by. One row a key in the catalogue's match_key table; the same functions
 * make the keys of an incoming record and of a stored one, so that the two cannot drift apart.
 */

/** What kind of identifier a key is; see `docs/glossary.md`. */
export type KeyKind = 'oclc' | 'isbn' | 'issn' | 'lccn' | 'system' | 'standard' | 'source' | 'title'

/**
 * Where the key came from: the subfield code of its field (`a`, `z`, `y`, …), `019` for a
 * cancelled OCLC number, `001` for a source's own control number, `t` for a title key.
 */
export type KeyOrigin = string

/**
 * - `oclc`: digits without leading zeros (D10) from 035 $a/$z (OCoLC), 001 by D10, 019
 * - `isbn`: 13 digits; an ISBN-10 is turned into its ISBN-13; an invalid one is kept as typed, folded
 * - `issn`: `1234-5678`; origin a, l, y, z
 * - `lccn`: normalised as the Library of Congress does it; 010 a, z
 * - `system`: any other 035, `(PREFIX)value`, origin a, z, 9
 * - `standard`: 024, `source-or-type:value`
 * - `source`: 003 and 001 of a source that is not OCLC's, `(003)001`
 * - `title`: the title/author fallback key
 */
export type MatchKey = { readonly kind: KeyKind; readonly value: string; readonly origin: KeyOrigin }
