import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import type { Job, JobReport } from '../../../server/api/job.ts'
import type { NewReplay } from '../../../server/api/replay.ts'
import { allRows } from '../../api/all-rows.ts'
import { profileVersionsQuery } from '../../api/profile-queries.ts'
import { post } from '../../api/request.ts'
import { formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'

const words = text.replay
const asItWas = 'same'

/** Asks by which version of its profile a job is run anew; nothing in the catalogue changes by it. */
export function ReplayDialog(props: {
  readonly report: JobReport
  readonly profile: string
  readonly onClose: () => void
}) {
  const { report, profile, onClose } = props
  const navigate = useNavigate()
  const versions = useInfiniteQuery(profileVersionsQuery(report.zone, profile))
  const rows = allRows(versions.data)
  const [chosen, setChosen] = useState<string | null>(null)
  const by = chosen ?? String(rows[0]?.version ?? asItWas)
  const submission = useMutation({
    mutationFn: (body: NewReplay) => post<Job>(`/api/jobs/${report.job}/replay`, body),
    onSuccess: ({ job }) => {
      onClose()
      void navigate({ to: '/jobs/$job', params: { job } })
    },
  })
  return (
    <ModalDialog title={words.title(report.job)} onClose={onClose}>
      <p>{words.lead}</p>
      {versions.error !== null && <Fault error={versions.error} />}
      <RadioGroup className="radios replay-versions" value={by} onChange={setChosen}>
        <Label>{words.version}</Label>
        {rows.map(({ version, changedAt, changedBy, changes }) => (
          <VersionRadio
            key={version}
            value={String(version)}
            name={words.versionOf(version, formatTime(changedAt), changedBy ?? text.report.nobody)}
            meaning={changes.map(({ path }) => path).join(', ')}
          />
        ))}
        <VersionRadio value={asItWas} name={words.asItWas} meaning={words.asItWasMeaning} />
      </RadioGroup>
      {submission.error !== null && <Fault error={submission.error} />}
      <div className="dialog-foot">
        <Button className="button" onPress={onClose}>
          {words.keep}
        </Button>
        <Button
          className="button primary"
          isPending={submission.isPending}
          onPress={() => submission.mutate(by === asItWas ? { same: true } : { version: Number(by) })}
        >
          {words.confirm}
        </Button>
      </div>
    </ModalDialog>
  )
}

function VersionRadio(props: { readonly value: string; readonly name: string; readonly meaning: string }) {
  return (
    <Radio className="radio" value={props.value}>
      <span className="radio-mark" aria-hidden="true" />
      <span>
        <bdi>{props.name}</bdi> <small>{props.meaning}</small>
      </span>
    </Radio>
  )
}
