import { fixedPositions } from '../../rules/validation/fixed-positions.ts'
import { bodyStart, type Line, readLine, type Span } from './field-line.ts'

/** A part of a line that Tab stops at: what is selected there, and where the part begins. */
type Stop = { readonly begins: number; readonly anchor: number; readonly head: number }

/** Of a data field tag, indicators and the ends of its values; of a coded field its positions. */
function stopsOf(text: string, leader: string): readonly Stop[] {
  const line = readLine(text)
  const tag: Stop = { begins: 0, anchor: 0, head: Math.min(3, text.length) }
  switch (line.is) {
    case 'data':
      return [
        tag,
        selected(line.ind1),
        selected(line.ind2),
        ...line.subfields.map(({ value }) => ({ begins: value.from, anchor: value.to, head: value.to })),
      ]
    case 'control': {
      const value = text.slice(line.value.from)
      const positions = fixedPositions(line.tag, value, leader).filter(({ at }) => at < value.length)
      if (positions.length === 0) return [tag, caret(text.length)]
      return [tag, ...positions.map(({ at }) => caret(line.value.from + at))]
    }
    case 'blank':
    case 'fault':
      return [{ begins: 0, anchor: text.length, head: text.length }]
  }
}

const selected = ({ from, to }: Span): Stop => ({ begins: from, anchor: from, head: to })
const caret = (at: number): Stop => ({ begins: at, anchor: at, head: at })

/** The next part of a line after a place in it, or the one before; nothing beyond its ends. */
export function stopFrom(
  text: string,
  at: number,
  way: 'next' | 'previous',
  leader: string,
): Omit<Stop, 'begins'> | null {
  const stops = stopsOf(text, leader)
  if (way === 'next') return stops.find(({ begins }) => begins > at) ?? null
  const here = stops.findLastIndex(({ begins }) => begins <= at)
  return stops[here - 1] ?? null
}

/** The first part of a line, or the last. */
export function endStop(text: string, which: 'first' | 'last', leader: string): Omit<Stop, 'begins'> | null {
  const stops = stopsOf(text, leader)
  return (which === 'first' ? stops[0] : stops.at(-1)) ?? null
}

/** What a place in a line is a part of. */
export type Place =
  | { readonly in: 'tag' }
  | { readonly in: 'indicator'; readonly which: 1 | 2 }
  | { readonly in: 'subfield'; readonly part: number }
  | { readonly in: 'position'; readonly at: number }
  | { readonly in: 'nothing' }

export function placeIn(line: Line, at: number): Place {
  if (line.is === 'control')
    return at < bodyStart ? { in: 'tag' } : { in: 'position', at: at - line.value.from }
  if (line.is !== 'data') return { in: 'nothing' }
  if (at < line.ind1.from) return { in: 'tag' }
  if (at < line.ind1.to) return { in: 'indicator', which: 1 }
  if (at < line.ind2.to || line.subfields.length === 0) return { in: 'indicator', which: 2 }
  const part = line.subfields.findLastIndex(({ mark }) => mark.from < at)
  return part === -1 ? { in: 'indicator', which: 2 } : { in: 'subfield', part }
}

/** What of a line a finding is about, by the name that findings have for it, as `020 $a`, `245 ind2`, `008/18-21`. */
export function spanOfFinding(
  line: Line,
  text: string,
  field: string | null,
  value: string | null,
): Span | null {
  const [, from, to] = /\/(\d+)(?:-(\d+))?$/.exec(field ?? '') ?? []
  if (line.is === 'control' && from !== undefined) {
    const start = line.value.from + Number(from)
    return { from: start, to: line.value.from + Number(to ?? from) + 1 }
  }
  if (line.is !== 'data' || field === null) return null
  if (field.endsWith(' ind1')) return line.ind1
  if (field.endsWith(' ind2')) return line.ind2
  const [, code] = / \$(.)$/u.exec(field) ?? []
  if (code === undefined) return null
  const alike = line.subfields.filter((part) => part.code === code)
  const start = value?.replace(/…$/, '') ?? ''
  const found = alike.find((part) => text.slice(part.value.from, part.value.to).startsWith(start)) ?? alike[0]
  return found === undefined ? null : { from: found.mark.from, to: found.value.to }
}

/** Where the title begins, which is where one begins; nothing where there is none. */
export function titleIn(text: string): { readonly line: number; readonly at: number } | null {
  const rows = text.split('\n')
  const at = rows.findIndex((row) => row.startsWith('245 '))
  const line = readLine(rows[at] ?? '')
  const title = line.is === 'data' ? line.subfields.find(({ code }) => code === 'a') : undefined
  return title === undefined ? null : { line: at + 1, at: title.value.from }
}
