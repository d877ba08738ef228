import type { ReactNode } from 'react'
import type { Outcome } from '../../rules/outcome.ts'

export const patternOf = (outcome: Outcome): string => `pattern-${outcome}`

/** Lines and dots over the colours, so that outcomes can be told apart without colour. */
const drawings: Readonly<Record<Outcome, ReactNode>> = {
  created: null,
  merged: <path d="M0 8 8 0M-2 2 2-2M6 10l4-4" />,
  overlaid: <path d="M0 0 8 8M-2 6l4 4M6-2l4 4" />,
  unchanged: <path d="M0 4h8" />,
  deleted: <path d="M4 0v8" />,
  not_imported: <circle cx="4" cy="4" r="1.2" />,
  filtered: <circle cx="4" cy="4" r="2.4" fill="none" />,
  unresolved: <path d="M0 8 8 0M0 0l8 8" />,
  rejected: <path d="M0 4h8M4 0v8" />,
}

/** The patterns that segments name, once a page. */
export function OutcomePatterns() {
  return (
    <svg className="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        {Object.entries(drawings).map(([outcome, drawing]) => (
          <pattern
            key={outcome}
            id={patternOf(outcome as Outcome)}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
          >
            <g className="pattern-lines">{drawing}</g>
          </pattern>
        ))}
      </defs>
    </svg>
  )
}

/** The sign of an outcome beside its name, as it looks in the chart. */
export function OutcomeSwatch({ outcome }: { readonly outcome: Outcome }) {
  return (
    <svg className="outcome-swatch" width="14" height="14" data-outcome={outcome} aria-hidden="true">
      <rect className="chart-colour" width="14" height="14" rx="2" />
      <rect fill={`url(#${patternOf(outcome)})`} width="14" height="14" rx="2" />
    </svg>
  )
}
