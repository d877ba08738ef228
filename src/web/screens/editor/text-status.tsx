import { Button } from 'react-aria-components'
import type { CaretPlace } from '../../editor/marc-editor.tsx'
import type { ToldFinding } from '../../editor/finding-lines.ts'
import { formatTime } from '../../format.ts'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import type { Drafts } from './use-draft.ts'

const words = text.editor

/** Under the text: where the caret is, what was found, what has become of what was typed, and the way out. */
export function TextStatus(props: {
  readonly caret: CaretPlace
  readonly lines: number
  readonly findings: readonly ToldFinding[]
  readonly isDirty: boolean
  readonly kept: Drafts['kept']
  readonly isDiffShown: boolean
  readonly onNext: () => void
  /** Nothing where there is no saved record to hold it against. */
  readonly onDiff: (() => void) | null
}) {
  const { caret, lines, findings, isDirty, kept, isDiffShown, onNext, onDiff } = props
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return (
    <div className="text-status">
      <span>{words.lineOf(caret.line, lines)}</span>
      <span data-errors={errors > 0 ? '' : undefined}>{words.found(errors, findings.length - errors)}</span>
      {findings.some(({ line }) => line !== null) && (
        <Button className="button quiet small" onPress={onNext}>
          {text.commands.nextFinding} <Keys keys={keyTable.nextFinding.keys[0]} />
        </Button>
      )}
      <span role="status">{draftWords(isDirty, kept)}</span>
      {onDiff !== null && (
        <Button className="button quiet small" onPress={onDiff} aria-expanded={isDiffShown}>
          {words.changes} <Keys keys={keyTable.showChanges.keys[0]} />
        </Button>
      )}
      <span className="text-keys">
        <Keys keys={keyTable.nextPart.keys[0]} /> {words.hint} · <Keys keys={keyTable.leaveText.keys[0]} />{' '}
        {words.hintLeave} · <Keys keys={keyTable.chooseHere.keys[0]} /> {words.hintChoose}
      </span>
    </div>
  )
}

function draftWords(isDirty: boolean, kept: Drafts['kept']): string {
  if (kept?.isRoom === false) return words.draftNotKept
  if (!isDirty) return words.changedNot
  return kept === null ? words.changed : words.draftKept(formatTime(kept.at))
}
