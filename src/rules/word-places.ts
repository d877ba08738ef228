/*
 * Which subfields are read for words, and what a word there is worth asking for: the sum of these is
 * stored with each word, so that "title words" and the like need no rows of their own.
 */
export const titlePlace = 1
export const namePlace = 2
export const subjectPlace = 4
export const otherPlace = 8
/** As `otherPlace`, for subfields whose value is an identifier first. */
export const identifierPlace = 16

/** Control and linking subfields, relator terms and codes: never words of a description. */
const never = '0124568'
/** Numbers of a source and local text, in fields without subfields: words of no place of their own. */
export const controlFieldsWithWords: ReadonlySet<string> = new Set(['004', '009'])

const titleTags = new Set('130 210 222 240 242 243 245 246 247 440 490 730 740 830'.split(' '))
const nameTags = new Set('100 110 111 400 410 411 700 710 711 720 800 810 811'.split(' '))
const identifierTags = new Set('010 020 022 024 027 028 030 035 037 074 086 088'.split(' '))
/** What OCLC adds to the records that it exports: nothing that a bib is looked for by. */
const oclcExportTags = new Set('936 938 948 994'.split(' '))
const titleInName = 'tfklmnoprsh'

export const isOclcExport = (tag: string): boolean => oclcExportTags.has(tag)

const known = new Uint8Array(1000 * 128)
const unknown = 255
known.fill(unknown)

/** Where the places of a tag's subfields begin; -1 for a tag that is not three digits, whose words are not searched. */
export function placesOf(tag: string): number {
  const number = (tag.charCodeAt(0) - 48) * 100 + (tag.charCodeAt(1) - 48) * 10 + (tag.charCodeAt(2) - 48)
  return number >= 0 && number < 1000 ? number * 128 : -1
}

/** Place of the words in a subfield, 0 where they are not searched; `places` is `placesOf(tag)`. */
export function placeOf(places: number, tag: string, code: string): number {
  const character = code.charCodeAt(0)
  if (!(character < 128)) return 0
  const place = known[places + character] as number
  return place !== unknown ? place : (known[places + character] = classify(tag, code))
}

function classify(tag: string, code: string): number {
  if (never.includes(code) || tag.startsWith('00')) return 0
  if (tag.startsWith('9') || tag.startsWith('09')) return isOclcExport(tag) ? 0 : otherPlace
  if (identifierTags.has(tag))
    return 'azylm'.includes(code) || (tag === '028' && code === 'b') ? identifierPlace : 0
  if (titleTags.has(tag)) return placeInTitle(tag, code)
  if (nameTags.has(tag)) return placeInName(tag, code)
  if (tag.startsWith('6'))
    return 'eiuw'.includes(code) && !(code === 'e' && tag.endsWith('11')) ? 0 : subjectPlace
  if (tag === '031') return 'dt'.includes(code) ? titlePlace : 0
  if (tag === '505') return code === 't' ? titlePlace : 'agr'.includes(code) ? otherPlace : 0
  if (tag === '260' || tag === '264') return 'ab'.includes(code) ? otherPlace : 0
  if (/^7[678]/.test(tag))
    return 'ast'.includes(code) ? otherPlace : code === 'x' || code === 'z' ? otherPlace : 0
  if (tag.startsWith('5')) return 'uw3'.includes(code) ? 0 : otherPlace
  if (tag === '250' || tag === '255' || tag === '502') return otherPlace
  return 0
}

function placeInTitle(tag: string, code: string): number {
  if (code === 'c') return tag === '245' ? otherPlace : 0
  return 'hwuix'.includes(code) ? 0 : titlePlace
}

/** A name may carry the title of a work; its `$n` and `$d` belong to the name of a meeting unless they come with one. */
function placeInName(tag: string, code: string): number {
  const meeting = tag.endsWith('11')
  if (code === 'e') return meeting ? namePlace : 0
  if ('iwxv'.includes(code)) return 0
  if (meeting && 'nd'.includes(code)) return namePlace
  return titleInName.includes(code) ? titlePlace : namePlace
}
