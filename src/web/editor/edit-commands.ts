import { startCompletion } from '@codemirror/autocomplete'
import { copyLineDown, deleteLine, moveLineDown, moveLineUp } from '@codemirror/commands'
import type { EditorState, SelectionRange } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { delimiter, leaderTag, readLine } from './field-line.ts'
import { endStop, placeIn, stopFrom } from './line-places.ts'
import { inOrder } from './order-fields.ts'

/*
 * What a key does to the text of a record. Each answers whether it did something, as the editor asks.
 */

/** The leader as it stands in the text: by it coded fields are read. */
export const leaderOf = ({ doc }: EditorState): string => {
  const { text } = doc.line(1)
  return text.startsWith(`${leaderTag} `) ? text.slice(leaderTag.length + 1) : ''
}

/** Opens a line below that of the caret, with the tags to choose from. */
function newField(view: EditorView): boolean {
  const { state } = view
  const line = state.doc.lineAt(state.selection.main.head)
  const isBlank = line.text.trim() === ''
  const change = isBlank
    ? { from: line.from, to: line.to, insert: '' }
    : { from: line.to, insert: state.lineBreak }
  view.dispatch({
    changes: change,
    selection: { anchor: isBlank ? line.from : line.to + 1 },
    scrollIntoView: true,
    userEvent: 'input',
  })
  return startCompletion(view)
}

/** A delimiter at the caret, with the subfields of the field to choose from. */
function newSubfield(view: EditorView): boolean {
  const { state } = view
  const { from, to } = state.selection.main
  const before = state.doc.lineAt(from)
  const text = before.text.slice(0, from - before.from)
  const insert = text === '' || text.endsWith(' ') ? delimiter : ` ${delimiter}`
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: 'input',
  })
  return startCompletion(view)
}

/** Takes out the subfield that the caret is in. */
function deleteSubfield(view: EditorView): boolean {
  const { state } = view
  const { head } = state.selection.main
  const row = state.doc.lineAt(head)
  const line = readLine(row.text)
  const place = placeIn(line, head - row.from)
  if (place.in !== 'subfield' || line.is !== 'data') return false
  const part = line.subfields[place.part]
  if (part === undefined) return false
  const next = line.subfields[place.part + 1]
  // With the blank that stands before it, or else the one behind it.
  const from =
    next === undefined && row.text[part.mark.from - 1] === ' ' ? part.mark.from - 1 : part.mark.from
  view.dispatch({
    changes: { from: row.from + from, to: row.from + (next?.mark.from ?? row.length) },
    scrollIntoView: true,
    userEvent: 'delete',
  })
  return true
}

function orderFields(view: EditorView): boolean {
  const { doc } = view.state
  const lines = doc.toString().split('\n')
  const ordered = inOrder(lines).join('\n')
  if (ordered === doc.toString()) return false
  const row = doc.lineAt(view.state.selection.main.head)
  const at = ordered.split('\n').indexOf(row.text)
  const start = ordered
    .split('\n')
    .slice(0, at)
    .reduce((sum, line) => sum + line.length + 1, 0)
  view.dispatch({
    changes: { from: 0, to: doc.length, insert: ordered },
    selection: { anchor: start + (view.state.selection.main.head - row.from) },
    scrollIntoView: true,
    userEvent: 'move.line',
  })
  return true
}

/** To the next part of a field, or of the next one; beyond the last one Tab leaves the text as everywhere. */
export const nextPart = (view: EditorView): boolean => walk(view, 'next')
export const previousPart = (view: EditorView): boolean => walk(view, 'previous')

function walk(view: EditorView, way: 'next' | 'previous'): boolean {
  const { state } = view
  const leader = leaderOf(state)
  const { main } = state.selection
  const row = state.doc.lineAt(main.head)
  const inLine = stopFrom(row.text, startIn(main, row), way, leader)
  const step = way === 'next' ? 1 : -1
  const other = row.number + step
  const target = inLine ? row : other >= 1 && other <= state.doc.lines ? state.doc.line(other) : null
  const stop = inLine ?? (target && endStop(target.text, way === 'next' ? 'first' : 'last', leader))
  if (target === null || stop === null) return false
  view.dispatch({
    selection: { anchor: target.from + stop.anchor, head: target.from + stop.head },
    scrollIntoView: true,
    userEvent: 'select',
  })
  return true
}

const startIn = (range: SelectionRange, row: { readonly from: number }): number =>
  Math.max(range.from - row.from, 0)

/** The commands that have keys of the key table. */
export const editCommands = {
  newField,
  newSubfield,
  deleteField: deleteLine,
  deleteSubfield,
  moveFieldUp: moveLineUp,
  moveFieldDown: moveLineDown,
  duplicateField: copyLineDown,
  orderFields,
} as const satisfies Record<string, (view: EditorView) => boolean>

export type EditCommand = keyof typeof editCommands
