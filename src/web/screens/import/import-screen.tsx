import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Input, Label, Radio, RadioGroup, TextArea, TextField, Text } from 'react-aria-components'
import type { Job, NewJob } from '../../../server/api/job.ts'
import type { Profile } from '../../../server/api/profile.ts'
import { profilesQuery } from '../../api/queries.ts'
import { post } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Keys } from '../../ui/keys.tsx'
import { useMayNot } from '../../people/me.tsx'
import { useTitle } from '../../ui/title.ts'
import { DemoFiles } from './demo-files.tsx'
import { ProfileChoice, whyNotRunnable } from './profile-choice.tsx'
import { UploadList } from './upload-list.tsx'
import { type Upload, useUploads } from './uploads.ts'

const words = text.import
const route = getRouteApi('/import')
type How = 'preview' | 'straight'

/** Run an import: where to, by which profile, which files; a preview unless the person says otherwise. */
export function ImportScreen() {
  useTitle(words.title)
  const navigate = useNavigate()
  const search = route.useSearch()
  const { zones, zone: here, choose } = useZone()
  // Another screen may name a zone and a profile; whoever chooses another zone here works there from then on.
  const [isMoved, setIsMoved] = useState(false)
  const zone = (isMoved ? undefined : zones.find(({ code }) => code === search.zone)) ?? here
  const profiles = useQuery({ ...profilesQuery(zone?.code ?? ''), enabled: zone !== null })
  const [chosenProfile, setChosenProfile] = useState<string | null>(search.profile ?? null)
  const uploads = useUploads()
  const [label, setLabel] = useState('')
  const [notes, setNotes] = useState('')
  const [how, setHow] = useState<How>('preview')
  // A submission that is sent twice, since the answer was lost, makes one job.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const submission = useMutation({
    mutationFn: (job: NewJob) => post<Job>('/api/jobs', job),
    onSuccess: ({ job }) => void navigate({ to: '/jobs/$job', params: { job } }),
  })

  const profile = profileInUse(profiles.data ?? [], chosenProfile)
  const mayNot = useMayNot('import.run', zone?.code ?? null)
  const whyNot = mayNot ?? missing(zone?.code, profile, uploads.list)
  const submit = () => {
    if (whyNot !== null || zone === null || profile === undefined || submission.isPending) return
    submission.mutate({
      zone: zone.code,
      profile: profile.code,
      files: storedFiles(uploads.list),
      ...(label.trim() === '' ? {} : { label: label.trim() }),
      ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
      dryRun: how === 'preview',
      idempotencyKey,
    })
  }
  const count = uploads.list.length
  const submitLabel =
    how === 'preview'
      ? words.submitPreview(count, zone?.code ?? '')
      : words.submitImport(count, zone?.code ?? '')
  useCommands([{ name: 'submit', label: submitLabel, whyNot, run: submit }])

  return (
    <div className="screen">
      <h1>{words.title}</h1>
      <form
        className="import-form"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <section>
          <h2>{words.where}</h2>
          <Choice
            label={words.zone}
            value={zone?.code ?? null}
            onChange={(code) => {
              setIsMoved(true)
              choose(code)
            }}
            kind={zone?.kind}
            options={zones
              .filter(({ kind }) => kind !== 'community')
              .map((one) => ({
                id: one.code,
                label: `${text.zoneKinds[one.kind]} · ${one.name}`,
                kind: one.kind,
              }))}
          />
          {profiles.error !== null && (
            <Fault error={profiles.error} onAgain={() => void profiles.refetch()} />
          )}
          <ProfileChoice profiles={profiles.data} value={profile?.code ?? null} onChange={setChosenProfile} />
        </section>
        <section>
          <h2>{words.files}</h2>
          <FileDrop words={words} onFiles={uploads.add} />
          <UploadList uploads={uploads} />
          <DemoFiles
            onTake={(file, meant) => {
              setIsMoved(true)
              choose(meant.zone)
              setChosenProfile(meant.profile)
              uploads.add([file])
            }}
          />
        </section>
        <section>
          <h2>{words.words}</h2>
          <TextField className="text-field" value={label} onChange={setLabel} maxLength={200}>
            <Label>{words.label}</Label>
            <Input />
            <Text slot="description">{words.labelHelp}</Text>
          </TextField>
          <TextField className="text-field" value={notes} onChange={setNotes} maxLength={4000}>
            <Label>{words.notes}</Label>
            <TextArea rows={2} />
          </TextField>
        </section>
        <section>
          <h2 id="how">{words.how}</h2>
          <RadioGroup
            className="radios"
            aria-labelledby="how"
            value={how}
            onChange={(value) => setHow(value === 'straight' ? 'straight' : 'preview')}
          >
            <HowRadio value="preview" name={words.preview} meaning={words.previewMeaning} />
            <HowRadio value="straight" name={words.straight} meaning={words.straightMeaning} />
          </RadioGroup>
        </section>
        {submission.error !== null && <Fault error={submission.error} />}
        <div className="form-foot">
          <Button
            className="button primary"
            type="submit"
            aria-describedby="why-not"
            isDisabled={whyNot !== null}
          >
            {submission.isPending ? words.submitting : submitLabel}
            <Keys keys={keyTable.submit.keys[0]} />
          </Button>
          <p id="why-not" className="hint" role="status">
            {whyNot}
          </p>
        </div>
      </form>
    </div>
  )
}

function HowRadio({
  value,
  name,
  meaning,
}: {
  readonly value: How
  readonly name: string
  readonly meaning: string
}) {
  return (
    <Radio className="radio" value={value}>
      <span className="radio-mark" aria-hidden="true" />
      <span>
        {name} <small>{meaning}</small>
      </span>
    </Radio>
  )
}

/** What the person chose, or the only one, or the first that can be run. */
function profileInUse(profiles: readonly Profile[], chosen: string | null): Profile | undefined {
  const runnable = profiles.filter((profile) => whyNotRunnable(profile) === null)
  return runnable.find(({ code }) => code === chosen) ?? runnable[0]
}

/** What must still be done before the job can be submitted, or nothing. */
function missing(
  zone: string | undefined,
  profile: Profile | undefined,
  uploads: readonly Upload[],
): string | null {
  if (zone === undefined) return words.needsZone
  if (profile === undefined) return words.needsProfile
  if (uploads.length === 0) return words.needsFile
  if (uploads.some(({ state }) => state.is === 'failed')) return words.failedFile
  return uploads.some(({ state }) => state.is === 'sending') ? words.uploading : null
}

const storedFiles = (uploads: readonly Upload[]): NewJob['files'] =>
  uploads.flatMap(({ state }) =>
    state.is === 'stored' ? [{ sha256: state.stored.sha256, name: state.stored.name }] : [],
  )
