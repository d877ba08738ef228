import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Input, Label, Radio, RadioGroup, Switch, TextArea, TextField } from 'react-aria-components'
import { matchMethods } from '../../../rules/match/match-methods.ts'
import type { Job } from '../../../server/api/job.ts'
import type { NewLinkJob } from '../../../server/api/share.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { post } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Keys } from '../../ui/keys.tsx'
import { useTitle } from '../../ui/title.ts'
import { useUploads } from '../import/uploads.ts'
import { BibSource } from './bib-source.tsx'
import { beginningSource, namedBibs, type Source } from './source.ts'

const words = text.linkJob
const route = getRouteApi('/link')
const usual = 'profile'

/** A job that links many bibs of an institution to those of its network: which, how, and a dry run unless the person says otherwise. */
export function LinkScreen() {
  useTitle(words.title)
  const navigate = useNavigate()
  const search = route.useSearch()
  const { zones, zone: working, choose } = useZone()
  const institutions = zones.filter(({ kind }) => kind === 'institution')
  const [isMoved, setIsMoved] = useState(false)
  const named = isMoved ? undefined : institutions.find(({ code }) => code === search.zone)
  const zone = named ?? institutions.find((one) => one === working) ?? null
  const [source, setSource] = useState<Source>(() => beginningSource(search))
  const uploads = useUploads()
  const [method, setMethod] = useState(usual)
  const [serial, setSerial] = useState(usual)
  const [contribute, setContribute] = useState(false)
  const [label, setLabel] = useState('')
  const [notes, setNotes] = useState('')
  const [isDryRun, setIsDryRun] = useState(true)
  // A submission that is sent twice, since the answer was lost, makes one job.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const submission = useMutation({
    mutationFn: (job: NewLinkJob) => post<Job>(inZone(zone?.code ?? '', 'link-jobs'), job),
    onSuccess: ({ job }) => void navigate({ to: '/jobs/$job', params: { job } }),
  })

  const bibs = namedBibs(source, uploads.list)
  const mayNotHere = useMayNot('import.run', zone?.code ?? null)
  const mayNotThere = useMayNot('import.run', zone?.network ?? null)
  const whyNot =
    zone === null
      ? words.needsInstitution
      : zone.network === null
        ? words.needsNetwork
        : (mayNotHere ?? (isDryRun ? null : mayNotThere) ?? ('whyNot' in bibs ? bibs.whyNot : null))
  const submit = () => {
    if (whyNot !== null || 'whyNot' in bibs || submission.isPending) return
    submission.mutate({
      ...bibs,
      ...(method === usual ? {} : { method }),
      ...(serial === usual ? {} : { serial }),
      contribute,
      dryRun: isDryRun,
      ...(label.trim() === '' ? {} : { label: label.trim() }),
      ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
      idempotencyKey,
    })
  }
  const submitLabel = isDryRun ? words.submitPreview : words.submit
  useCommands([{ name: 'submitLink', label: submitLabel, whyNot, run: submit }])
  const methods = matchMethods.map(({ code, name }) => ({ id: code, label: name }))

  return (
    <div className="screen">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <form
        className="import-form"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <section>
          <h2 id="which">{words.which}</h2>
          <Choice
            label={words.zone}
            value={zone?.code ?? null}
            placeholder={words.needsInstitution}
            onChange={(code) => {
              setIsMoved(true)
              setSource({ ...source, set: null })
              choose(code)
            }}
            kind={zone?.kind}
            options={institutions.map(({ code, kind, name }) => ({
              id: code,
              label: `${text.zoneKinds[kind]} · ${name}`,
              kind,
            }))}
          />
          <BibSource zone={zone?.code ?? ''} source={source} uploads={uploads} onChange={setSource} />
        </section>
        <section>
          <h2>{words.how}</h2>
          <Choice
            label={words.method}
            value={method}
            onChange={setMethod}
            options={[{ id: usual, label: words.ofProfile }, ...methods]}
          />
          <Choice
            label={words.serialMethod}
            value={serial}
            onChange={setSerial}
            options={[{ id: usual, label: method === usual ? words.ofProfile : words.asOthers }, ...methods]}
          />
          <Switch className="switch" isSelected={contribute} onChange={setContribute}>
            <span className="switch-track" aria-hidden="true" />
            <span>
              {words.contribute} <small>{words.contributeMeaning}</small>
            </span>
          </Switch>
          <RadioGroup
            className="radios"
            aria-label={words.how}
            value={isDryRun ? 'dry' : 'straight'}
            onChange={(value) => setIsDryRun(value === 'dry')}
          >
            <HowRadio value="dry" name={words.preview} meaning={words.previewMeaning} />
            <HowRadio value="straight" name={words.straight} meaning={words.straightMeaning} />
          </RadioGroup>
          <TextField className="text-field" value={label} onChange={setLabel} maxLength={200}>
            <Label>{words.label}</Label>
            <Input />
          </TextField>
          <TextField className="text-field" value={notes} onChange={setNotes} maxLength={4000}>
            <Label>{words.notes}</Label>
            <TextArea rows={2} />
          </TextField>
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
            <Keys keys={keyTable.submitLink.keys[0]} />
          </Button>
          <p id="why-not" className="hint" role="status">
            {whyNot}
          </p>
        </div>
      </form>
    </div>
  )
}

function HowRadio(props: { readonly value: string; readonly name: string; readonly meaning: string }) {
  return (
    <Radio className="radio" value={props.value}>
      <span className="radio-mark" aria-hidden="true" />
      <span>
        {props.name} <small>{props.meaning}</small>
      </span>
    </Radio>
  )
}
