import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { chordOf, isCharacterKey } from '../keys/chord.ts'
import { useRegistry } from '../keys/commands.tsx'
import { rowAfterKey } from './grid-keys.ts'
import { useIsNarrow, useRem } from './viewport.ts'

export type Column<Row> = {
  readonly name: string
  readonly heading: string
  /** Of `grid-template-columns`. */
  readonly width: string
  /** `tabIndex` is for what in the cell can be focused: only the active row is in the order of Tab. */
  readonly cell: (row: Row, tabIndex: 0 | -1) => ReactNode
  readonly numeric?: boolean
}

export type GridProps<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** How many there are in all, where that is known. */
  readonly total: number | null
  readonly onOpen: (row: Row) => void
  /** A key that the list itself does not know; true where it was taken. */
  readonly onKey?: (chord: string, row: Row) => boolean
  /** Called when the last rows come into sight. */
  readonly onEnd?: () => void
  /** Heights of a row in rem: on one line, and folded on a narrow screen. */
  readonly rowRem: number
  readonly narrowRowRem: number
  readonly empty: ReactNode
}

/**
 * A long list: only the rows in sight are in the document. One row takes part in the order of Tab; arrows
 * and j, k move on, Enter opens. The active row stays in the document when it is scrolled away, so that
 * the focus is never lost.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, rows, keyOf, total, onOpen, onKey, onEnd, rowRem, narrowRowRem, empty } = props
  const { characterKeys } = useRegistry()
  const scroller = useRef<HTMLDivElement>(null)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const focusWanted = useRef(false)
  const isNarrow = useIsNarrow()
  const rem = useRem()
  const rowHeight = (isNarrow ? narrowRowRem : rowRem) * rem

  const found = activeKey === null ? 0 : rows.findIndex((row) => keyOf(row) === activeKey)
  const active = Math.max(found, 0)

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    overscan: 8,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(startIndex - overscan, 0)
      const last = Math.min(endIndex + overscan, count - 1)
      const inSight = Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
      if (active < first) return [active, ...inSight]
      return active > last && active < count ? [...inSight, active] : inSight
    },
  })

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  useEffect(() => {
    if (!focusWanted.current) return
    focusWanted.current = false
    scroller.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true })
  }, [activeKey])

  const shown = virtualizer.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (onEnd !== undefined && rows.length > 0 && lastShown >= rows.length - 20) onEnd()
  }, [onEnd, lastShown, rows.length])

  if (rows.length === 0) return <div className="empty">{empty}</div>

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const chord = chordOf(event.nativeEvent)
    if (chord === null || (isCharacterKey(chord) && !characterKeys)) return
    const row = rows[active]
    if (row === undefined) return
    const screenful = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = rowAfterKey(chord, active, rows.length, screenful)
    if (next !== null) {
      event.preventDefault()
      focusWanted.current = true
      virtualizer.scrollToIndex(next, { align: 'auto' })
      const nextRow = rows[next]
      if (nextRow !== undefined) setActiveKey(keyOf(nextRow))
      return
    }
    // Enter on a link within the row is the link's.
    const isOnRow = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'row'
    if (chord === 'Enter' && isOnRow) {
      event.preventDefault()
      onOpen(row)
    } else if (onKey?.(chord, row) === true) {
      event.preventDefault()
    }
  }

  const template = columns.map((column) => column.width).join(' ')
  return (
    <div
      className="grid"
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={total === null ? -1 : total + 1}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" aria-rowindex={1} className="grid-row" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <div
              key={column.name}
              role="columnheader"
              className={column.numeric === true ? 'numeric' : undefined}
            >
              {column.heading}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start, size }) => {
          const row = rows[index]
          if (row === undefined) return null
          const key = keyOf(row)
          const isActive = index === active
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              tabIndex={isActive ? 0 : -1}
              className="grid-row"
              style={{ gridTemplateColumns: template, height: size, transform: `translateY(${start}px)` }}
              onFocus={() => setActiveKey(key)}
              onDoubleClick={() => onOpen(row)}
            >
              {columns.map((column) => (
                <div
                  key={column.name}
                  role="gridcell"
                  data-column={column.name}
                  data-heading={column.heading}
                  className={column.numeric === true ? 'numeric' : undefined}
                >
                  {column.cell(row, isActive ? 0 : -1)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
