import { type MarcRecord, isDataField } from '../marc/record.ts'

/** 245 $a $b $n $p as one line for lists, without the closing ISBD mark; empty where there is no 245. At most 500 characters. */
export function displayTitle(record: MarcRecord): string {
  for (const field of record.fields) {
    if (field.tag !== '245' || !isDataField(field)) continue
    let title = ''
    for (const { code, value } of field.subfields)
      if (code === 'a' || code === 'b' || code === 'n' || code === 'p')
        title += (title === '' ? '' : ' ') + value
    return title.slice(0, 500).replace(/[\s/:;,=]+$/, '')
  }
  return ''
}
