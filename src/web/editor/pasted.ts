import { isControlTag } from '../../marc/record.ts'
import { readMnemonics } from '../../marc/mrk/mnemonics.ts'
import { parseField } from '../../rules/field-text.ts'
import { delimiter, leaderTag, lineOfField, readLine } from './field-line.ts'

/*
 * Fields as people have them on the clipboard: mnemonic text of MarcEdit (`=245  10$aEmma`), lines of other editors
 * and of websites with `$`, `|` or `ǂ` for the delimiter, and lines of this editor.
 */

/** The pasted text with its fields as lines of the editor; as it is where one of its lines is no field. */
export function linesOfPasted(pasted: string): string {
  const rows = pasted.split(/\r\n?|\n/).filter((row) => row.trim() !== '')
  const lines = rows.map(lineOf)
  return rows.length === 0 || lines.includes(null) ? pasted : lines.join('\n')
}

function lineOf(row: string): string | null {
  const mnemonic = /^=([0-9A-Za-z]{3}) {1,2}(.*)$/.exec(row)
  if (mnemonic !== null) return ofMnemonic(mnemonic[1] ?? '', mnemonic[2] ?? '')
  if (row.includes(delimiter) && readLine(row).is === 'data') return row
  const tag = row.slice(0, 3)
  if (/^[0-9A-Za-z]{3} /.test(row) && (isControlTag(tag) || tag === leaderTag)) return row
  const field = parseField(dollars(row))
  return field === null ? null : lineOfField(field)
}

function ofMnemonic(tag: string, body: string): string {
  const isCoded = isControlTag(tag) || tag === leaderTag
  if (isCoded) return `${tag} ${readMnemonics(body.replaceAll('\\', ' '))}`
  const [indicators = '', ...subfields] = body.split('$')
  return lineOfField({
    tag,
    ind1: blanked(indicators.charAt(0)),
    ind2: blanked(indicators.charAt(1)),
    subfields: subfields.map((part) => ({ code: part.slice(0, 1), value: readMnemonics(part.slice(1)) })),
  })
}

const blanked = (indicator: string): string => (indicator === '' || indicator === '\\' ? ' ' : indicator)

/** A line with `$` before each code, as fields are written elsewhere here; between indicators may stand a blank. */
const dollars = (row: string): string =>
  row
    .replace(/^(\S{3}) (\S) (\S)(?= )/, '$1 $2$3')
    .replace(/^(\S{3}) {2,4}(?=[$|ǂ])/, '$1 ## ')
    .replace(/[|ǂ] ?([0-9a-z]) ?/g, ' $$$1 ')
    .replace(/ {2,}(?=\$)/g, ' ')
