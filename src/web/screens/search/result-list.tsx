import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { FoundBib } from '../../../server/api/search.ts'
import { chordOf, isCharacterKey } from '../../keys/chord.ts'
import { useRegistry } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { rowAfterKey } from '../../ui/grid-keys.ts'
import { ResultRow } from './result-row.tsx'
import type { Selection } from './use-selection.ts'

/** What tells two results apart: a bib may stand there once for each of its items. */
const resultKey = ({ mmsId, item, portfolio }: FoundBib): string =>
  [mmsId, item?.itemId, portfolio?.portfolioId].filter((part) => part !== undefined).join(' ')

/** About so many rows are a screenful. */
const screenful = 8

/**
 * A page of results. One row takes part in the order of Tab; arrows and j, k move on, Enter opens, the space bar
 * selects. From nowhere on the
 * page, as behind a search, j and k come to it.
 */
export function ResultList(props: {
  readonly zone: string
  readonly rows: readonly FoundBib[]
  readonly active: number
  readonly selection: Selection
  readonly onActive: (place: number) => void
  readonly onOpen: (row: FoundBib) => void
}) {
  const { zone, rows, active, selection, onActive, onOpen } = props
  const { characterKeys } = useRegistry()
  const list = useRef<HTMLDivElement>(null)
  const focusWanted = useRef(false)
  useEffect(() => {
    if (!focusWanted.current) return
    focusWanted.current = false
    list.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus()
  }, [active])
  useEffect(() => {
    if (!characterKeys) return
    function comeIn(event: globalThis.KeyboardEvent): void {
      const chord = chordOf(event)
      if ((chord !== 'j' && chord !== 'k') || event.defaultPrevented) return
      // A screen that was just opened has the focus as a whole.
      if (!(document.activeElement?.matches('body, main') ?? true)) return
      event.preventDefault()
      list.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus()
    }
    document.addEventListener('keydown', comeIn)
    return () => document.removeEventListener('keydown', comeIn)
  }, [characterKeys])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const chord = chordOf(event.nativeEvent)
    if (chord === null || (isCharacterKey(chord) && !characterKeys)) return
    const next = rowAfterKey(chord, active, rows.length, screenful)
    if (next !== null) {
      event.preventDefault()
      focusWanted.current = next !== active
      onActive(next)
      return
    }
    const row = rows[active]
    // Enter on a link within the row is the link's.
    const isOnRow = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'row'
    if (!isOnRow || row === undefined) return
    if (chord === 'Enter') {
      event.preventDefault()
      onOpen(row)
    } else if (chord === ' ') {
      event.preventDefault()
      selection.toggle(row)
    }
  }

  return (
    <div
      className="results"
      role="grid"
      tabIndex={-1}
      aria-multiselectable
      aria-label={text.search.results}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, place) => (
        <ResultRow
          key={resultKey(row)}
          zone={zone}
          row={row}
          isActive={place === active}
          isSelected={selection.has(row)}
          onSelect={() => selection.toggle(row)}
          onFocus={() => onActive(place)}
          onOpen={() => onOpen(row)}
        />
      ))}
    </div>
  )
}
