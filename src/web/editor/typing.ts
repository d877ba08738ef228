import { type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { delimiter, leaderTag, type Line, readLine } from './field-line.ts'
import { skeletonOf } from './skeleton.ts'

/*
 * What typing does besides writing. A tag brings the rest of its field. Indicators and coded fields have a fixed
 * length: a character takes the place of the one under the caret, and what is deleted becomes a blank; a selection
 * is replaced and deleted as anywhere. `$$` is a delimiter.
 */

/** What a typed character becomes. Positions are counted from the start of the line. */
export type Typed = {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly caret: number
}

const codedTags: ReadonlySet<string> = new Set([leaderTag, '006', '007', '008'])
const isCoded = (line: Line): line is Line & { is: 'control' } =>
  line.is === 'control' && codedTags.has(line.tag)

/** What comes of a character that is typed over a part of a line; nothing where it is simply written. */
export function typed(text: string, from: number, to: number, character: string, today: Date): Typed | null {
  const line = readLine(text)
  if (from !== to) return typedOverIndicator(line, from, to, character)
  if (character === '$' && text[from - 1] === '$') {
    const insert = from > 1 && text[from - 2] !== ' ' ? ` ${delimiter}` : delimiter
    return { from: from - 1, to: from, insert, caret: from - 1 + insert.length }
  }
  if (from === 2 && text.length === 2 && /^[0-9A-Za-z]{3}$/.test(text + character)) {
    const whole = text + character + skeletonOf(text + character, today)
    return { from: 0, to: 2, insert: whole, caret: isCoded(readLine(whole)) ? 4 : whole.length }
  }
  if (isCoded(line) && from >= line.value.from && from < text.length)
    return { from, to: from + 1, insert: character, caret: from + 1 }
  if (line.is !== 'data') return text[from - 1] === delimiter ? coded(from, character) : null
  if (from >= line.ind1.from && from < line.ind2.to)
    return { from, to: from + 1, insert: character === ' ' ? '#' : character, caret: from + 1 }
  // The blank after a code is there already.
  const isAfterCode = line.subfields.some(
    ({ mark, value }) => value.from === from && value.to === from && mark.to < from,
  )
  return character === ' ' && isAfterCode ? { from, to: from, insert: '', caret: from } : null
}

function typedOverIndicator(line: Line, from: number, to: number, character: string): Typed | null {
  if (line.is !== 'data') return null
  const is = ({ ind1, ind2 }: typeof line) =>
    [ind1, ind2].some((span) => span.from === from && span.to === to)
  return is(line) ? { from, to, insert: character === ' ' ? '#' : character, caret: to } : null
}

/** A code with the blank after it. */
const coded = (at: number, code: string): Typed | null =>
  /[0-9a-z]/.test(code) ? { from: at, to: at, insert: `${code} `, caret: at + 2 } : null

/** What becomes of a coded field where one character of it is deleted; nothing where deleting is as anywhere. */
export function deleted(text: string, at: number, way: 'before' | 'after'): Typed | null {
  const line = readLine(text)
  if (!isCoded(line)) return null
  const place = way === 'before' ? at - 1 : at
  if (place < line.value.from || place >= text.length) return null
  // The last character can be deleted: what is too long is cut so.
  if (way === 'before' && at === text.length) return null
  return { from: place, to: place + 1, insert: ' ', caret: way === 'before' ? place : at }
}

function write(view: EditorView, { from, to, insert, caret }: Typed, userEvent: string): true {
  const row = view.state.doc.lineAt(view.state.selection.main.from)
  view.dispatch({
    changes: { from: row.from + from, to: row.from + to, insert },
    selection: { anchor: row.from + caret },
    scrollIntoView: true,
    userEvent,
  })
  return true
}

const onDelete = (way: 'before' | 'after') => (view: EditorView) => {
  const { main } = view.state.selection
  if (!main.empty || view.state.readOnly) return false
  const row = view.state.doc.lineAt(main.head)
  const change = deleted(row.text, main.head - row.from, way)
  return change === null ? false : write(view, change, 'delete')
}

export const typing: Extension = [
  EditorView.inputHandler.of((view, from, to, text) => {
    if ([...text].length !== 1 || view.state.readOnly) return false
    const row = view.state.doc.lineAt(from)
    if (to > row.to || view.composing) return false
    const change = typed(row.text, from - row.from, to - row.from, text, new Date())
    return change === null ? false : write(view, change, 'input.type')
  }),
  Prec.high(
    keymap.of([
      { key: 'Backspace', run: onDelete('before') },
      { key: 'Delete', run: onDelete('after') },
    ]),
  ),
]
