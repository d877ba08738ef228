import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { marc21 } from '../../rules/validation/format.ts'
import { fixedPositions } from '../../rules/validation/fixed-positions.ts'
import { leaderOf } from './edit-commands.ts'
import { delimiter, readLine } from './field-line.ts'
import { placeIn } from './line-places.ts'
import { skeletonOf } from './skeleton.ts'

/** What MARC 21 has for the place of the caret: tags, values of an indicator, subfields, codes of a position. */
export function marcCompletions(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context
  const row = state.doc.lineAt(pos)
  const at = pos - row.from
  const { text } = row
  if (at <= 3 && /^[0-9A-Za-z]{0,3}$/.test(text.slice(0, at)) && (explicit || text.length <= 2))
    return {
      from: row.from,
      to: row.from + Math.min(3, text.length),
      options: tags().filter(({ label }) => label.startsWith(text.slice(0, at))),
      filter: false,
    }
  const tag = text.slice(0, 3)
  if (text[at - 1] === delimiter) return { from: pos, options: subfields(tag), validFor: /^$/ }
  if (!explicit) return null
  const line = readLine(text)
  const place = placeIn(line, at)
  if (place.in === 'indicator' && line.is === 'data') {
    const span = place.which === 1 ? line.ind1 : line.ind2
    return {
      from: row.from + span.from,
      to: row.from + span.to,
      options: indicators(tag, place.which),
      filter: false,
    }
  }
  if (place.in !== 'position' || line.is !== 'control') return null
  const value = text.slice(line.value.from)
  const position = fixedPositions(tag, value, leaderOf(state)).find(
    (each) => place.at >= each.at && place.at < each.at + each.length,
  )
  if (position?.codes == null) return null
  const [width = 1] = [...position.codes.keys()].map((code) => code.length)
  const start = position.at + Math.floor((place.at - position.at) / width) * width
  const from = row.from + line.value.from + start
  return { from, to: Math.min(from + width, row.to), options: named(position.codes), filter: false }
}

let allTags: readonly Completion[] | null = null

const tags = (): readonly Completion[] =>
  (allTags ??= [...marc21().fields]
    .filter(([, { obsolete }]) => !obsolete)
    .map(([tag, { name }]) => ({ label: tag, detail: name, apply: applyTag })))

/** A new field gets the rest of its line with its tag; of one that is there the tag alone changes. */
function applyTag(view: EditorView, { label }: Completion, from: number, to: number): void {
  const row = view.state.doc.lineAt(from)
  const isNew = row.text.length <= 3
  const insert = isNew ? label + skeletonOf(label, new Date()) : label
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.complete',
  })
}

const subfields = (tag: string): readonly Completion[] =>
  [...(marc21().fields.get(tag)?.subfields ?? [])]
    .filter(([, { obsolete }]) => !obsolete)
    .map(([code, { name }]) => ({ label: code, detail: name, apply: `${code} ` }))

function indicators(tag: string, which: 1 | 2): readonly Completion[] {
  const values = marc21().fields.get(tag)?.indicators[which - 1]?.values ?? new Map<string, never>()
  return named(values).map((option) => (option.label === ' ' ? { ...option, label: '#' } : option))
}

/** Codes that hold, with their names. A blank cannot be seen, and is shown as one. */
const named = (
  codes: ReadonlyMap<string, { readonly name: string; readonly obsolete: boolean }>,
): readonly Completion[] =>
  [...codes]
    .filter(([, { obsolete }]) => !obsolete)
    .map(([code, { name }]) => ({
      label: code,
      displayLabel: code.replaceAll(' ', '␣'),
      detail: name,
      apply: code,
    }))
