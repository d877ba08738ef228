import type { ExceptionLine } from './rule.ts'
import { type TokenReader, warn } from './token-reader.ts'
import { widened } from './widened.ts'

/** Says of a line that a later one, which speaks of all that it does, decides in its place. */
export function lintExceptionLines(reader: TokenReader, lines: readonly ExceptionLine[]): void {
  const later = new Map<string, number>()
  for (const { code, tag, subfield, place } of lines.toReversed()) {
    const tags = widened(tag ?? '***')
    const subfields = subfield === null ? [null] : [subfield, null]
    const decides = tags.flatMap((each) => subfields.map((of) => later.get(`${code} ${each} ${of}`)))
    const line = decides.find((found) => found !== undefined)
    if (line !== undefined)
      warn(reader, place, `Line ${line} decides in place of this one: the last that fits a message does.`)
    later.set(`${code} ${tag ?? '***'} ${subfield}`, place.line)
  }
}
