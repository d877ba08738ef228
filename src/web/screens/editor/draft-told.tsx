import { Button } from 'react-aria-components'
import type { Draft } from '../../editor/draft.ts'
import { readText } from '../../editor/field-line.ts'
import { formatTime } from '../../format.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { text } from '../../text.ts'
import { contentDiff, type SavedBib } from './saved-bib.ts'
import { Told } from './told.tsx'

const words = text.editor

/** A draft that was found when the record was opened: gone on with, or of an older version and to be decided on. */
export function DraftTold(props: {
  readonly draft: Draft
  readonly isTaken: boolean
  readonly saved: SavedBib | null
  readonly onTake: (draft: Draft) => void
  readonly onDrop: () => void
}) {
  const { draft, isTaken, saved, onTake, onDrop } = props
  if (isTaken || saved === null)
    return (
      <Told
        actions={
          <Button className="button small" onPress={onDrop}>
            {saved === null ? words.draftDropNew : words.draftDrop}
          </Button>
        }
      >
        {words.draftRestored(formatTime(draft.at))}
      </Told>
    )
  return (
    <section className="panel">
      <p>
        <strong>{words.draftOlder(formatTime(draft.at), draft.version ?? 0, saved.version)}</strong>
      </p>
      <FoldedDiff
        diff={contentDiff(saved.record, readText(draft.text).record)}
        label={words.draftDiff}
        beforeName={words.before(saved.version)}
        afterName={words.mine}
      />
      <div className="form-foot">
        <Button className="button" onPress={() => onTake(draft)}>
          {words.draftTake}
        </Button>
        <Button className="button" onPress={onDrop}>
          {words.draftDrop}
        </Button>
      </div>
    </section>
  )
}
