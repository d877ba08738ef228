import { chip } from './chip.ts'
import type { Repair, RepairCode } from './frame.ts'

/**
 * A value of XML or JSON as it may stand in a field: on one line, without U+001F, lone surrogates as
 * chips. Control characters other than these are seen to with those of all formats.
 */
export function fieldValue(value: string, nameOf: () => string, repairs: Repair[]): string {
  if (!/[\n\r\x1f]/.test(value) && value.isWellFormed()) return value
  const report = (code: RepairCode, before: string, after: string): void => {
    repairs.push({ code, field: nameOf(), before, after })
  }
  let text = value
  if (/[\n\r]/.test(text)) {
    text = onOneLine(text)
    report('LINE_ENDS_INSIDE', excerpt(value), excerpt(text))
  }
  if (text.includes('\x1f')) {
    text = text.replaceAll('\x1f', '')
    report('CONTROL_CHARACTER', 'U+001F', '')
  }
  if (!text.isWellFormed()) {
    const chips: string[] = []
    text = text.replace(/\p{Cs}/gu, (unit) => {
      const code = unit.charCodeAt(0)
      chips.push(chip([code >> 8, code & 0xff]))
      return chips.at(-1) as string
    })
    report('ENCODING_BYTES', chips.map((each) => each.slice(1, -1)).join(' '), chips.join(' '))
  }
  return text
}

/** Lines joined by a blank; the blanks about a line end are the layout of the file, those at the ends are data. */
function onOneLine(text: string): string {
  const lines = text.split(/[\n\r]+/)
  return lines
    .map((line, at) => {
      const end = at < lines.length - 1 ? line.trimEnd() : line
      return at > 0 ? end.trimStart() : end
    })
    .filter((line) => line !== '')
    .join(' ')
}

const excerpt = (text: string) =>
  text
    .slice(0, 60)
    .replace(/[\n\r]/g, '¶')
    .toWellFormed()
