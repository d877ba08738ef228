import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Transaction } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { look, typeOver } from './code-look.ts'

/** A place in the text with something to say about it; line and column from 1. */
export type TextProblem = {
  readonly line: number
  readonly column: number
  readonly severity: 'error' | 'warning'
  readonly message: string
}

export type CodeEditorHandle = {
  focusAt(line: number, column: number): void
  /** Where the caret is; line and column from 1. */
  place(): { readonly line: number; readonly column: number }
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.operatorKeyword, color: 'var(--accent)' },
  { tag: tags.function(tags.variableName), color: 'var(--zone-community)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--added)' },
  { tag: tags.number, color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--text-quiet)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

/**
 * An editor of text: line numbers, problems where they are, undo, search. Tab moves on, as everywhere:
 * text is indented with Ctrl+] and Ctrl+[.
 */
export function CodeEditor(props: {
  readonly label: string
  readonly value: string
  readonly onChange?: (value: string) => void
  readonly language?: Extension
  readonly problems?: readonly TextProblem[]
  readonly minLines?: number
  readonly ref?: Ref<CodeEditorHandle>
}) {
  const { label, value, onChange, language, problems, minLines = 12, ref } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const changed = useRef(onChange)
  const spoken = useRef(new Compartment())
  const isFixed = onChange === undefined
  useEffect(() => {
    changed.current = onChange
  })

  useEffect(() => {
    if (place.current === null) return undefined
    // The editor makes its styles as it goes. In a tree of its own they are style sheets of the document's,
    // which the content security policy lets in, and not inline styles, which it does not.
    const root = place.current.shadowRoot ?? place.current.attachShadow({ mode: 'open' })
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: '',
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          look,
          typeOver,
          syntaxHighlighting(colours),
          EditorView.lineWrapping,
          ...(language === undefined ? [] : [language]),
          EditorState.readOnly.of(isFixed),
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...searchKeymap,
            ...historyKeymap,
          ]),
          spoken.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && update.transactions.some((one) => one.annotation(Transaction.userEvent)))
              changed.current?.(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [language, isFixed])

  useEffect(() => {
    view.current?.dispatch({
      effects: spoken.current.reconfigure(
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      ),
    })
  }, [label, language, isFixed])

  useEffect(() => {
    const { current } = view
    if (current === null || current.state.doc.toString() === value) return
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } })
  }, [value, language, isFixed])

  useEffect(() => {
    const { current } = view
    if (current === null) return
    current.dispatch(
      setDiagnostics(
        current.state,
        (problems ?? []).map((one) => diagnosticOf(current, one)),
      ),
    )
  }, [problems, value, language, isFixed])

  useImperativeHandle(ref, () => ({
    focusAt(line, column) {
      const { current } = view
      if (current === null) return
      const at = offsetOf(current, line, column)
      current.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
      current.focus()
    },
    place() {
      const state = view.current?.state
      if (state === undefined) return { line: 1, column: 1 }
      const { head } = state.selection.main
      const line = state.doc.lineAt(head)
      return { line: line.number, column: head - line.from + 1 }
    },
  }))

  return <div className="code-editor" style={{ '--lines': minLines } as React.CSSProperties} ref={place} />
}

function diagnosticOf(view: EditorView, { line, column, severity, message }: TextProblem): Diagnostic {
  const from = offsetOf(view, line, column)
  const end = view.state.doc.lineAt(from).to
  return { from, to: Math.max(from, Math.min(end, endOfWord(view, from))), severity, message }
}

function offsetOf(view: EditorView, line: number, column: number): number {
  const { doc } = view.state
  const row = doc.line(Math.min(Math.max(line, 1), doc.lines))
  return Math.min(row.from + Math.max(column - 1, 0), row.to)
}

function endOfWord(view: EditorView, from: number): number {
  const rest = view.state.doc.sliceString(from, Math.min(from + 200, view.state.doc.length))
  return from + Math.max(1, /^(?:"[^"\n]*"?|[\w.]+|\S)/.exec(rest)?.[0].length ?? 1)
}
