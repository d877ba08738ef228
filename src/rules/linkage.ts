import { type DataField, type Field, isDataField, type MarcRecord, subfieldValue } from '../marc/record.ts'

/** What `$6` says of a field: the field that it goes with, and the script that it is written in. */
type Linkage = {
  readonly tag: string
  readonly occurrence: string
  /** As BCP 47 writes a text of unknown language in a known script. */
  readonly lang: string | null
  readonly isRightToLeft: boolean
}

/** The codes of MARC 21 Appendix A for `$6`; ISO 15924 codes stand as they are. */
const scripts: Readonly<Record<string, string>> = {
  '(3': 'Arab',
  '(4': 'Arab',
  '(B': 'Latn',
  '(N': 'Cyrl',
  '(Q': 'Cyrl',
  '(S': 'Grek',
  '(2': 'Hebr',
}

const written = /^([0-9A-Za-z]{3})-([0-9]{2})(?:\/([^/]*))?(?:\/(r))?/

function linkageOf(field: DataField): Linkage | null {
  const [, tag = '', occurrence = '', code = '', orientation] =
    written.exec(subfieldValue(field, '6') ?? '') ?? []
  if (tag === '') return null
  const script = scripts[code] ?? (/^[A-Z][a-z]{3}$/.test(code) ? code : null)
  return {
    tag,
    occurrence,
    lang: script === null ? null : `und-${script}`,
    isRightToLeft: orientation === 'r',
  }
}

/** A field of another script, with what its line of text is to be told. */
export type OtherScript = {
  readonly field: DataField
  readonly lang: string | null
  readonly dir: 'rtl' | 'ltr'
}

/** A field, and those of its contents that are written in other scripts. */
export type LinkedField = {
  readonly field: Field
  /** The tag that it counts as: of an 880 without a partner, that of the field it stands for. */
  readonly tag: string
  readonly others: readonly OtherScript[]
}

/**
 * The fields of a record in their order, each 880 under the field that it goes with. An 880 whose partner
 * is not there, or that never had one (occurrence 00), stands by itself, under the tag that it names.
 */
export function linkedFields({ fields }: MarcRecord): LinkedField[] {
  const others = new Map<string, OtherScript[]>()
  for (const field of fields) {
    const linkage = is880(field) ? linkageOf(field) : null
    if (linkage === null || !is880(field) || linkage.occurrence === '00') continue
    const name = `${linkage.tag} ${linkage.occurrence}`
    others.set(name, [...(others.get(name) ?? []), otherScript(field, linkage)])
  }
  const taken = new Set<Field>()
  const partnersOf = (field: Field): readonly OtherScript[] => {
    const linkage = isDataField(field) && field.tag !== '880' ? linkageOf(field) : null
    const found = linkage?.tag === '880' ? (others.get(`${field.tag} ${linkage.occurrence}`) ?? []) : []
    // Two fields that name one partner: it is the first one's.
    const free = found.filter((other) => !taken.has(other.field))
    for (const other of free) taken.add(other.field)
    return free
  }
  const lines = fields.map((field) => ({ field, tag: field.tag, others: partnersOf(field) }))
  return lines
    .filter(({ field }) => !taken.has(field))
    .map((line) => {
      const linkage = is880(line.field) ? linkageOf(line.field) : null
      return linkage === null ? line : { ...line, tag: linkage.tag }
    })
}

const otherScript = (field: DataField, linkage: Linkage): OtherScript => ({
  field,
  lang: linkage.lang,
  dir: linkage.isRightToLeft || startsRightToLeft(field) ? 'rtl' : 'ltr',
})

/** Many records leave the orientation out: then the first letter tells. */
function startsRightToLeft({ subfields }: DataField): boolean {
  const text = subfields.filter(({ code }) => code !== '6').map(({ value }) => value)
  const [letter = ''] = /\p{L}/u.exec(text.join(' ')) ?? []
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter)
}

const is880 = (field: Field): field is DataField => field.tag === '880' && isDataField(field)
