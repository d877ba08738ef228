import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, FileTrigger, Input, Label, TextArea, TextField } from 'react-aria-components'
import type { MarcRecord } from '../../marc/record.ts'
import { formatField } from '../../rules/field-text.ts'
import type { Bib } from '../../server/api/bib.ts'
import { get } from '../api/request.ts'
import { text } from '../text.ts'
import { Choice } from '../ui/choice.tsx'
import { Fault } from '../ui/fault.tsx'
import { useZone } from '../shell/zone.tsx'
import { type Pasted, readMarcBytes } from './read-pasted.ts'

const words = text.recordSource

/**
 * A record that a person gives: written or pasted, or taken from a bib or a file as text that can be changed.
 */
export function RecordSource(props: {
  readonly label: string
  readonly value: string
  /** `bytes` are those of a file that the text was made of. */
  readonly onChange: (value: string, bytes?: Uint8Array | null) => void
  /** What the text came to. */
  readonly read: Pasted
  /** The zone that bibs are looked for in. */
  readonly zone: string
  readonly onZone: (zone: string) => void
  readonly rows?: number
}) {
  const { label, value, onChange, read, zone, onZone, rows = 8 } = props
  const { zones } = useZone()
  const [mmsId, setMmsId] = useState('')
  const taking = useMutation({
    mutationFn: () =>
      get<Bib>(`/api/zones/${encodeURIComponent(zone)}/bibs/${encodeURIComponent(mmsId.trim())}`),
    onSuccess: ({ record }) => onChange(linesOf(record)),
  })
  const [fileProblem, setFileProblem] = useState<string | null>(null)
  const takeFile = async (file: File | undefined) => {
    if (file === undefined) return
    // A file may be long: its first record stands near its beginning.
    const pasted = await readMarcBytes(new Uint8Array(await file.slice(0, mostBytes).arrayBuffer()))
    setFileProblem(pasted.is === 'record' ? null : readProblem(pasted))
    if (pasted.is === 'record') onChange(linesOf(pasted.record), pasted.bytes)
  }
  const problem = value.trim() === '' ? null : readProblem(read)
  return (
    <div className="record-source stack">
      <TextField
        className="text-field"
        value={value}
        onChange={(written) => onChange(written)}
        isInvalid={problem !== null}
      >
        <Label>{label}</Label>
        <TextArea className="record-text" rows={rows} spellCheck={false} placeholder={words.placeholder} />
      </TextField>
      <p className={problem === null ? 'hint' : 'bad'} role="status">
        {value.trim() === '' ? words.notations : <bdi>{problem}</bdi>}
      </p>
      <form
        className="record-takes"
        onSubmit={(event) => {
          event.preventDefault()
          if (mmsId.trim() !== '') taking.mutate()
        }}
      >
        <TextField className="text-field" value={mmsId} onChange={setMmsId}>
          <Label>{words.mmsId}</Label>
          <Input inputMode="numeric" />
        </TextField>
        <Choice
          label={words.zone}
          value={zone}
          onChange={onZone}
          options={zones.map(({ code }) => ({ id: code, label: code }))}
        />
        <Button
          className="button"
          type="submit"
          isPending={taking.isPending}
          isDisabled={mmsId.trim() === ''}
        >
          {words.take}
        </Button>
        <FileTrigger onSelect={(files) => void takeFile(files?.[0])}>
          <Button className="button">{words.file}</Button>
        </FileTrigger>
      </form>
      {fileProblem !== null && (
        <p className="bad" role="alert">
          <bdi>{fileProblem}</bdi>
        </p>
      )}
      {taking.error !== null && <Fault error={taking.error} />}
    </div>
  )
}

const mostBytes = 20_000_000

/** A record in lines that can be changed by hand, as rules and their tests write them. */
export const linesOf = ({ leader, fields }: MarcRecord): string =>
  [`LDR ${leader}`, ...fields.map(formatField)].join('\n')

/** Why a text is no record, in words. */
function readProblem(read: Pasted): string | null {
  switch (read.is) {
    case 'record':
      return null
    case 'nothing':
      return words.nothing
    case 'no-field':
      return words.noField(read.line, read.text)
    case 'unreadable':
      return read.why
  }
}
