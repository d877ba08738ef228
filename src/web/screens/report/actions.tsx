import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Job, JobReport } from '../../../server/api/job.ts'
import { post } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { consequencesOf } from './consequences.ts'
import { isDry } from './is-dry.ts'
import { ReplayDialog } from './replay-dialog.tsx'

type Action = 'commit' | 'cancel' | 'resume' | 'undo'

/** What is asked about first. */
type Asked = Exclude<Action, 'resume'> | 'replay'

/** What can be done with a job; what cannot be done now says why. Nothing that changes records goes unasked. */
export function Actions({ report }: { readonly report: JobReport }) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asked | null>(null)
  const action = useMutation({
    mutationFn: (what: Action) => post<Job>(`/api/jobs/${report.job}/${what}`),
    onSuccess: ({ job }) => {
      if (job !== report.job) void navigate({ to: '/jobs/$job', params: { job } })
    },
    onSettled: (_answer, _error, _what, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['job', report.job] }),
  })
  const mayNotRun = useMayNot('import.run', report.zone)
  const mayNotUndo = useMayNot('import.undo', report.zone)
  const whyNot = {
    commit: reasonAgainst(report.canCommit) ?? mayNotRun,
    cancel: reasonAgainst(report.canCancel) ?? mayNotRun,
    resume: reasonAgainst(report.canResume) ?? mayNotRun,
    undo: reasonAgainst(report.canUndo) ?? mayNotUndo,
    replay: reasonAgainst(report.canReplay) ?? mayNotRun,
  }
  const isReplayable =
    isOver(report) &&
    report.profile !== null &&
    report.link === null &&
    report.kind !== 'replay' &&
    report.kind !== 'undo'
  const isPreview = report.kind === 'preview'
  const confirm = (what: Action) => {
    setAsking(null)
    action.mutate(what)
  }
  useCommands([
    ...(isPreview
      ? [
          {
            name: 'commit',
            label: text.commands.commit,
            whyNot: whyNot.commit,
            run: () => setAsking('commit'),
          },
        ]
      : [
          {
            name: 'undoJob',
            label: text.commands.undoJob,
            whyNot: whyNot.undo,
            run: () => setAsking('undo'),
          },
        ]),
    ...(isReplayable
      ? [
          {
            name: 'replayJob',
            label: text.commands.replayJob,
            whyNot: whyNot.replay,
            run: () => setAsking('replay'),
          },
        ]
      : []),
    {
      name: 'cancelJob',
      label: text.commands.cancelJob,
      whyNot: whyNot.cancel,
      run: () => setAsking('cancel'),
    },
    {
      name: 'resumeJob',
      label: text.commands.resumeJob,
      whyNot: whyNot.resume,
      run: () => action.mutate('resume'),
    },
  ])

  return (
    <>
      <div className="actions">
        {isPreview && (
          <ActionButton
            command="commit"
            label={text.report.commit}
            whyNot={whyNot.commit}
            onPress={() => setAsking('commit')}
            isPrimary
            isPending={action.isPending}
          />
        )}
        {!isOver(report) && (
          <ActionButton
            command="cancelJob"
            label={text.report.cancel}
            whyNot={whyNot.cancel}
            onPress={() => setAsking('cancel')}
          />
        )}
        {whyNot.resume === null && (
          <ActionButton
            command="resumeJob"
            label={text.report.resume}
            whyNot={null}
            onPress={() => action.mutate('resume')}
          />
        )}
        {!isDry(report.kind) && report.kind !== 'undo' && isOver(report) && report.done > 0 && (
          <ActionButton
            command="undoJob"
            label={text.report.undo}
            whyNot={whyNot.undo}
            onPress={() => setAsking('undo')}
          />
        )}
        {isReplayable && (
          <ActionButton
            command="replayJob"
            label={text.replay.ask}
            whyNot={whyNot.replay}
            onPress={() => setAsking('replay')}
          />
        )}
      </div>
      {asking === 'replay' && report.profile !== null && (
        <ReplayDialog report={report} profile={report.profile} onClose={() => setAsking(null)} />
      )}
      {action.error !== null && <Fault error={action.error} />}
      {asking === 'commit' && (
        <Confirm
          words={text.commit}
          report={report}
          onConfirm={() => confirm('commit')}
          onClose={() => setAsking(null)}
        >
          <p>
            {report.link === null
              ? text.commit.lead(report.bibZone)
              : text.linkJob.commit.lead(report.zone, report.bibZone)}
          </p>
          <Consequences lines={consequencesOf(report).commit} />
          <p className="hint">{text.commit.careful}</p>
        </Confirm>
      )}
      {asking === 'undo' && (
        <Confirm
          words={text.undo}
          report={report}
          onConfirm={() => confirm('undo')}
          onClose={() => setAsking(null)}
        >
          <p>{text.undo.lead}</p>
          <Consequences lines={consequencesOf(report).undo} />
          <p className="hint">{text.undo.careful}</p>
        </Confirm>
      )}
      {asking === 'cancel' && (
        <Confirm
          words={text.cancel}
          report={report}
          onConfirm={() => confirm('cancel')}
          onClose={() => setAsking(null)}
        >
          <p>{text.cancel.lead}</p>
        </Confirm>
      )}
    </>
  )
}

const isOver = ({ finishedAt }: JobReport): boolean => finishedAt !== null

const reasonAgainst = ({ allowed, why }: JobReport['canUndo']): string | null =>
  allowed ? null : (why ?? '')

function Consequences({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function Confirm(props: {
  readonly words: { readonly title: (job: number) => string; readonly confirm: string; readonly keep: string }
  readonly report: JobReport
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  return (
    <ModalDialog title={props.words.title(props.report.job)} onClose={props.onClose} isAlert>
      {props.children}
      <div className="dialog-foot">
        <Button className="button" onPress={props.onClose}>
          {props.words.keep}
        </Button>
        <Button className="button primary" onPress={props.onConfirm} autoFocus>
          {props.words.confirm}
        </Button>
      </div>
    </ModalDialog>
  )
}
