import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useQuery } from '@tanstack/react-query'
import type { MarcRecord } from '../../../marc/record.ts'
import type { Bib } from '../../../server/api/bib.ts'
import { bibQuery } from '../../api/queries.ts'
import type { Refusal } from '../../api/request.ts'
import { formatTime } from '../../format.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { contentDiff } from './saved-bib.ts'

const words = text.editor

/** A notice with what can be done about it. */
export function Told({ children, actions }: { readonly children: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className="notice settled editor-told" role="status">
      <div>{children}</div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  )
}

/** Somebody else has saved the bib since it was read: both versions, and which to go on from. */
export function ConflictTold(props: {
  readonly theirs: Bib
  readonly mine: MarcRecord
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}) {
  const { theirs, mine } = props
  return (
    <section className="panel conflict" role="alert">
      <p>
        <strong>
          {words.conflict(theirs.version, theirs.changedBy ?? '', formatTime(theirs.changedAt))}
        </strong>
      </p>
      <p>{words.keepMineTeach}</p>
      <FoldedDiff
        diff={contentDiff(theirs.record, mine)}
        label={words.conflictDiff}
        beforeName={words.theirs(theirs.version)}
        afterName={words.mine}
      />
      <div className="form-foot">
        <Button className="button primary" onPress={props.onKeepMine}>
          {words.keepMine}
        </Button>
        <Button className="button" onPress={props.onTakeTheirs}>
          {words.takeTheirs}
        </Button>
      </div>
    </section>
  )
}

/** Bibs that match a new one: it is made all the same, or one of them is gone on with. */
export function MatchesTold(props: {
  readonly zone: string
  readonly matches: Refusal['matches']
  readonly isPending: boolean
  readonly onSure: () => void
}) {
  const { zone, matches, isPending, onSure } = props
  return (
    <section className="panel" role="alert">
      <p>
        <strong>{words.matches(matches.length)}</strong>
      </p>
      <ul className="editor-matches">
        {matches.map(({ mmsId, title, by }) => (
          <li key={mmsId}>
            <Link to="/zones/$zone/bibs/$mmsId" params={{ zone, mmsId }}>
              <bdi>{title === '' ? mmsId : title}</bdi>
            </Link>{' '}
            <span className="mms-id">{mmsId}</span> <small>{words.matchBy(by.join(', '))}</small>
          </li>
        ))}
      </ul>
      <div className="form-foot">
        <Button className="button" isPending={isPending} onPress={onSure}>
          {words.saveAnyway}
        </Button>
      </div>
    </section>
  )
}

/** Somebody else has the bib open. */
export function LockTold(props: {
  readonly zone: string
  readonly mmsId: string
  readonly error: Error
  readonly mayRelease: boolean
  readonly onAgain: () => void
  readonly onRelease: () => void
}) {
  const { zone, mmsId, error } = props
  const { data } = useQuery({ ...bibQuery(zone, mmsId), staleTime: 0 })
  const lock = data?.lock ?? null
  return (
    <div className="stack">
      {lock === null || lock.yours ? (
        <Fault error={error} />
      ) : (
        <p className="fault" role="alert">
          <strong>
            <bdi>{text.bib.locked(lock.holder, formatTime(lock.since), formatTime(lock.until))}</bdi>
          </strong>
        </p>
      )}
      <p className="actions">
        {words.lockRefused}{' '}
        <Button className="button" onPress={props.onAgain}>
          {words.lockAgain}
        </Button>
        {props.mayRelease && (
          <Button className="button" onPress={props.onRelease}>
            {words.lockRelease}
          </Button>
        )}
      </p>
    </div>
  )
}
