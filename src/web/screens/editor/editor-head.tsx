import { formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'
import type { SavedBib } from './saved-bib.ts'
import type { LockState } from './use-lock.ts'

const words = text.editor

/** What is edited, in which zone, who has it, and how it is saved. */
export function EditorHead(props: {
  readonly zone: string
  readonly title: string
  readonly saved: SavedBib | null
  readonly lock: LockState
  readonly whyNotSave: string | null
  readonly isPending: boolean
  readonly onSave: () => void
  readonly onSaveAndRelease: () => void
  readonly onRelease: () => void
}) {
  const { zone, title, saved, lock, whyNotSave, isPending } = props
  return (
    <header className="report-head editor-head">
      <div className="screen-head">
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <div className="head-actions">
          <ActionButton
            command="saveBib"
            label={words.save}
            whyNot={whyNotSave}
            isPending={isPending}
            isPrimary
            onPress={props.onSave}
          />
          <ActionButton
            command="saveAndRelease"
            label={words.saveAndRelease}
            whyNot={whyNotSave}
            onPress={props.onSaveAndRelease}
          />
          <ActionButton command="releaseBib" label={words.release} whyNot={null} onPress={props.onRelease} />
        </div>
      </div>
      <div className="head-line">
        <ZonePill code={zone} />
        {saved === null ? (
          <span>{words.isNew}</span>
        ) : (
          <>
            <span className="mms-id">{saved.mmsId}</span>
            <span>{words.version(saved.version)}</span>
          </>
        )}
        <span>{lockWords(lock)}</span>
      </div>
    </header>
  )
}

function lockWords(lock: LockState): string {
  switch (lock.is) {
    case 'none':
      return ''
    case 'taking':
      return words.lockTaking
    case 'held':
      return words.lockYours(formatTime(lock.until))
    case 'refused':
      return words.readOnly
  }
}
