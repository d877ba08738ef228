import type { Field } from '../../marc/record.ts'
import { type Link, validateLinks } from './linkage.ts'
import { type Findings, report } from './problem.ts'

/** What is seen of a record while its fields are checked, for what only the whole of it shows. */
export type Whole = {
  controlNumbers: number
  fixedFields: number
  titles: number
  isTitled: boolean
  mainEntries: number
  /** The first 245: its first indicator, and where it stands. */
  title: { readonly indicator: string; readonly at: number } | null
  hasSource: boolean
  hasPublication: boolean
  hasExtent: boolean
  isRda: boolean
  /** Bits for 336, 337 and 338. */
  types: number
  /** 008/35-37, and the first 041 $a where it is of MARC's list. */
  language: string | null
  textLanguage: { readonly value: string; readonly at: number } | null
  links: Link[] | null
}

export const openWhole = (): Whole => ({
  controlNumbers: 0,
  fixedFields: 0,
  titles: 0,
  isTitled: false,
  mainEntries: 0,
  title: null,
  hasSource: false,
  hasPublication: false,
  hasExtent: false,
  isRda: false,
  types: 0,
  language: null,
  textLanguage: null,
  links: null,
})

/** Notes a field that MARC 21 defines. */
export function noteWhole(whole: Whole, tag: number, field: Field, at: number, findings: Findings): void {
  switch (tag) {
    case 1:
      if (!('subfields' in field) && ++whole.controlNumbers === 2)
        report(findings, 'CONTROL_NUMBER_REPEATED', field.tag, at)
      break
    case 8:
      if ('subfields' in field) break
      if (++whole.fixedFields === 2) report(findings, 'FIXED_FIELD_REPEATED', field.tag, at)
      if (field.value.length === 40) whole.language ??= field.value.slice(35, 38)
      break
    case 40:
      whole.hasSource = true
      break
    case 100:
    case 110:
    case 111:
    case 130:
      if ('subfields' in field && ++whole.mainEntries === 2)
        report(findings, 'MAIN_ENTRY_REPEATED', field.tag, at)
      break
    case 245:
      if (!('subfields' in field)) break
      if (++whole.titles === 2) report(findings, 'TITLE_REPEATED', field.tag, at)
      whole.title ??= { indicator: field.ind1, at }
      whole.isTitled ||= field.subfields.some(
        ({ code, value }) => 'abknp'.includes(code) && value.trim() !== '',
      )
      break
    case 260:
    case 261:
    case 262:
    case 264:
      whole.hasPublication = true
      break
    case 300:
      whole.hasExtent = true
      break
    case 336:
    case 337:
    case 338:
      whole.types |= 1 << (tag - 336)
      break
    default:
  }
}

/** What is missing, and what does not fit together. */
export function validateWhole(whole: Whole, findings: Findings): void {
  if (whole.fixedFields === 0) report(findings, 'FIXED_FIELD_MISSING')
  if (!whole.isTitled) report(findings, 'TITLE_MISSING')
  if (!whole.hasSource) report(findings, 'CATALOGING_SOURCE_MISSING')
  if (!whole.hasPublication) report(findings, 'PUBLICATION_MISSING')
  if (!whole.hasExtent) report(findings, 'EXTENT_MISSING')
  if (whole.isRda && whole.types !== 7) report(findings, 'RDA_TYPES_MISSING')
  const { title, textLanguage, language, links } = whole
  if (title !== null && title.indicator === (whole.mainEntries === 0 ? '1' : '0'))
    report(findings, 'TITLE_ADDED_ENTRY', '245 ind1', title.at, title.indicator)
  if (textLanguage !== null && language !== null && isAnotherLanguage(language, textLanguage.value))
    report(
      findings,
      'LANGUAGE_MISMATCH',
      '041 $a',
      textLanguage.at,
      `${textLanguage.value}, 008: ${language}`,
    )
  if (links !== null) validateLinks(links, findings)
}

/** Where 008 names several languages, none, or does not say, 041 says more and no other. */
const isAnotherLanguage = (coded: string, text: string): boolean =>
  coded !== text && !['mul', 'und', 'zxx', '   ', '|||'].includes(coded)
