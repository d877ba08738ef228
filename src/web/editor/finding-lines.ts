import { type Extension, type Range, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { Text } from '@codemirror/state'
import { readLine } from './field-line.ts'
import type { Finding } from './findings.ts'
import { spanOfFinding } from './line-places.ts'

/** A finding with its words. */
export type ToldFinding = Finding & { readonly message: string; readonly remedy: string }

export const setFindings = StateEffect.define<readonly ToldFinding[]>()

/** More than these are told beside the text alone. */
const mostOnLine = 4

const signs = { error: '✕', warning: '⚠' } as const

class FindingsBelow extends WidgetType {
  readonly findings: readonly ToldFinding[]

  constructor(findings: readonly ToldFinding[]) {
    super()
    this.findings = findings
  }

  override eq(other: FindingsBelow): boolean {
    return (
      other.findings.length === this.findings.length &&
      other.findings.every(({ message, severity }, at) => {
        const own = this.findings[at]
        return own?.message === message && own.severity === severity
      })
    )
  }

  override toDOM(): HTMLElement {
    const below = document.createElement('div')
    below.className = 'cm-marc-findings'
    for (const { severity, message, remedy } of this.findings) {
      const row = document.createElement('div')
      row.className = 'cm-marc-finding'
      row.dataset['severity'] = severity
      const sign = document.createElement('span')
      sign.setAttribute('aria-hidden', 'true')
      sign.textContent = `${signs[severity]} `
      const words = document.createElement('span')
      words.textContent = `${message} ${remedy}`
      row.append(sign, words)
      below.append(row)
    }
    return below
  }
}

function drawn(findings: readonly ToldFinding[], doc: Text): DecorationSet {
  const byLine = new Map<number, ToldFinding[]>()
  for (const finding of findings) {
    if (finding.line === null || finding.line > doc.lines) continue
    const on = byLine.get(finding.line)
    if (on) on.push(finding)
    else byLine.set(finding.line, [finding])
  }
  const ranges: Range<Decoration>[] = []
  for (const [number, on] of byLine) {
    const row = doc.line(number)
    const line = readLine(row.text)
    for (const { field, value, severity } of on) {
      const span = spanOfFinding(line, row.text, field, value)
      if (span === null || span.to > row.length || span.to <= span.from) continue
      ranges.push(
        Decoration.mark({ class: `cm-lintRange-${severity}` }).range(
          row.from + span.from,
          row.from + span.to,
        ),
      )
    }
    const widget = new FindingsBelow(on.slice(0, mostOnLine))
    ranges.push(Decoration.widget({ widget, block: true, side: 1 }).range(row.to))
  }
  return Decoration.set(ranges, true)
}

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(setFindings)) return drawn(effect.value, transaction.newDoc)
    return decorations.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const look = EditorView.theme({
  '.cm-marc-findings': {
    paddingInlineStart: 'calc(7ch + 8px)',
    paddingBlock: '2px 3px',
    fontFamily: 'var(--text-font)',
    fontSize: '0.8125rem',
    lineHeight: '1.35',
  },
  '.cm-marc-finding[data-severity="error"]': { color: 'var(--bad)' },
  '.cm-marc-finding[data-severity="warning"]': { color: 'var(--warn)' },
})

/** Tells what is found under the line that it belongs to, with the part of it that is meant underlined. */
export const findingLines: Extension = [shown, look]
