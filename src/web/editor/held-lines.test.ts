import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EditorState } from '@codemirror/state'
import { heldLineTouched, holdLines, setHeldLines, sparing } from './held-lines.ts'

const rows = ['LDR 0', '001 99', '005 2026', '245 00 ‡a Emma', '500 ## ‡a A note.']
const text = rows.join('\n')
const held = new Map([
  ['001 99', 1],
  ['005 2026', 1],
])

/** The text after a part of it is replaced, the caret as `|`. */
function after(from: number, to: number, insert: string): string | null {
  const change = sparing(text, held, { from, to, insert })
  if (change === null) return null
  const whole = text.slice(0, change.from) + change.insert + text.slice(change.to)
  return `${whole.slice(0, change.caret)}|${whole.slice(change.caret)}`
}

test('of all that is selected the held lines stay, and the caret has a line to write on', () => {
  assert.equal(after(0, text.length, ''), '|\n001 99\n005 2026')
  assert.equal(after(0, text.length, 'x'), 'x|\n001 99\n005 2026')
})

test('of lines that are selected in part the rest stays, a held one whole', () => {
  const emma = text.indexOf('Emma')
  assert.equal(after(4, emma, ''), 'LDR |\n001 99\n005 2026\nEmma\n500 ## ‡a A note.')
  // From within the number into the title, and beyond it.
  assert.equal(after(9, emma, 'x'), 'LDR 0\n001 99\n005 2026\nx|Emma\n500 ## ‡a A note.')
  assert.equal(after(9, text.indexOf('note'), ''), 'LDR 0\n001 99\n005 2026\n|note.')
})

test('where only held lines would be changed nothing is', () => {
  const number = text.indexOf('001')
  assert.equal(after(number, number + 3, ''), null)
  assert.equal(after(number, number, 'x'), null)
  // The end of a line between two of them.
  assert.equal(after(number - 1, number, ''), null)
  assert.equal(after(number + 6, number + 7, ''), null)
})

test('of equal lines as many stay as are held', () => {
  const twice = '500 a\n500 a\n500 b'
  const change = sparing(twice, new Map([['500 a', 1]]), { from: 0, to: twice.length, insert: '' })
  assert.deepEqual(change, { from: 0, to: twice.length, insert: '500 a\n', caret: 6 })
})

test('deleting and typing over a selection spare held lines and say so; a change in one is not made', () => {
  const begun = EditorState.create({ doc: text, extensions: holdLines })
  const state = begun.update({ effects: setHeldLines.of(['001 99', '005 2026']) }).state
  const change = (from: number, to: number, insert: string, userEvent: string) => {
    const transaction = state.update({ changes: { from, to, insert }, userEvent })
    const told = transaction.effects.filter((effect) => effect.is(heldLineTouched)).map(({ value }) => value)
    return [transaction.newDoc.toString(), ...told]
  }
  assert.deepEqual(change(0, text.length, '', 'delete.selection'), ['\n001 99\n005 2026', '001 99'])
  assert.deepEqual(change(0, text.length, 'x', 'input.type'), ['x\n001 99\n005 2026', '001 99'])
  assert.deepEqual(change(7, 8, '', 'delete.backward'), [text, '001 99'])
})
