import { acceptCompletion, autocompletion } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, Prec, Transaction } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
} from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { look, typeOver } from '../ui/code-look.ts'
import { marcCompletions } from './completions.ts'
import { type EditCommand, editCommands, nextPart, previousPart } from './edit-commands.ts'
import { findingLines, setFindings, type ToldFinding } from './finding-lines.ts'
import { heldLineTouched, holdLines, ownChange, setHeldLines } from './held-lines.ts'
import { lineDecorations } from './line-decorations.ts'
import { linesOfPasted } from './pasted.ts'
import { typing } from './typing.ts'

/** Where the caret is: the line from 1, and the place in it from 0. */
export type CaretPlace = { readonly line: number; readonly at: number }

export type MarcEditorHandle = {
  readonly focus: () => void
  readonly text: () => string
  /** Another text in place of the one there is; it can be undone where a person asked for it. */
  readonly replace: (text: string, mayUndo: boolean) => void
  readonly goTo: (line: number, at: number) => void
  readonly run: (command: EditCommand) => void
}

const fitted = EditorView.theme({
  '&': { maxHeight: 'max(20rem, calc(100dvh - 15rem))' },
  '.cm-scroller': { lineHeight: '1.55' },
  '.cm-content': { paddingBlock: '6px', minHeight: '12em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--text-font)',
    fontSize: '0.875rem',
    maxHeight: '16em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--text)',
    backgroundColor: 'var(--accent-ground)',
  },
  '.cm-completionLabel': { fontFamily: 'var(--marc-font)', fontWeight: '600' },
  '.cm-completionMatchedText': { textDecoration: 'none' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--text-quiet)' },
  '.cm-specialChar': { color: 'var(--bad)' },
})

/** Esc, then Tab goes on to what comes after the text: until something else is pressed Tab is the browser's. */
const wayOut = [
  keymap.of([
    {
      key: 'Escape',
      run(view: EditorView) {
        view.setTabFocusMode(true)
        return true
      },
    },
  ]),
  EditorView.domEventHandlers({
    keydown(event, view) {
      if (!['Escape', 'Tab', 'Shift'].includes(event.key)) view.setTabFocusMode(false)
      return false
    },
    focus(_, view) {
      view.setTabFocusMode(false)
      return false
    },
  }),
]

/** The text of a record: a line a field. What it says is in field-line.ts, what its keys do in edit-commands.ts. */
export function MarcEditor(props: {
  readonly label: string
  readonly description: string
  /** What it begins with; later texts come by `replace`. */
  readonly text: string
  readonly isReadOnly: boolean
  readonly held: readonly string[]
  readonly findings: readonly ToldFinding[]
  readonly onChange: (text: string) => void
  readonly onPlace: (place: CaretPlace) => void
  /** The line was left as it is, since it is not the person's to change. */
  readonly onHeld: (line: string) => void
  readonly ref?: Ref<MarcEditorHandle>
}) {
  const { label, description, isReadOnly, held, findings, ref } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  const spoken = useRef(new Compartment())
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    if (place.current === null) return undefined
    // In a tree of its own the styles of the editor are style sheets, which the content security policy lets in.
    const root = place.current.shadowRoot ?? place.current.attachShadow({ mode: 'open' })
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          history(),
          drawSelection(),
          highlightSpecialChars(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          autocompletion({ override: [marcCompletions], icons: false }),
          look,
          fitted,
          typeOver,
          typing,
          holdLines,
          lineDecorations,
          findingLines,
          EditorView.clipboardInputFilter.of(linesOfPasted),
          EditorView.lineWrapping,
          Prec.high(
            keymap.of([
              { key: 'Tab', run: (at) => acceptCompletion(at) || nextPart(at) },
              { key: 'Shift-Tab', run: previousPart },
            ]),
          ),
          keymap.of([
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter' && key !== 'Escape'),
            ...searchKeymap,
            ...historyKeymap,
          ]),
          wayOut,
          spoken.current.of([]),
          EditorView.updateListener.of((update) => {
            const { onChange, onPlace, onHeld } = latest.current
            if (update.docChanged) onChange(update.state.doc.toString())
            if (update.docChanged || update.selectionSet) onPlace(placeOf(update.state))
            for (const { effects } of update.transactions)
              for (const effect of effects) if (effect.is(heldLineTouched)) onHeld(effect.value)
          }),
        ],
      }),
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [])

  useEffect(() => {
    view.current?.dispatch({
      effects: spoken.current.reconfigure([
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-description': description,
          tabindex: '0',
        }),
        EditorState.readOnly.of(isReadOnly),
      ]),
    })
  }, [label, description, isReadOnly])
  useEffect(() => view.current?.dispatch({ effects: setHeldLines.of(held) }), [held])
  useEffect(() => view.current?.dispatch({ effects: setFindings.of(findings) }), [findings])

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    text: () => view.current?.state.doc.toString() ?? latest.current.text,
    replace(text, mayUndo) {
      const { current } = view
      if (current === null) return
      const change = smallestChange(current.state.doc.toString(), text)
      if (change === null) return
      current.dispatch({
        changes: change,
        annotations: [ownChange.of(true), Transaction.addToHistory.of(mayUndo)],
      })
    },
    goTo(line, at) {
      const { current } = view
      if (current === null) return
      const row = current.state.doc.line(Math.min(Math.max(line, 1), current.state.doc.lines))
      const anchor = row.from + Math.min(at, row.length)
      current.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'nearest' }),
      })
      current.focus()
    },
    run(command) {
      const { current } = view
      if (current === null || current.state.readOnly) return
      current.focus()
      // Each is taken back by itself; what is written into a new field or subfield goes with it.
      current.dispatch({ annotations: isolateHistory.of('before') })
      editCommands[command](current)
      if (command !== 'newField' && command !== 'newSubfield')
        current.dispatch({ annotations: isolateHistory.of('after') })
    },
  }))

  return <div className="code-editor marc-editor" ref={place} />
}

function placeOf(state: EditorState): CaretPlace {
  const { head } = state.selection.main
  const row = state.doc.lineAt(head)
  return { line: row.number, at: head - row.from }
}

/** What makes one text of another, between what both begin and end with: the caret stays where it is. */
function smallestChange(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | null {
  if (before === after) return null
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before[from] === after[from]) from++
  let same = 0
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) }
}
