import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { text } from '../text.ts'

const words = text.importProfile

/** Rows in an order that matters: each moves by its buttons, and by Alt and an arrow from anywhere within it. */
export function SortableList<Row>(props: {
  readonly label: string
  readonly rows: readonly Row[]
  readonly onChange: (rows: readonly Row[]) => void
  readonly nameOf: (row: Row, at: number) => string
  readonly render: (row: Row, change: (row: Row) => void, at: number) => ReactNode
}) {
  const { label, rows, onChange, nameOf, render } = props
  const list = useRef<HTMLOListElement>(null)
  const focusAt = useRef<number | null>(null)
  useEffect(() => {
    if (focusAt.current === null) return
    list.current?.children[focusAt.current]
      ?.querySelector<HTMLElement>('.row-tools button:not([disabled])')
      ?.focus()
    focusAt.current = null
  })
  const move = (from: number, to: number) => {
    const row = rows[from]
    if (row === undefined || to < 0 || to >= rows.length) return
    focusAt.current = to
    onChange(rows.toSpliced(from, 1).toSpliced(to, 0, row))
  }
  // The list listens, and no row: a row is nothing that one acts on.
  useEffect(() => {
    const { current } = list
    if (current === null) return undefined
    const heard = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      const { target } = event
      const at = [...current.children].findIndex((row) => target instanceof Node && row.contains(target))
      if (at === -1) return
      event.preventDefault()
      event.stopPropagation()
      move(at, event.key === 'ArrowUp' ? at - 1 : at + 1)
    }
    current.addEventListener('keydown', heard, true)
    return () => current.removeEventListener('keydown', heard, true)
  })
  if (rows.length === 0) return <p className="none">{words.noRows}</p>
  return (
    <ol className="sortable" aria-label={label} ref={list}>
      {rows.map((row, at) => (
        // The place is what tells two equal rows apart.
        <li key={`${at} ${nameOf(row, at)}`}>
          <div className="sortable-row">{render(row, (next) => onChange(rows.with(at, next)), at)}</div>
          <div className="row-tools">
            <Button
              className="button small"
              aria-label={words.moveUp(nameOf(row, at))}
              isDisabled={at === 0}
              onPress={() => move(at, at - 1)}
            >
              ↑
            </Button>
            <Button
              className="button small"
              aria-label={words.moveDown(nameOf(row, at))}
              isDisabled={at === rows.length - 1}
              onPress={() => move(at, at + 1)}
            >
              ↓
            </Button>
            <Button
              className="button small"
              aria-label={words.remove(nameOf(row, at))}
              onPress={() => {
                focusAt.current = Math.max(0, at - 1)
                onChange(rows.toSpliced(at, 1))
              }}
            >
              ✕
            </Button>
          </div>
        </li>
      ))}
    </ol>
  )
}
