import type { DataField, Field } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import { isTagPattern, tagMatches } from '../field-pattern.ts'
import { isOclcSystemNumber } from '../match/identifiers.ts'

/**
 * D16: what imports never take from a bib of a zone. A pattern is a tag (`590`, `9XX`), a tag with a
 * subfield (`856 $5`), that with its value (`6XX $2 local`), or the last two without a tag
 * (`$9 LOCAL`). `members` are the codes of institutions whose `$5` makes a field theirs.
 *
 * Fields with `$9 LOCAL`, and 035s that are not OCLC's, are protected whatever the list says.
 */
export type ProtectSettings = {
  readonly fields: readonly string[]
  readonly members?: readonly string[]
}

export const defaultProtect: ProtectSettings = {
  fields: ['09X', '59X', '69X', '9XX', '$9 LOCAL'],
  members: [],
}

type Pattern = { readonly tag: string; readonly code: string | null; readonly value: string | null }

/** Why a field is protected: by its tag alone, by a subfield, or as another system's number. */
export type Protection = 'tag' | 'subfield' | 'system-number'

const compiled = new WeakMap<ProtectSettings, readonly Pattern[]>()

/** Whether an import leaves a field of an existing bib alone. */
export const isProtected = (field: Field, settings: ProtectSettings): boolean =>
  protectionOf(field, settings) !== null

export function protectionOf(field: Field, settings: ProtectSettings): Protection | null {
  const local = localProtection(field, settings)
  if (local !== null || field.tag !== '035' || !('subfields' in field)) return local
  return isOtherSystemNumber(field) ? 'system-number' : null
}

/** As `protectionOf`, without the 035s: these are kept from both sides, while an incoming local field is nobody's here. */
export function localProtection(field: Field, settings: ProtectSettings): Protection | null {
  if (!('subfields' in field)) return null
  const tag = effectiveTag(field)
  for (const { code, value } of field.subfields) {
    if (code === '9' && value === 'LOCAL') return 'subfield'
    if (code === '5' && settings.members?.includes(value)) return 'subfield'
  }
  for (const pattern of patternsOf(settings)) {
    if (!tagMatches(pattern.tag, tag)) continue
    if (pattern.code === null) return 'tag'
    if (
      field.subfields.some(
        ({ code, value }) => code === pattern.code && (pattern.value === null || value === pattern.value),
      )
    )
      return 'subfield'
  }
  return null
}

/** An 035 whose `$a` is not OCLC's; without `$a`, one without any number of OCLC's. */
function isOtherSystemNumber({ subfields }: DataField): boolean {
  const current = subfields.find(({ code }) => code === 'a')
  if (current) return !isOclcSystemNumber(current.value)
  return !subfields.some(({ code, value }) => code === 'z' && isOclcSystemNumber(value))
}

function patternsOf(settings: ProtectSettings): readonly Pattern[] {
  const known = compiled.get(settings)
  if (known) return known
  const patterns = settings.fields.map((text) => {
    const pattern = parseProtectPattern(text)
    if (!pattern)
      throw new RangeError(`${text} is no pattern of protected fields; write 9XX, 856 $5 or $9 LOCAL`)
    return pattern
  })
  compiled.set(settings, patterns)
  return patterns
}

/** Reads one pattern of the list; nothing where it is none. */
export function parseProtectPattern(text: string): Pattern | null {
  const parts = /^(\S{3})?\s*(?:\$(.)(?:\s+(.+?))?)?\s*$/.exec(text.trim())
  if (!parts) return null
  const [, tag, code, value] = parts
  if (tag === undefined && (code === undefined || value === undefined)) return null
  if (tag !== undefined && !isTagPattern(tag)) return null
  return { tag: tag ?? 'XXX', code: code ?? null, value: value ?? null }
}
