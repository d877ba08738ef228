import { useNavigate } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { Zone } from '../../../server/api/zone.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { Refusal, remove } from '../../api/request.ts'
import { readText } from '../../editor/field-line.ts'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { DraftTold } from './draft-told.tsx'
import { Impact } from './impact.tsx'
import { ConflictTold, LockTold, MatchesTold, Told } from './told.tsx'
import type { Editing, SharedRecord } from './use-editing.ts'

const words = text.editor

/** What is to be known before one writes, and what came of saving. */
export function Notices(props: {
  readonly zone: Zone
  readonly shared: SharedRecord | null
  readonly editing: Editing
  readonly onSure: () => void
}) {
  const { zone, shared, editing, onSure } = props
  const { saved, lock, told, theirs, error, trouble, whyReadOnly } = editing
  const mayNotRelease = useMayNot('bib.release', zone.code)
  const matches = error instanceof Refusal ? error.matches : []
  return (
    <>
      {saved !== null && zone.kind === 'network' && <Impact zone={zone.code} mmsId={saved.mmsId} />}
      {whyReadOnly !== null && <Told>{whyReadOnly}</Told>}
      {lock.state.is === 'refused' && saved !== null && (
        <LockTold
          zone={zone.code}
          mmsId={saved.mmsId}
          error={lock.state.error}
          mayRelease={mayNotRelease === null}
          onAgain={lock.again}
          onRelease={() => {
            void remove(inZone(zone.code, 'bibs', saved.mmsId, 'lock')).finally(lock.again)
          }}
        />
      )}
      {shared !== null && <SharedTold shared={shared} />}
      {told !== null && (
        <DraftTold {...told} saved={saved} onTake={editing.takeDraft} onDrop={editing.dropDraft} />
      )}
      {trouble !== null && (
        <div className="fault" role="alert">
          <p>{trouble}</p>
        </div>
      )}
      {theirs !== null && (
        <ConflictTold
          theirs={theirs}
          mine={readText(editing.written).record}
          onKeepMine={editing.keepMine}
          onTakeTheirs={editing.takeTheirs}
        />
      )}
      {matches.length > 0 && (
        <MatchesTold zone={zone.code} matches={matches} isPending={editing.isPending} onSure={onSure} />
      )}
      {error !== null && theirs === null && matches.length === 0 && <Fault error={error} />}
    </>
  )
}

function SharedTold({ shared: { zone, mmsId } }: { readonly shared: SharedRecord }) {
  const navigate = useNavigate()
  return (
    <Told
      actions={
        <Button
          className="button small"
          onPress={() => void navigate({ to: '/zones/$zone/bibs/$mmsId/edit', params: { zone, mmsId } })}
        >
          {words.editShared(zone)}
        </Button>
      }
    >
      {words.linked(zone, mmsId)}
    </Told>
  )
}
