import {
  Annotation,
  EditorState,
  type Extension,
  StateEffect,
  StateField,
  Transaction,
} from '@codemirror/state'

/** The lines that are not the person's to change: number and time of a bib, what a linked bib shares. */
export const setHeldLines = StateEffect.define<readonly string[]>()

/** Told where a change would have touched one of them, and left it as it is. */
export const heldLineTouched = StateEffect.define<string>()

/** Of a change that is the program's own. */
export const ownChange = Annotation.define<true>()

/** Each line with how often it is held. */
export const heldLines = StateField.define<ReadonlyMap<string, number>>({
  create: () => new Map(),
  update(held, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHeldLines)) return counted(effect.value)
    return held
  },
})

function counted(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

/** The first of the lines that a text has less often than it is held. */
export function missingLine(lines: Iterable<string>, held: ReadonlyMap<string, number>): string | null {
  const left = new Map(held)
  for (const line of lines) {
    const count = left.get(line)
    if (count !== undefined) left.set(line, count - 1)
  }
  for (const [line, count] of left) if (count > 0) return line
  return null
}

/** What is put in the place of a part of a text, counted from its start, and where the caret is then. */
type Replacement = {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly caret: number
}

/**
 * A change of a part of a text that spares the held lines in it, whole: what is inserted comes where the first line
 * that may go is. Nothing where there is no such line, or nothing would be changed.
 */
export function sparing(
  text: string,
  held: ReadonlyMap<string, number>,
  { from, to, insert }: Omit<Replacement, 'caret'>,
): Replacement | null {
  const left = new Map(held)
  const kept: string[] = []
  let opened: { readonly index: number; readonly caret: number } | null = null
  let start = 0
  let first = -1
  let end = 0
  for (const row of text.split('\n')) {
    const rowStart = start
    const rowEnd = start + row.length
    start = rowEnd + 1
    const count = left.get(row) ?? 0
    if (count > 0) left.set(row, count - 1)
    if (rowEnd < from || rowStart > to) continue
    if (first === -1) first = rowStart
    end = rowEnd
    if (count > 0) {
      kept.push(row)
      continue
    }
    const before = text.slice(rowStart, Math.max(rowStart, from))
    const behind = text.slice(Math.min(rowEnd, to), rowEnd)
    if (opened === null) {
      opened = { index: kept.length, caret: before.length + insert.length }
      kept.push(before + insert + behind)
    } else if (opened.index === kept.length - 1) kept[opened.index] += behind
    else if (behind !== '') kept.push(behind)
  }
  const whole = kept.join('\n')
  if (opened === null || whole === text.slice(first, end)) return null
  const above = kept.slice(0, opened.index).reduce((sum, row) => sum + row.length + 1, 0)
  return { from: first, to: end, insert: whole, caret: first + above + opened.caret }
}

/** The one part that a transaction replaces; nothing where there are several. */
function partOf({ changes }: Transaction): Omit<Replacement, 'caret'> | null {
  const parts: Omit<Replacement, 'caret'>[] = []
  changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
    parts.push({ from, to, insert: inserted.toString() })
  })
  const [part] = parts
  return part !== undefined && parts.length === 1 ? part : null
}

/** Whatever is changed, each held line stands in the text afterwards; it may be moved, and what is deleted around it goes. */
export const holdLines: Extension = [
  heldLines,
  EditorState.transactionFilter.of((transaction) => {
    const held = transaction.startState.field(heldLines)
    if (!transaction.docChanged || held.size === 0 || transaction.annotation(ownChange) === true)
      return transaction
    const missing = missingLine(transaction.newDoc.iterLines(), held)
    if (missing === null) return transaction
    const told = heldLineTouched.of(missing)
    const part =
      transaction.isUserEvent('delete') || transaction.isUserEvent('input') ? partOf(transaction) : null
    const spared = part && sparing(transaction.startState.doc.toString(), held, part)
    if (spared === null) return [{ effects: told }]
    const { caret, ...changes } = spared
    const userEvent = transaction.annotation(Transaction.userEvent) ?? ''
    return [{ changes, selection: { anchor: caret }, effects: told, userEvent, scrollIntoView: true }]
  }),
]
