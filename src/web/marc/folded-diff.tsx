import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { FieldDiff } from '../../server/api/marc.ts'
import { keyTable } from '../keys/key-table.ts'
import { useCommands } from '../keys/commands.tsx'
import { text } from '../text.ts'
import { Keys } from '../ui/keys.tsx'
import { type DiffSays, MarcDiff } from './marc-diff.tsx'

/** A comparison that shows what differs, and all of it on demand. */
export function FoldedDiff(props: {
  readonly diff: readonly FieldDiff[]
  readonly label: string
  readonly beforeName: string
  readonly afterName: string
  readonly says?: DiffSays
}) {
  const { says = 'change' } = props
  const [showSame, setShowSame] = useState(false)
  const count = (change: FieldDiff['change']) => props.diff.filter((row) => row.change === change).length
  const same = count('same')
  const toggle = () => setShowSame((shown) => !shown)
  useCommands([{ name: 'allFields', label: text.commands.allFields, run: toggle }])
  const hasChanges = same < props.diff.length
  return (
    <>
      <div className="diff-head">
        <p>
          {hasChanges
            ? text.diff.summary[says](count('added'), count('removed'), count('changed'), same)
            : text.record.noChange}
        </p>
        {same > 0 && (
          <Button className="button quiet" onPress={toggle} aria-expanded={showSame}>
            {showSame ? text.diff.hideSame : text.diff.showSame(same)}
            <Keys keys={keyTable.allFields.keys[0]} />
          </Button>
        )}
      </div>
      {(hasChanges || showSame) && <MarcDiff {...props} says={says} showSame={showSame} />}
    </>
  )
}
