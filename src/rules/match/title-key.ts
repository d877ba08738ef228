import type { DataField, MarcRecord } from '../../marc/record.ts'
import { controlValue } from '../../marc/record.ts'
import { plainWords } from '../fold.ts'
import { isSerial } from './is-serial.ts'

const longestTitle = 180
const longestName = 40

/**
 * The key of last resort, for records without an identifier in common: `title/name/year/type`, folded.
 *
 * It asks for precision: whole title (245 $a $b $n $p, never a part), the first words of the main
 * name (100, 110, 111; else 700, 710, 711), year of 008/07-10 (else the first of 264 $c or 260 $c),
 * leader/06 and whether it is a serial must all be equal. A record without a year, or with neither
 * a name nor a title of at least three words, has no such key: `Report` of nobody matches half a catalogue.
 */
export function titleKey(record: MarcRecord): string | null {
  let title: DataField | undefined
  let main: DataField | undefined
  let added: DataField | undefined
  let imprint: DataField | undefined
  for (const field of record.fields) {
    if (!('subfields' in field)) continue
    const { tag } = field
    switch (tag.charCodeAt(0)) {
      case 49: // 1XX
        if (isName(tag)) main ??= field
        break
      case 50: // 2XX
        if (tag === '245') title ??= field
        else if (tag === '264' || tag === '260') imprint ??= field
        break
      case 55: // 7XX
        if (isName(tag)) added ??= field
    }
  }
  if (!title) return null
  const whole = plainWords(joined(title, 'abnp')).slice(0, longestTitle).trimEnd()
  if (whole === '') return null
  const by = main ?? added
  const name = by
    ? plainWords(joined(by, by.tag.endsWith('00') ? 'a' : 'abc'))
        .slice(0, longestName)
        .trimEnd()
    : ''
  if (name === '' && whole.split(' ').length < 3) return null
  const year = yearOf(record, imprint)
  if (year === null) return null
  return `${whole}/${name}/${year}/${record.leader[6] === 't' ? 'a' : record.leader[6]}${isSerial(record) ? 's' : 'm'}`
}

const isName = (tag: string): boolean => tag.endsWith('00') || tag.endsWith('10') || tag.endsWith('11')

function joined(field: DataField, codes: string): string {
  let text = ''
  for (const { code, value } of field.subfields)
    if (codes.includes(code)) text += text === '' ? value : ` ${value}`
  return text
}

function yearOf(record: MarcRecord, imprint: DataField | undefined): string | null {
  const coded = controlValue(record, '008')?.slice(7, 11) ?? ''
  if (/^[12]\d{3}$/.test(coded)) return coded
  const printed = imprint?.subfields.find(({ code }) => code === 'c')?.value
  return printed === undefined ? null : (/[12]\d{3}/.exec(printed)?.[0] ?? null)
}
