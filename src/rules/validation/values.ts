import type { DataField } from '../../marc/record.ts'
import { isbn13, issn, lccn } from '../match/identifiers.ts'
import { type ValueCheck, checkOf } from './compiled-format.ts'
import { readLink } from './linkage.ts'
import { hasAgency, isRelatedIsbn, isRelatedIssn, isStandardNumber, isUri } from './numbers.ts'
import { type Findings, report } from './problem.ts'
import type { ProblemCode } from './validation-rules.ts'
import type { Whole } from './whole-record.ts'

/** Checks the value of a subfield that has a rule of its own, as the format's state for it says. */
export function validateValue(
  state: number,
  field: DataField,
  subfield: number,
  at: number,
  whole: Whole,
  findings: Findings,
): void {
  const check = checkOf(state) as ValueCheck
  const { code, value } = field.subfields[subfield] as DataField['subfields'][number]
  switch (check) {
    case 'linkage': {
      const link = readLink(value, field.tag, at, findings)
      if (link !== null) (whole.links ??= []).push(link)
      return
    }
    case 'language':
      if (field.tag === '041' && field.ind2 === ' ') whole.textLanguage ??= { value: value.slice(0, 3), at }
      return
    case 'conventions':
      whole.isRda ||= value === 'rda'
      return
    default: {
      const found = isSound(check, value, field.ind1) ? null : codeOf[check]
      if (found !== null) report(findings, found, `${field.tag} $${code}`, at, value)
    }
  }
}

type Sound = Exclude<ValueCheck, 'linkage' | 'language' | 'conventions'>

const codeOf: Readonly<Record<Sound, ProblemCode>> = {
  isbn: 'ISBN_INVALID',
  issn: 'ISSN_INVALID',
  'related-isbn': 'RELATED_NUMBER_INVALID',
  'related-issn': 'RELATED_NUMBER_INVALID',
  'standard-number': 'STANDARD_NUMBER_INVALID',
  lccn: 'LCCN_INVALID',
  'system-number': 'SYSTEM_NUMBER_PREFIX',
  uri: 'URI_INVALID',
}

function isSound(check: Sound, value: string, ind1: string): boolean {
  switch (check) {
    case 'isbn':
      return isbn13(value)?.valid === true
    case 'issn':
      return issn(value)?.valid === true
    case 'related-isbn':
      return isRelatedIsbn(value)
    case 'related-issn':
      return isRelatedIssn(value)
    case 'standard-number':
      return isStandardNumber(ind1, value)
    case 'lccn':
      return lccn(value) !== null
    case 'system-number':
      // Systems mark numbers of their own so.
      return ind1 === '9' || hasAgency(value)
    case 'uri':
      return isUri(value)
  }
}
