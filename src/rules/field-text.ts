import { isControlTag } from '../marc/record.ts'
import type { Field, Subfield } from '../marc/record.ts'

/**
 * One field on one line, as traces, differences and rules write it: `245 10 $a Emma / $c Jane Austen.`
 * A blank indicator is `#`; a dollar sign in a value is `{dollar}`, an opening brace `{lcub}`.
 */
export function formatField(field: Field): string {
  if (!('subfields' in field)) return `${field.tag} ${field.value}`
  let text = `${field.tag} ${blank(field.ind1)}${blank(field.ind2)}`
  for (const { code, value } of field.subfields) text += ` $${code} ${value.replace(/[${]/g, escape)}`
  return text
}

const blank = (indicator: string): string => (indicator === ' ' ? '#' : indicator)
const escape = (character: string): string => (character === '$' ? '{dollar}' : '{lcub}')

/**
 * The inverse of `formatField`; also reads `_` and `\` as blank indicators and a value that follows
 * its code at once. A dollar sign starts a subfield only after a blank. Nothing where the text is no field.
 */
export function parseField(text: string): Field | null {
  const tag = text.slice(0, 3)
  if (!/^[0-9A-Za-z]{3}$/.test(tag) || text[3] !== ' ') return null
  if (isControlTag(tag)) return text.length > 4 ? { tag, value: text.slice(4) } : null
  const [, ind1, ind2, rest] = /^(.)(.)( ?\$.*)$/s.exec(text.slice(4)) ?? []
  if (ind1 === undefined || ind2 === undefined || rest === undefined) return null
  const subfields: Subfield[] = []
  for (const part of ` ${rest.trimStart()}`.split(' $').slice(1)) {
    const code = part.slice(0, 1)
    const value = part.slice(1).replace(/^ /, '')
    if (!/^[0-9a-zA-Z]$/.test(code) || value === '') return null
    subfields.push({ code, value: value.replaceAll('{dollar}', '$').replaceAll('{lcub}', '{') })
  }
  return { tag, ind1: unblank(ind1), ind2: unblank(ind2), subfields }
}

const unblank = (indicator: string): string => ('#_\\'.includes(indicator) ? ' ' : indicator)
