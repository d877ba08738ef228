import { type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { FoundBib } from '../../../server/api/search.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import type { Selection } from './use-selection.ts'

const words = text.sets.select

/** How many rows are selected, and what can be done with them. */
export function SelectionBar(props: {
  readonly rows: readonly FoundBib[]
  readonly active: FoundBib | undefined
  readonly selection: Selection
  readonly children: ReactNode
}) {
  const { rows, active, selection, children } = props
  const none = rows.length === 0 ? text.sets.add.noRow : null
  useCommands([
    {
      name: 'selectRow',
      label: text.commands.selectRow,
      whyNot: none,
      run: () => active && selection.toggle(active),
    },
    {
      name: 'selectPage',
      label: text.commands.selectPage,
      whyNot: none,
      run: () => selection.togglePage(rows),
    },
  ])
  if (rows.length === 0) return null
  const { size } = selection.ids
  return (
    <div className="selection-bar">
      <Button className="button quiet small" onPress={() => selection.togglePage(rows)}>
        {words.page} <Keys keys={keyTable.selectPage.keys[0]} />
      </Button>
      <span role="status">{size > 0 && words.count(size)}</span>
      {size > 0 && (
        <Button className="button quiet small" onPress={selection.clear}>
          {words.clear}
        </Button>
      )}
      {children}
    </div>
  )
}
