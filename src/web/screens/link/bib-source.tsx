import { useQuery } from '@tanstack/react-query'
import {
  FileTrigger,
  Button,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components'
import { setsQuery } from '../../api/set-queries.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { UploadList } from '../import/upload-list.tsx'
import type { Uploads } from '../import/uploads.ts'
import { entities } from '../search/search-state.ts'
import { listedNumbers } from './listed-numbers.ts'
import { type Source, sourceKinds } from './source.ts'

const words = text.linkJob

/** Which bibs: of a set, of a search, or of a list of their numbers. */
export function BibSource(props: {
  readonly zone: string
  readonly source: Source
  readonly uploads: Uploads
  readonly onChange: (source: Source) => void
}) {
  const { zone, source, uploads, onChange } = props
  return (
    <>
      <RadioGroup
        className="radios"
        aria-labelledby="which"
        value={source.kind}
        onChange={(value) => {
          const kind = sourceKinds.find((one) => one === value)
          if (kind !== undefined) onChange({ ...source, kind })
        }}
      >
        {sourceKinds.map((kind) => (
          <Radio key={kind} className="radio" value={kind}>
            <span className="radio-mark" aria-hidden="true" />
            <span>
              {words.sources[kind]} <small>{words.sourceMeanings[kind]}</small>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {source.kind === 'set' && <SetChoice zone={zone} source={source} onChange={onChange} />}
      {source.kind === 'search' && (
        <>
          <Choice
            label={text.search.entity}
            value={source.entity}
            onChange={(value) => {
              const entity = entities.find((one) => one === value)
              if (entity !== undefined) onChange({ ...source, entity })
            }}
            options={entities.map((id) => ({ id, label: text.search.entities[id] }))}
          />
          <TextField
            className="text-field query-text"
            value={source.query}
            onChange={(query) => onChange({ ...source, query })}
            maxLength={20_000}
          >
            <Label>{words.query}</Label>
            <TextArea rows={2} />
            <Text slot="description">{words.queryHelp}</Text>
          </TextField>
        </>
      )}
      {source.kind === 'numbers' && (
        <TextField
          className="text-field query-text"
          value={source.numbers}
          onChange={(numbers) => onChange({ ...source, numbers })}
          maxLength={300_000}
        >
          <Label>{words.numbers}</Label>
          <TextArea rows={6} />
          <Text slot="description">{words.numberCount(listedNumbers(source.numbers).mmsIds.length)}</Text>
        </TextField>
      )}
      {source.kind === 'file' && (
        <>
          <FileTrigger onSelect={(files) => uploads.add([...(files ?? [])])}>
            <Button className="button">{words.chooseFile}</Button>
          </FileTrigger>
          <UploadList uploads={uploads} />
        </>
      )}
    </>
  )
}

function SetChoice(props: {
  readonly zone: string
  readonly source: Source
  readonly onChange: (source: Source) => void
}) {
  const { zone, source, onChange } = props
  const { data, error, refetch } = useQuery(setsQuery(zone))
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (data === undefined) return null
  if (data.rows.length === 0) return <p className="none">{words.noSets}</p>
  const value = data.rows.some(({ id }) => id === source.set) ? String(source.set) : null
  return (
    <Choice
      label={words.set}
      value={value}
      placeholder={words.needsSet}
      onChange={(id) => onChange({ ...source, set: Number(id) })}
      options={data.rows.map(({ id, name, entity, members }) => ({
        id: String(id),
        label: words.setNamed(name, text.search.entities[entity], members),
      }))}
    />
  )
}
