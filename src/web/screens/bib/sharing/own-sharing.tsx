import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Bib, BibVersion } from '../../../../server/api/bib.ts'
import { jobQuery } from '../../../api/queries.ts'
import { useCommands } from '../../../keys/commands.tsx'
import { useMayNot } from '../../../people/me.tsx'
import { useZone } from '../../../shell/zone.tsx'
import { text } from '../../../text.ts'
import { ActionButton } from '../../../ui/action-button.tsx'
import { Fault } from '../../../ui/fault.tsx'
import { ModalDialog } from '../../../ui/modal.tsx'
import { useUndoShare, useUnlink } from './use-unlink.ts'

const words = text.sharing

/** An institution's own bib is shared with its network; a linked one is unlinked, or its share is taken back. */
export function OwnSharing(props: {
  readonly bib: Bib
  readonly network: string | null
  readonly versions: readonly BibVersion[]
}) {
  const { bib, network, versions } = props
  const { zone, mmsId, linkedMmsId } = bib
  const navigate = useNavigate()
  const { zones } = useZone()
  const source = zones.find(({ suffix }) => linkedMmsId?.endsWith(suffix) === true)
  const [asking, setAsking] = useState<'unlink' | 'undo' | null>(null)
  const unlinking = useUnlink(zone, mmsId)
  const undoing = useUndoShare(zone, mmsId)
  const link = linkedMmsId === null ? undefined : versions.find(({ action }) => action === 'linked')
  const { data: linkJob } = useQuery({ ...jobQuery(link?.job ?? 0), enabled: link?.job != null })
  const isShared = linkJob?.link != null && linkJob.link.as !== null

  const mayNotShare = useMayNot('bib.contribute', zone)
  const mayNotInNetwork = useMayNot('bib.contribute', network)
  const mayNotUnlink = useMayNot('bib.share', zone)
  const whyNotShare =
    linkedMmsId !== null ? words.share.linked : network === null ? words.share.noNetwork : mayNotShare
  const whyNotUnlink = linkedMmsId === null ? words.unlink.notLinked : mayNotUnlink
  const whyNotUndo = isShared ? (mayNotShare ?? mayNotInNetwork) : words.undo.notShared
  const share = () => void navigate({ to: '/zones/$zone/bibs/$mmsId/share', params: { zone, mmsId } })
  useCommands([
    { name: 'shareBib', label: text.commands.shareBib, whyNot: whyNotShare, run: share },
    {
      name: 'unlinkBib',
      label: text.commands.unlinkBib,
      whyNot: whyNotUnlink,
      run: () => setAsking('unlink'),
    },
    { name: 'undoShare', label: text.commands.undoShare, whyNot: whyNotUndo, run: () => setAsking('undo') },
  ])
  if (linkedMmsId === null && network === null) return null
  return (
    <>
      <div className="actions sharing-actions">
        {linkedMmsId === null ? (
          <ActionButton command="shareBib" label={words.share.action} whyNot={whyNotShare} onPress={share} />
        ) : (
          <ActionButton
            command="unlinkBib"
            label={words.unlink.action}
            whyNot={whyNotUnlink}
            isPending={unlinking.isPending}
            onPress={() => setAsking('unlink')}
          />
        )}
        {isShared && (
          <ActionButton
            command="undoShare"
            label={words.undo.action}
            whyNot={whyNotUndo}
            isPending={undoing.isPending}
            onPress={() => setAsking('undo')}
          />
        )}
        {linkJob?.link != null && !isShared && (
          <Link to="/jobs/$job" params={{ job: linkJob.job }}>
            {words.undo.together(linkJob.job)}
          </Link>
        )}
      </div>
      {unlinking.error !== null && <Fault error={unlinking.error} />}
      {undoing.error !== null && <Fault error={undoing.error} />}
      {undoing.data !== undefined && (
        <div className="notice settled" role="status">
          <p>
            {words.undo.results[undoing.data.result]}{' '}
            <Link to="/jobs/$job" params={{ job: undoing.data.job }}>
              {words.undo.job(undoing.data.job)}
            </Link>
          </p>
          {undoing.data.conflicts.length > 0 && (
            <ul>
              {undoing.data.conflicts.map((conflict) => (
                <li key={conflict}>
                  <bdi>{conflict}</bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {asking === 'unlink' && linkedMmsId !== null && (
        <ModalDialog
          title={words.unlink.title(linkedMmsId, source?.code ?? '')}
          onClose={() => setAsking(null)}
          isAlert
        >
          <ul>
            {words.unlink.consequences(source?.code ?? '').map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {source?.kind === 'network' && <p className="hint">{words.unlink.careful}</p>}
          <Answer
            keep={words.unlink.keep}
            confirm={words.unlink.confirm}
            onKeep={() => setAsking(null)}
            onConfirm={() => {
              setAsking(null)
              undoing.reset()
              unlinking.mutate()
            }}
          />
        </ModalDialog>
      )}
      {asking === 'undo' && (
        <ModalDialog title={words.undo.title} onClose={() => setAsking(null)} isAlert>
          <p>{words.undo.lead}</p>
          <Answer
            keep={words.undo.keep}
            confirm={words.undo.confirm}
            onKeep={() => setAsking(null)}
            onConfirm={() => {
              setAsking(null)
              unlinking.reset()
              undoing.mutate()
            }}
          />
        </ModalDialog>
      )}
    </>
  )
}

function Answer(props: {
  readonly keep: string
  readonly confirm: string
  readonly onKeep: () => void
  readonly onConfirm: () => void
}) {
  return (
    <div className="dialog-foot">
      <Button className="button" onPress={props.onKeep}>
        {props.keep}
      </Button>
      <Button className="button primary" onPress={props.onConfirm} autoFocus>
        {props.confirm}
      </Button>
    </div>
  )
}
