import { Annotation, EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'

/** The lines that are not the person's to change: number and time of a bib, what a linked bib shares. */
export const setHeldLines = StateEffect.define<readonly string[]>()

/** Told where a change would have touched one of them, and was not made. */
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

/** Whatever is changed, each held line stands in the text afterwards; it may be moved. */
export const holdLines: Extension = [
  heldLines,
  EditorState.transactionFilter.of((transaction) => {
    const held = transaction.startState.field(heldLines)
    if (!transaction.docChanged || held.size === 0 || transaction.annotation(ownChange) === true)
      return transaction
    const missing = missingLine(transaction.newDoc.iterLines(), held)
    return missing === null ? transaction : [{ effects: heldLineTouched.of(missing) }]
  }),
]
