import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { FoundBib } from '../../../server/api/search.ts'
import { chordOf, isCharacterKey } from '../../keys/chord.ts'
import { useCommands, useRegistry } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { rowAfterKey } from '../../ui/grid-keys.ts'
import { HeldByDialog } from './held-by-dialog.tsx'
import { ResultRow } from './result-row.tsx'
import { RowMenu } from './row-menu.tsx'
import type { Selection } from './use-selection.ts'

/** What tells two results apart: a bib may stand there once for each of its items. */
const resultKey = ({ mmsId, item, portfolio }: FoundBib): string =>
  [mmsId, item?.itemId, portfolio?.portfolioId].filter((part) => part !== undefined).join(' ')

/** About so many rows are a screenful. */
const screenful = 8

/**
 * A page of results. One row takes part in the order of Tab; arrows and j, k move on, Enter opens, the space bar
 * selects, m opens what else can be done. From nowhere on the page, as behind a search, j and k come to it.
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
  const [isMenuOpen, setIsMenuOpen] = useState(false)
  const [isHeldByAsked, setIsHeldByAsked] = useState(false)
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

  const activeRow = rows[active]
  const whyNot = activeRow === undefined ? text.sets.add.noRow : null
  useCommands([
    { name: 'rowMenu', label: text.commands.rowMenu, whyNot, run: () => setIsMenuOpen(true) },
    { name: 'heldBy', label: text.commands.heldBy, whyNot, run: () => setIsHeldByAsked(true) },
  ])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    // Keys of a menu or a dialog of a row are its own.
    if (!(event.target instanceof Node && list.current?.contains(event.target))) return
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
          menu={
            <RowMenu
              zone={zone}
              row={row}
              isActive={place === active}
              isOpen={place === active && isMenuOpen}
              onOpenChange={(isOpen) => {
                onActive(place)
                setIsMenuOpen(isOpen)
              }}
              onHeldBy={() => setIsHeldByAsked(true)}
            />
          }
        />
      ))}
      {isHeldByAsked && activeRow !== undefined && (
        <HeldByDialog zone={zone} row={activeRow} onClose={() => setIsHeldByAsked(false)} />
      )}
    </div>
  )
}
