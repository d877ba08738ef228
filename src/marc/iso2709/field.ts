import { listed } from '../encoding-repairs.ts'
import type { Repair } from '../frame.ts'
import { type DataField, type Field, type Subfield, isControlTag } from '../record.ts'

const US = '\x1f'

/** A field whose text is as it should be; nothing where something has to be mended. */
export function soundField(tag: string, text: string): Field | null {
  if (isControlTag(tag)) return text.includes(US) ? null : { tag, value: text }
  if (text.charCodeAt(2) !== 0x1f || !isIndicator(text.charCodeAt(0)) || !isIndicator(text.charCodeAt(1)))
    return null
  const subfields: Subfield[] = []
  let start = 2
  for (;;) {
    const next = text.indexOf(US, start + 1)
    const end = next === -1 ? text.length : next
    const code = text.charCodeAt(start + 1)
    if (end < start + 2 || !isSubfieldCode(code)) return null
    subfields.push({ code: text.charAt(start + 1), value: text.slice(start + 2, end) })
    if (next === -1) break
    start = next
  }
  return { tag, ind1: text.charAt(0), ind2: text.charAt(1), subfields }
}

export const isIndicator = (code: number) => code >= 0x20 && code <= 0x7e

export const isSubfieldCode = (code: number) => code > 0x20 && code <= 0x7e

/**
 * A field with what is wrong in it mended and named: indicators missing, too many or out of ASCII,
 * text before the first subfield, codes that are no character of ASCII, subfields in a control field.
 */
export function mendField(tag: string, text: string, name: string, repairs: Repair[]): Field {
  if (isControlTag(tag)) {
    if (!text.includes(US)) return { tag, value: text }
    const value = text.replace(/\x1f./g, '').trim()
    repairs.push({ code: 'SUBFIELD_CODE', field: name, before: shown(text), after: value })
    return { tag, value }
  }
  const delimiter = text.indexOf(US)
  const head = delimiter === -1 ? text : text.slice(0, delimiter)
  const { ind1, ind2, stray } = readIndicators(head, delimiter === -1, name, repairs)
  const subfields: Subfield[] = []
  if (stray !== '') {
    repairs.push({ code: 'TEXT_BEFORE_SUBFIELD', field: name, before: shown(head), after: `$a ${stray}` })
    subfields.push({ code: 'a', value: stray })
  }
  if (delimiter !== -1)
    for (const subfield of readSubfields(text.slice(delimiter + 1).split(US), name, repairs))
      subfields.push(subfield)
  return { tag, ind1, ind2, subfields } satisfies DataField
}

/**
 * What stands before the first delimiter: two indicators, fewer or more, or text. Text has indicators before it
 * if its first two characters can be such and are not the start of a number or a word.
 */
function readIndicators(head: string, isBare: boolean, name: string, repairs: Repair[]) {
  const isIndicated = /^[ 0-9]{2}(?!\d)/.test(head) || (head.length < 4 && !isBare)
  const given = isIndicated ? head.slice(0, 2) : ''
  const indicators = [...given.padEnd(2)].map((character) => (/[ -~]/.test(character) ? character : ' '))
  const ind1 = indicators[0] ?? ' '
  const ind2 = indicators[1] ?? ' '
  const rest = head.slice(given.length)
  // A third indicator is one character alone; more is text that lost its delimiter.
  const stray = isIndicated && rest.length === 1 ? '' : rest
  if (given !== ind1 + ind2 || (isIndicated && rest.length === 1))
    repairs.push({ code: 'INDICATORS', field: name, before: shown(head), after: ind1 + ind2 })
  return { ind1, ind2, stray }
}

/** Subfields as they are, and what stands after delimiters without a code; a repair a field says it all. */
function readSubfields(parts: readonly string[], name: string, repairs: Repair[]): Subfield[] {
  const subfields: Subfield[] = []
  const before: string[] = []
  const after: string[] = []
  for (const part of parts) {
    const code = part.charAt(0)
    if (/[!-~]/.test(code)) subfields.push({ code, value: part.slice(1) })
    else {
      // The delimiter was typed before text: nothing of it is a code.
      const value = part.trimStart()
      if (part !== '') subfields.push({ code: 'a', value })
      before.push(shown(`${US}${part}`))
      after.push(part === '' ? 'nothing' : `$a ${shown(value)}`)
    }
  }
  if (before.length > 0)
    repairs.push({ code: 'SUBFIELD_CODE', field: name, before: listed(before), after: listed(after) })
  return subfields
}

/** Short, and with its delimiters to be seen. */
const shown = (text: string) => text.replaceAll(US, '$').slice(0, 60)
