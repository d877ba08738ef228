import type { Field } from '../marc/record.ts'

/**
 * Which fields a rule speaks of: three characters, `X` (or `*`) for any character in that place.
 * A tag's own letters are written in lower case or are not X: MARC 21 has no tag with an X.
 */
export function tagMatches(pattern: string, tag: string): boolean {
  return at(pattern, tag, 0) && at(pattern, tag, 1) && at(pattern, tag, 2)
}

function at(pattern: string, tag: string, place: number): boolean {
  const wanted = pattern.charCodeAt(place)
  return wanted === 88 || wanted === 42 || wanted === 120 || wanted === tag.charCodeAt(place)
}

/** Whether a pattern names one tag and no other. */
export const isOutright = (pattern: string): boolean => !/[Xx*]/.test(pattern)

/** Whether every tag that a pattern speaks of is one that another speaks of. */
export function tagWithin(pattern: string, wide: string): boolean {
  for (let place = 0; place < 3; place++) {
    const wanted = wide.charAt(place)
    if (!isAny(wanted) && wanted !== pattern.charAt(place)) return false
  }
  return true
}

const isAny = (character: string): boolean => character === 'X' || character === 'x' || character === '*'

export const isTagPattern = (text: string): boolean => /^[0-9A-Za-z*]{3}$/.test(text)

/** A test of a whole value: `*` stands for any characters, `|` between alternatives; letters count as they are. */
export function valueTest(pattern: string): (value: string) => boolean {
  const alternatives = pattern.split('|').map((text) => text.split('*'))
  return (value) => alternatives.some((parts) => fits(value, parts))
}

/** Whether the parts come in order, the first at the start and the last at the end. */
function fits(value: string, parts: readonly string[]): boolean {
  const first = parts[0] as string
  const last = parts[parts.length - 1] as string
  if (parts.length === 1) return value === first
  if (!value.startsWith(first) || value.length < first.length + last.length) return false
  const end = value.length - last.length
  let from = first.length
  for (let place = 1; place < parts.length - 1; place++) {
    const part = parts[place] as string
    const found = value.indexOf(part, from)
    if (found === -1 || found + part.length > end) return false
    from = found + part.length
  }
  return value.endsWith(last)
}

/** The values that a test looks at: of a control field its value, of a data field those of a subfield, or of all. */
export function someValue(
  field: Field,
  subfield: string | undefined,
  test: (value: string) => boolean,
): boolean {
  if (!('subfields' in field)) return subfield === undefined && test(field.value)
  for (const { code, value } of field.subfields) {
    if ((subfield === undefined || subfield === '*' || subfield === code) && test(value)) return true
  }
  return false
}
