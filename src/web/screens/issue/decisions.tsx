import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Resolution, Resolve, WholeIssue } from '../../../server/api/issue.ts'
import { post } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import type { KeyedCommand } from '../../keys/key-table.ts'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'

const words = text.issue

const resolutions = [
  'merge',
  'overlay',
  'combine',
  'create',
  'discard',
] as const satisfies readonly Resolution[]

/** What a person can decide here. */
export type Offered = (typeof resolutions)[number]

const commandOf = {
  merge: 'mergeIssue',
  overlay: 'overlayIssue',
  combine: 'combineIssue',
  create: 'createIssue',
  discard: 'discardIssue',
} as const satisfies Record<Offered, KeyedCommand>

const isInto = (as: Offered): boolean => as === 'merge' || as === 'overlay' || as === 'combine'

/** What can be done with the record; each is asked once more, since it changes the catalogue or closes the issue. */
export function Decisions(props: {
  readonly issue: WholeIssue
  /** The candidate that is chosen. */
  readonly bib: WholeIssue['candidateBibs'][number] | undefined
  readonly onDecided: (as: Offered) => void
}) {
  const { issue, bib, onDecided } = props
  const [asking, setAsking] = useState<Offered | null>(null)
  const decision = useMutation({
    mutationFn: (body: Resolve & { readonly as: Offered }) =>
      post<WholeIssue>(`/api/issues/${issue.id}/resolve`, body),
    onSuccess: (_settled, { as }) => onDecided(as),
  })
  const mayNot = useMayNot('issue.resolve', issue.zone)
  const whyNot = (as: Offered): string | null => {
    if (mayNot !== null) return mayNot
    if (as === 'discard') return null
    if (issue.incoming === null) return words.needsRecord
    if (as === 'create') return null
    if (bib === undefined) return words.needsCandidate
    return as === 'combine' && issue.candidateBibs.length < 2 ? words.needsSeveral : null
  }
  const isProposed = issue.code === 'COMBINE_MANUAL'
  const decide = (as: Offered) => {
    setAsking(null)
    decision.mutate({
      as,
      ...(isInto(as) && bib !== undefined ? { into: bib.mmsId } : {}),
    })
  }
  useCommands(
    resolutions.map((as) => ({
      name: commandOf[as],
      label: text.commands[commandOf[as]],
      whyNot: whyNot(as),
      run: () => setAsking(as),
    })),
  )
  return (
    <>
      <div className="decisions">
        {resolutions.map((as) => (
          <div key={as} className="decision">
            <ActionButton
              command={commandOf[as]}
              label={words.actions[as]}
              whyNot={whyNot(as)}
              onPress={() => setAsking(as)}
              isPrimary={as === (isProposed ? 'combine' : 'merge')}
              isPending={decision.isPending && decision.variables.as === as}
            />
            {whyNot(as) === null && <small className="why-not">{words.meanings[as]}</small>}
          </div>
        ))}
      </div>
      {decision.error !== null && <Fault error={decision.error} />}
      {asking !== null && (
        <ModalDialog title={words.confirm[asking](bib?.mmsId ?? '')} onClose={() => setAsking(null)} isAlert>
          {isInto(asking) && bib !== undefined && (
            <p>
              <strong>
                <bdi>{bib.title}</bdi>
              </strong>
            </p>
          )}
          <p>{words.consequences[asking]}</p>
          {asking === 'combine' && (
            <ul>
              {issue.candidateBibs
                .filter(({ mmsId }) => mmsId !== bib?.mmsId)
                .map(({ mmsId, title }) => (
                  <li key={mmsId}>
                    <bdi>{title === '' ? text.report.untitled : title}</bdi>{' '}
                    <span className="mms-id">{mmsId}</span>
                  </li>
                ))}
            </ul>
          )}
          <div className="dialog-foot">
            <Button className="button" onPress={() => setAsking(null)}>
              {words.keep}
            </Button>
            <Button className="button primary" onPress={() => decide(asking)} autoFocus>
              {words.actions[asking]}
            </Button>
          </div>
        </ModalDialog>
      )}
    </>
  )
}
