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

/** Why a field is protected: by a pattern of tags alone, by the mark of a subfield, or as another system's number. */
export type Protection =
  | { readonly by: 'tag'; readonly pattern: string }
  | { readonly by: 'subfield'; readonly code: string; readonly value: string }
  | { readonly by: 'system-number' }

/** A list as it is asked about fields: members and patterns apart, and the patterns that a tag meets. */
type Compiled = {
  readonly members: ReadonlySet<string>
  readonly patterns: readonly Pattern[]
  readonly ofTag: Map<string, readonly Pattern[]>
}

const compiled = new WeakMap<ProtectSettings, Compiled>()

/** Tags are whatever records have; beyond this many of them a list is looked through each time. */
const mostTags = 2000

/** Why an import leaves a field of an existing bib alone, if it does. */
export function protectionOf(field: Field, settings: ProtectSettings): Protection | null {
  const local = localProtection(field, settings)
  if (local !== null || field.tag !== '035' || !('subfields' in field)) return local
  return isOtherSystemNumber(field) ? systemNumber : null
}

/** As `protectionOf`, without the 035s: these are kept from both sides, while an incoming local field is nobody's here. */
export function localProtection(field: Field, settings: ProtectSettings): Protection | null {
  if (!('subfields' in field)) return null
  const { members, patterns, ofTag } = compiledOf(settings)
  for (const { code, value } of field.subfields) {
    if (code === '9' && value === 'LOCAL') return localMark
    if (code === '5' && members.has(value)) return { by: 'subfield', code, value }
  }
  const tag = effectiveTag(field)
  let meant = ofTag.get(tag)
  if (meant === undefined) {
    meant = patterns.filter((pattern) => tagMatches(pattern.tag, tag))
    if (ofTag.size < mostTags) ofTag.set(tag, meant)
  }
  for (const pattern of meant) {
    if (pattern.code === null) return { by: 'tag', pattern: pattern.tag }
    for (const { code, value } of field.subfields) {
      if (code === pattern.code && (pattern.value === null || value === pattern.value))
        return { by: 'subfield', code, value }
    }
  }
  return null
}

const systemNumber: Protection = { by: 'system-number' }
const localMark: Protection = { by: 'subfield', code: '9', value: 'LOCAL' }

/** An 035 whose `$a` is not OCLC's; without `$a`, one without any number of OCLC's. */
function isOtherSystemNumber({ subfields }: DataField): boolean {
  const current = subfields.find(({ code }) => code === 'a')
  if (current) return !isOclcSystemNumber(current.value)
  return !subfields.some(({ code, value }) => code === 'z' && isOclcSystemNumber(value))
}

function compiledOf(settings: ProtectSettings): Compiled {
  const known = compiled.get(settings)
  if (known) return known
  const patterns = settings.fields.map((text) => {
    const pattern = parseProtectPattern(text)
    if (!pattern)
      throw new RangeError(`${text} is no pattern of protected fields; write 9XX, 856 $5 or $9 LOCAL`)
    return pattern
  })
  const made: Compiled = { members: new Set(settings.members), patterns, ofTag: new Map() }
  compiled.set(settings, made)
  return made
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
