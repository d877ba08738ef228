import { type Extension, type Range, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { bodyStart, readLine } from './field-line.ts'
import { heldLines, setHeldLines } from './held-lines.ts'

const mark = (name: string): Decoration => Decoration.mark({ class: `cm-marc-${name}` })

const tag = mark('tag')
const indicators = mark('indicators')
const code = mark('code')
const blank = mark('blank')
const held = Decoration.line({ class: 'cm-marc-held' })
const fault = Decoration.line({ class: 'cm-marc-fault' })
/** Isolated, so that a value in Arabic leaves its neighbours in place. */
const value = Decoration.mark({ tagName: 'bdi', bidiIsolate: null })

const codedTag = /^(?:LDR|00[678])$/

function linesIn(view: EditorView): { readonly all: DecorationSet; readonly isolates: DecorationSet } {
  const all = new RangeSetBuilder<Decoration>()
  const isolates = new RangeSetBuilder<Decoration>()
  const isHeld = view.state.field(heldLines)
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const row = view.state.doc.lineAt(at)
      for (const range of rangesOf(row.from, row.text, isHeld)) all.add(range.from, range.to, range.value)
      for (const range of valuesOf(row.from, row.text)) isolates.add(range.from, range.to, range.value)
      at = row.to + 1
    }
  }
  return { all: all.finish(), isolates: isolates.finish() }
}

function rangesOf(
  start: number,
  text: string,
  isHeld: ReadonlyMap<string, number>,
): readonly Range<Decoration>[] {
  const line = readLine(text)
  const ranges: Range<Decoration>[] = []
  if (isHeld.has(text)) ranges.push(held.range(start))
  if (line.is === 'fault') ranges.push(fault.range(start))
  if (line.is !== 'control' && line.is !== 'data') return ranges
  ranges.push(tag.range(start, start + 3))
  if (line.is === 'control') {
    if (!codedTag.test(line.tag)) return ranges
    for (let at = bodyStart; at < text.length; at++)
      if (text[at] === ' ') ranges.push(blank.range(start + at, start + at + 1))
    return ranges
  }
  ranges.push(indicators.range(start + line.ind1.from, start + line.ind2.to))
  for (const { mark: at } of line.subfields) ranges.push(code.range(start + at.from, start + at.to))
  return ranges
}

function valuesOf(start: number, text: string): readonly Range<Decoration>[] {
  const line = readLine(text)
  if (line.is !== 'data') return []
  return line.subfields.flatMap((part) =>
    part.value.to > part.value.from ? [value.range(start + part.value.from, start + part.value.to)] : [],
  )
}

const drawn = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    isolates: DecorationSet

    constructor(view: EditorView) {
      const { all, isolates } = linesIn(view)
      this.decorations = all
      this.isolates = isolates
    }

    update({ view, docChanged, viewportChanged, transactions }: ViewUpdate): void {
      const isHeldNew = transactions.some(({ effects }) => effects.some((effect) => effect.is(setHeldLines)))
      if (!docChanged && !viewportChanged && !isHeldNew) return
      const { all, isolates } = linesIn(view)
      this.decorations = all
      this.isolates = isolates
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) => {
      const isolates = (view: EditorView) => view.plugin(plugin)?.isolates ?? Decoration.none
      return [EditorView.decorations.of(isolates), EditorView.bidiIsolatedRanges.of(isolates)]
    },
  },
)

const look = EditorView.theme({
  // What is wrapped goes on below the values.
  '.cm-line': { paddingInlineStart: 'calc(7ch + 8px)', textIndent: '-7ch' },
  '.cm-marc-tag': { color: 'var(--accent)', fontWeight: '600' },
  '.cm-marc-indicators': { color: 'var(--text-quiet)' },
  '.cm-marc-code': { color: 'var(--zone-community)', fontWeight: '600' },
  '.cm-marc-blank': {
    backgroundImage: 'radial-gradient(circle at 50% 55%, var(--line-strong) 12%, transparent 14%)',
  },
  '.cm-marc-held': { color: 'var(--text-quiet)', backgroundColor: 'var(--sunken)' },
  '.cm-marc-held *': { color: 'var(--text-quiet)', fontWeight: '400' },
  '.cm-marc-fault': { textDecoration: 'underline dotted var(--bad) 1.5px', textUnderlineOffset: '4px' },
  bdi: { unicodeBidi: 'isolate' },
})

/** Draws the parts of fields apart. */
export const lineDecorations: Extension = [drawn, look]
