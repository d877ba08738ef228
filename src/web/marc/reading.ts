import { type DataField, type Field, isDataField, type MarcRecord } from '../../marc/record.ts'
import { type LinkedField, linkedFields, type OtherScript } from '../../rules/linkage.ts'

/** The names of the lines of the reading view; the words are in text-catalogue.ts. */
export type ReadingLabel =
  | 'title'
  | 'uniformTitle'
  | 'otherTitle'
  | 'creator'
  | 'contributor'
  | 'includes'
  | 'edition'
  | 'published'
  | 'dates'
  | 'frequency'
  | 'physical'
  | 'content'
  | 'mathematical'
  | 'series'
  | 'contents'
  | 'summary'
  | 'note'
  | 'language'
  | 'access'
  | 'local'
  | 'subject'
  | 'genre'
  | 'online'
  | 'related'
  | 'isbn'
  | 'issn'
  | 'lccn'
  | 'systemNumber'
  | 'standardNumber'
  | 'classification'

/** One subfield of a line; `before` is what stands between it and the one before. */
type Part = { readonly text: string; readonly before: string; readonly isCancelled: boolean }

export type Entry = {
  readonly tag: string
  /** Whether it is an institution's own field beside those of the record that its bib is linked to. */
  readonly isLocal: boolean
  readonly parts: readonly Part[]
  /** Of an online resource: where it is; nothing where the address is none that may be followed. */
  readonly href: string | null
  readonly others: readonly {
    readonly parts: readonly Part[]
    readonly lang: string | null
    readonly dir: OtherScript['dir']
  }[]
}

export type Line = { readonly label: ReadingLabel; readonly entries: readonly Entry[] }

type Rule = {
  readonly label: ReadingLabel
  readonly tags: RegExp
  /** Subfields that are not text for readers, besides $w and all digits but $3. */
  readonly but?: string
  readonly only?: string
  /** What stands before these subfields, instead of a blank. */
  readonly dash?: string
}

/** The first rule that knows a tag has the field; lines stand in this order. */
const rules: readonly Rule[] = [
  { label: 'title', tags: /^245$/ },
  { label: 'creator', tags: /^1[01]0$|^111$/ },
  { label: 'uniformTitle', tags: /^130$|^24[03]$/ },
  { label: 'otherTitle', tags: /^21[0-4]$|^222$|^24[267]$|^740$/ },
  { label: 'contributor', tags: /^7(?:00|10|11|20)$/, but: 'i' },
  { label: 'includes', tags: /^730$/, but: 'i' },
  { label: 'edition', tags: /^25[01]$/ },
  { label: 'published', tags: /^26[04]$/ },
  { label: 'dates', tags: /^362$/ },
  { label: 'frequency', tags: /^3[12][01]$/ },
  { label: 'physical', tags: /^300$|^34[4-7]$/ },
  { label: 'mathematical', tags: /^255$/ },
  { label: 'content', tags: /^33[678]$/, only: 'a' },
  { label: 'series', tags: /^490$|^8(?:00|10|11|30)$/ },
  { label: 'summary', tags: /^520$/ },
  { label: 'contents', tags: /^505$/ },
  { label: 'language', tags: /^546$/ },
  { label: 'access', tags: /^506$|^540$/ },
  { label: 'local', tags: /^09.$|^59.$|^69.$|^9..$/ },
  { label: 'note', tags: /^5..$/ },
  { label: 'genre', tags: /^655$/, dash: 'vxyz' },
  { label: 'subject', tags: /^6..$/, dash: 'vxyz' },
  { label: 'online', tags: /^856$/, but: 'cdfhijklmnopqrstvx' },
  { label: 'related', tags: /^7[6-8].$/, but: 'i' },
  { label: 'isbn', tags: /^020$/, but: 'c' },
  { label: 'issn', tags: /^022$/ },
  { label: 'lccn', tags: /^010$/ },
  { label: 'systemNumber', tags: /^035$/ },
  { label: 'standardNumber', tags: /^015$|^02[478]$|^030$|^074$/, but: 'bcq' },
  { label: 'classification', tags: /^05[05]$|^06[0]$|^08[0246]$/ },
]

/**
 * A record as lines of a label and its values, and the tags of what is left out of them. Nothing in it is
 * interpreted beyond its tags: the text of every subfield is as it stands. `local` are its local fields.
 */
export function readingOf(
  record: MarcRecord,
  local: ReadonlySet<Field> = new Set(),
): {
  readonly lines: readonly Line[]
  readonly leftOut: readonly string[]
} {
  const byLabel = new Map<ReadingLabel, Entry[]>()
  const leftOut = new Set<string>()
  for (const linked of linkedFields(record)) {
    const rule = rules.find(({ tags }) => tags.test(linked.tag))
    const entry = rule === undefined ? null : entryOf(linked, rule, local)
    if (rule === undefined || entry === null) {
      if (!linked.tag.startsWith('00')) leftOut.add(linked.tag)
      continue
    }
    const entries = byLabel.get(rule.label)
    if (entries) entries.push(entry)
    else byLabel.set(rule.label, [entry])
  }
  const labels = [...new Set(rules.map(({ label }) => label))]
  return {
    lines: labels.flatMap((label) => {
      const entries = byLabel.get(label)
      return entries === undefined ? [] : [{ label, entries }]
    }),
    leftOut: [...leftOut].sort(),
  }
}

function entryOf({ field, tag, others }: LinkedField, rule: Rule, local: ReadonlySet<Field>): Entry | null {
  const parts = partsOf(field, rule)
  if (parts.length === 0) return null
  return {
    tag,
    isLocal: local.has(field),
    parts,
    href: rule.label === 'online' ? addressOf(field) : null,
    others: others.map((other) => ({
      parts: partsOf(other.field, rule),
      lang: other.lang,
      dir: other.dir,
    })),
  }
}

function partsOf(field: Field, { but = '', only, dash = '', label }: Rule): Part[] {
  if (!isDataField(field)) return []
  const isRead = (code: string) =>
    /^[a-z3]$/.test(code) && code !== 'w' && !but.includes(code) && (only?.includes(code) ?? true)
  const read = field.subfields.filter(({ code }) => isRead(code))
  const shown = label === 'online' ? withoutAddress(read) : read
  return shown.map(({ code, value }, place) => ({
    text: value,
    before: place === 0 ? '' : dash.includes(code) && dash !== '' ? ' — ' : ' ',
    isCancelled: code === 'z' && isNumber.has(label),
  }))
}

/** Labels of numbers, whose `$z` is one that is no longer valid. */
const isNumber: ReadonlySet<ReadingLabel> = new Set([
  'isbn',
  'issn',
  'lccn',
  'systemNumber',
  'standardNumber',
])

/** An address is shown where nothing else says what it leads to. */
function withoutAddress(subfields: DataField['subfields']): DataField['subfields'] {
  const named = subfields.filter(({ code }) => code !== 'u')
  return named.length > 0 ? named : subfields.slice(0, 1)
}

const mayBeFollowed = /^(?:https?|ftp|mailto):/i

/** Where an 856 leads, if that is an address that a browser may follow safely; anything else stays text. */
function addressOf(field: Field): string | null {
  if (!isDataField(field)) return null
  const written = field.subfields.find(({ code }) => code === 'u')?.value.trim() ?? ''
  return mayBeFollowed.test(written) && URL.canParse(written) ? written : null
}
