import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Switch } from 'react-aria-components'
import { weighing } from '../../../rules/match/weighing.ts'
import type { Explanation, Simulation } from '../../../server/api/explanation.ts'
import { profileDraftQuery, profileQuery } from '../../api/profile-queries.ts'
import { jobRecordQuery, profilesQuery } from '../../api/queries.ts'
import { post } from '../../api/request.ts'
import { Pipeline } from '../../explain/pipeline.tsx'
import { useCommands } from '../../keys/commands.tsx'
import { linesOf, RecordSource } from '../../marc/record-source.tsx'
import type { Pasted } from '../../marc/read-pasted.ts'
import { usePasted } from '../../marc/use-pasted.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { OutcomePatterns } from '../../ui/outcome-patterns.tsx'
import { useTitle } from '../../ui/title.ts'

const words = text.simulate
const route = getRouteApi('/simulate')

/** What a record would become by a profile, step by step; nothing is written. */
export function SimulateScreen() {
  useTitle(words.title)
  const search = route.useSearch()
  const navigate = useNavigate()
  const { zones, zone: here } = useZone()
  const zone = search.zone ?? here?.code ?? ''
  const profiles = useQuery({ ...profilesQuery(zone), enabled: zone !== '' })
  const code = search.profile ?? profiles.data?.[0]?.code ?? ''
  const saved = useQuery({ ...profileQuery(zone, code), enabled: code !== '' })
  const { data: draft = null } = useQuery({ ...profileDraftQuery(zone, code), enabled: code !== '' })
  const byDraft = search.draft === true && draft !== null
  const profile = byDraft ? draft : (saved.data?.profile ?? null)
  const bibZone = bibZoneOf(zone, profile?.useNetworkZone === true, zones)

  const [written, setWritten] = useState('')
  const [fileBytes, setFileBytes] = useState<Uint8Array | null>(null)
  const [takenZone, setTakenZone] = useState<string | null>(null)
  useRecordOfJob(search, setWritten)
  const read = usePasted(written)
  const result = useRef<HTMLElement>(null)
  const simulating = useMutation({
    mutationFn: (body: Simulation) =>
      post<Explanation>(`/api/zones/${encodeURIComponent(zone)}/simulate`, body),
    onSuccess: () => result.current?.focus({ preventScroll: true }),
  })
  const whyNot =
    code === ''
      ? text.import.needsProfile
      : written.trim() === ''
        ? words.needsRecord
        : read.is === 'no-field' || read.is === 'nothing'
          ? words.needsReadable
          : null
  const simulate = () => {
    if (whyNot !== null || simulating.isPending) return
    simulating.mutate({ ...recordOf(written, read, fileBytes), profile: byDraft ? draft : code })
  }
  useCommands([{ name: 'simulate', label: text.commands.simulate, whyNot, run: simulate }])
  const ask = (next: { readonly zone: string; readonly profile?: string; readonly draft?: true }) => {
    simulating.reset()
    void navigate({ to: '/simulate', search: next, replace: true })
  }

  return (
    <div className="screen">
      <OutcomePatterns />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <div className="simulate-form">
        <section className="panel stack">
          <div className="filters">
            <Choice
              label={text.import.zone}
              value={zone}
              onChange={(next) => ask({ zone: next })}
              kind={zones.find((one) => one.code === zone)?.kind}
              options={zones
                .filter(({ kind }) => kind !== 'community')
                .map((one) => ({
                  id: one.code,
                  label: `${text.zoneKinds[one.kind]} · ${one.name}`,
                  kind: one.kind,
                }))}
            />
            <Choice
              label={text.import.profile}
              value={code}
              onChange={(next) => ask({ zone, profile: next })}
              options={(profiles.data ?? []).map((one) => ({ id: one.code, label: one.name }))}
            />
          </div>
          {draft !== null && (
            <Switch
              className="switch"
              isSelected={byDraft}
              onChange={(on) => ask({ zone, profile: code, ...(on ? { draft: true } : {}) })}
            >
              <span className="switch-track" aria-hidden="true" />
              {words.byDraft}
            </Switch>
          )}
          {saved.data != null && !byDraft && (
            <p className="hint">
              {words.byVersion(saved.data.version)} {saved.data.summary}
            </p>
          )}
          {saved.error !== null && <Fault error={saved.error} />}
          <ActionButton
            command="simulate"
            label={words.run}
            whyNot={whyNot}
            isPending={simulating.isPending}
            onPress={simulate}
            isPrimary
          />
          <p className="hint">{words.nothingWritten}</p>
        </section>
        <section className="panel">
          <RecordSource
            label={text.rule.record}
            value={written}
            onChange={(value, bytes = null) => {
              setWritten(value)
              setFileBytes(bytes)
              if (simulating.data !== undefined) simulating.reset()
            }}
            read={read}
            zone={takenZone ?? bibZone}
            onZone={setTakenZone}
            rows={9}
          />
        </section>
      </div>
      {simulating.error !== null && <Fault error={simulating.error} />}
      <section ref={result} tabIndex={-1} className="simulated" aria-label={words.result}>
        <p className="visually-hidden" role="status">
          {simulating.data !== undefined && words.came(text.outcomes[simulating.data.outcome])}
        </p>
        {simulating.data !== undefined && (
          <>
            <h2>{words.result}</h2>
            <Pipeline
              explanation={simulating.data}
              bibZone={bibZone}
              thresholds={profile === null ? undefined : weighing(profile.match)}
            />
          </>
        )}
      </section>
    </div>
  )
}

/** A file goes as it came, so that reading it is simulated, too; what people write in lines, in one form of them. */
function recordOf(
  written: string,
  read: Pasted,
  fileBytes: Uint8Array | null,
): Pick<Simulation, 'record' | 'encoding'> {
  if (fileBytes !== null) return { record: base64Of(fileBytes), encoding: 'base64' }
  return { record: read.is === 'record' && read.bytes === null ? linesOf(read.record) : written }
}

const base64Of = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

type Zones = ReturnType<typeof useZone>['zones']

/** Bibs of a profile go to the network where it says so. */
function bibZoneOf(zone: string, toNetwork: boolean, zones: Zones): string {
  const network = zones.find(({ kind }) => kind === 'network')
  return toNetwork && network !== undefined ? network.code : zone
}

/** The record of a job that the address names, as the first text. */
function useRecordOfJob(
  search: { readonly job?: number; readonly file?: number; readonly position?: number },
  onText: (text: string) => void,
): void {
  const { job, file, position } = search
  const isAsked = job !== undefined && file !== undefined && position !== undefined
  const { data } = useQuery({
    ...jobRecordQuery(job ?? 0, file ?? 0, position ?? 0),
    enabled: isAsked,
  })
  const incoming = data?.incoming ?? null
  const taken = useRef(onText)
  useEffect(() => {
    taken.current = onText
  })
  useEffect(() => {
    if (incoming !== null) taken.current(linesOf(incoming))
  }, [incoming])
}
