import type { MarcRecord } from '../../marc/record.ts'
import { controlValue } from '../../marc/record.ts'

/** What one would hold in the hand, or read on a screen: finer than the carrier of D11, for comparing. */
export type Form =
  | 'print'
  | 'large-print'
  | 'braille'
  | 'micro'
  | 'online'
  | 'computer-disc'
  | 'audio-disc'
  | 'audio-tape'
  | 'audio-player'
  | 'videodisc'
  | 'videotape'

/**
 * The forms of a record, those of a kit among them; empty where nothing tells. The carrier type (338) goes
 * before the medium (245 $h), a reproduction (533), the extent (300), the form of item (008/23, or 29) and
 * 007, which records of print often have for the online version that they link to.
 */
export function formsOf(record: MarcRecord): Form[] {
  const coded = codedForm(record)
  const extent = textOf(record, '300', 'a')
  // Large print and braille are volumes to 338.
  if (coded === 'd' || /large[ -](?:print|type)/i.test(extent + textOf(record, '245', 'h')))
    return ['large-print']
  if (coded === 'f' || /braille/i.test(extent + textOf(record, '250', 'a'))) return ['braille']
  const said = carrierTypes(record)
  if (said.length > 0) return checked(said, record, coded)
  const medium = namedForm(textOf(record, '245', 'h')) ?? reproductionForm(record) ?? namedForm(extent)
  if (medium) return [medium]
  const form = coded === undefined ? undefined : codedForms[coded]
  if (form) return [form]
  const hasPages = /\b(?:p|pp|pages?|v|volumes?|leaves|sheets?|maps?|s|S|t)\b/.test(extent)
  const physical = hasPages ? undefined : physicalForms[controlValue(record, '007')?.slice(0, 2) ?? '']
  if (physical) return [physical]
  return hasPages || 'atcdef'.includes(record.leader[6] ?? ' ') ? ['print'] : []
}

/** 338, by its code unless its words say volume or sheet: `volume $b cr` was copied from the online version. */
function carrierTypes(record: MarcRecord): Form[] {
  const found = new Set<Form>()
  for (const field of record.fields) {
    if (field.tag !== '338' || !('subfields' in field)) continue
    const isPrint = field.subfields.some(
      ({ code, value }) => code === 'a' && /^(?:volume|sheet)/i.test(value),
    )
    for (const { code, value } of field.subfields) {
      const form = code === 'b' ? (isPrint ? 'print' : carrierForms[value.trim()]) : undefined
      if (form) found.add(form)
    }
  }
  return [...found]
}

/** 338 is often copied from the version for print or the one online; where all else says so, it is the other. */
function checked(said: Form[], record: MarcRecord, coded: string | undefined): Form[] {
  if (said.includes('online') && isDescribedAsPrint(record, coded)) return ['print']
  if (!said.includes('print')) return said
  const [, counted = ''] = /^\W*\d+\W+(online resource|micro\w+)/i.exec(textOf(record, '300', 'a')) ?? []
  const form = coded === undefined ? undefined : codedForms[coded]
  const physical = physicalForms[controlValue(record, '007')?.slice(0, 2) ?? '']
  const other = namedForm(counted) ?? (form === physical ? form : undefined)
  return other ? [other] : said
}

/** Measured in centimetres, and nothing but 338 that speaks of a screen. */
const isDescribedAsPrint = (record: MarcRecord, coded: string | undefined): boolean =>
  coded === undefined &&
  /\d cm\b/.test(textOf(record, '300', 'c')) &&
  !/online|electronic|computer/i.test(textOf(record, '300', 'a') + textOf(record, '245', 'h')) &&
  reproductionForm(record) === undefined

/** RDA's carrier types; several of a group are one form here. */
const carrierForms: Readonly<Record<string, Form>> = {
  cr: 'online',
  cd: 'computer-disc',
  ck: 'computer-disc',
  cb: 'computer-disc',
  ha: 'micro',
  hb: 'micro',
  hc: 'micro',
  hd: 'micro',
  he: 'micro',
  hf: 'micro',
  hg: 'micro',
  hh: 'micro',
  hj: 'micro',
  na: 'print',
  nb: 'print',
  nc: 'print',
  nn: 'print',
  no: 'print',
  nr: 'print',
  sd: 'audio-disc',
  ss: 'audio-tape',
  st: 'audio-tape',
  vd: 'videodisc',
  vf: 'videotape',
  vr: 'videotape',
}

const codedForms: Readonly<Record<string, Form>> = {
  a: 'micro',
  b: 'micro',
  c: 'micro',
  o: 'online',
  q: 'computer-disc',
  r: 'print',
}

const physicalForms: Readonly<Record<string, Form>> = {
  cr: 'online',
  co: 'computer-disc',
  ha: 'micro',
  hd: 'micro',
  he: 'micro',
  sd: 'audio-disc',
  ss: 'audio-tape',
  vd: 'videodisc',
  vf: 'videotape',
}

const named: readonly (readonly [RegExp, Form])[] = [
  [/online|electronic (?:text|map)|streaming|web ?site|\bpdf\b/i, 'online'],
  [/cd-?roms?\b|dvd-?roms?\b|computer (?:laser )?(?:optical )?dis[ck]/i, 'computer-disc'],
  [/micro(?:form|fiche|film|opaque)/i, 'micro'],
  [/video ?dis[ck]|\bdvds?\b|blu-?ray/i, 'videodisc'],
  [/video ?(?:cassette|tape)/i, 'videotape'],
  [/audio media player|playaway/i, 'audio-player'],
  [/(?:sound|audio|compact) dis[ck]|\bcds?\b/i, 'audio-disc'],
  [/(?:sound|audio) ?(?:cassette|tape)/i, 'audio-tape'],
]

const namedForm = (text: string): Form | undefined => named.find(([words]) => words.test(text))?.[1]

/** A note that a reproduction is to be had as well is of another record. */
function reproductionForm(record: MarcRecord): Form | undefined {
  const note = textOf(record, '533', 'a')
  if (/also available/i.test(note)) return undefined
  return /electronic|digital/i.test(note) ? 'online' : namedForm(note)
}

/** Form of item, `undefined` for a blank one: 008/23, or 29 of maps and visual material. */
function codedForm(record: MarcRecord): string | undefined {
  const form = controlValue(record, '008')?.['efgkor'.includes(record.leader[6] ?? ' ') ? 29 : 23]
  return form === undefined || form === ' ' || form === '|' ? undefined : form
}

function textOf({ fields }: MarcRecord, tag: string, code: string): string {
  let text = ''
  for (const field of fields) {
    if (field.tag !== tag || !('subfields' in field)) continue
    for (const subfield of field.subfields) if (subfield.code === code) text += ` ${subfield.value}`
  }
  return text
}
