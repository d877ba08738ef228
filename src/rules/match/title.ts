import type { DataField } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import { plainWords } from '../fold.ts'

/** A title as it is compared: folded words, in two parts that one blank would join. */
export type Title = {
  /** What stands before the first mark that divides titles, without its article. Never empty. */
  readonly proper: string
  /** Subtitle, parallel title, number and name of a part. */
  readonly rest: string
}

export const wholeTitle = ({ proper, rest }: Title): string => (rest === '' ? proper : `${proper} ${rest}`)

/**
 * The title in some subfields of a field. A title and subtitle in one subfield (`Emma : a novel`, as vendors
 * write it) are divided as two subfields would be, and what follows a slash is a statement of responsibility
 * and no title. Nothing where there are no words.
 */
export function titleOf(field: DataField, codes: string): Title | null {
  let proper = ''
  let rest = ''
  for (const { code, value } of field.subfields) {
    if (!codes.includes(code)) continue
    if (proper !== '') {
      rest += ` ${titlePart(value)}`
      continue
    }
    const text = titlePart(withoutArticle(field, value))
    const mark = text.search(divider)
    proper = words(mark === -1 ? text : text.slice(0, mark))
    if (proper === '') proper = words(text)
    else if (mark !== -1) rest = text.slice(mark)
  }
  proper = withoutEnglishArticle(proper)
  return proper === '' ? null : { proper, rest: words(rest) }
}

/** ISBD's marks, each followed by a blank: a colon in a time of day or a slash in a date divides nothing. */
const divider = /[:=;](?=\s|$)/

function titlePart(value: string): string {
  const slash = value.search(/\s\/(?:\s|$)/)
  return slash === -1 ? value : value.slice(0, slash)
}

const words = (text: string): string => plainWords(text.includes('&') ? text.replaceAll('&', ' and ') : text)

/** Characters that 245's second indicator says are not filed, where an article can be so long. */
function withoutArticle(field: DataField, value: string): string {
  if (effectiveTag(field) !== '245') return value
  const count = field.ind2.charCodeAt(0) - 48
  if (!(count > 0 && count < 10)) return value
  return /^[\s'’"“«([-]$/.test(value[count - 1] ?? '') ? value.slice(count) : value
}

/** Where the indicator was left at 0, as vendors do. */
const withoutEnglishArticle = (proper: string): string => proper.replace(/^(?:the|an?) (?=.)/, '')

/** Whether a title alone, with nobody's name beside it, tells a work: `Annual report` does not. */
export function isTelling(title: Title): boolean {
  const whole = wholeTitle(title)
  // Scripts that write no blanks between words say in eight characters what others say in three words.
  return (
    whole.split(' ').length >= 3 ||
    (whole.length >= 8 && /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(whole))
  )
}
