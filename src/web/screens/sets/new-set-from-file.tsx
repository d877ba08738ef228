import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, FileTrigger, Label, TextArea, TextField } from 'react-aria-components'
import { fileText } from '../../../marc/file-text.ts'
import type { AddedSet } from '../../../server/api/set.ts'
import { post } from '../../api/request.ts'
import { pathOfSets, setsQuery } from '../../api/set-queries.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { NumberReport } from './number-report.tsx'
import { SetName } from './set-name.tsx'

const words = text.sets.file

/** As the API takes it at once. */
const mostCharacters = 900_000

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([id, label]) => ({ id, label }))

/** A set of what the numbers of a file name; and then what became of each of its lines. */
export function NewSetFromFile({ zone, onClose }: { readonly zone: string; readonly onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [entity, setEntity] = useState('all-titles')
  const [kind, setKind] = useState('')
  const [numbers, setNumbers] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const making = useMutation({
    mutationFn: () =>
      post<AddedSet>(pathOfSets(zone), {
        kind: 'itemised',
        name: name.trim(),
        entity,
        numbers,
        ...(kind === '' ? {} : { index: kind }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: setsQuery(zone).queryKey }),
  })
  async function takeFile(file: File | undefined): Promise<void> {
    if (file === undefined) return
    const content = file.size > mostCharacters * 4 ? null : fileText(new Uint8Array(await file.arrayBuffer()))
    const fits = content !== null && content.length <= mostCharacters
    setProblem(fits ? null : words.tooLarge)
    if (!fits) return
    setNumbers(content)
    if (name.trim() === '') setName(file.name.replace(/\.[^.]*$/, ''))
  }
  if (making.data !== undefined) return <NumberReport zone={zone} added={making.data} onClose={onClose} />
  return (
    <ModalDialog title={words.title(zone)} onClose={onClose} className="broad">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (numbers.trim() === '') setProblem(words.nothing)
          else if (name.trim() !== '') making.mutate()
        }}
      >
        <p>{words.teach}</p>
        <div className="form-line">
          <SetName label={words.name} value={name} onChange={setName} />
          <Choice
            label={words.entity}
            value={entity}
            onChange={setEntity}
            options={options(words.entities)}
          />
          <Choice label={words.kind} value={kind} onChange={setKind} options={options(words.kinds)} />
        </div>
        <TextField
          className="text-field query-text"
          value={numbers}
          onChange={(next) => {
            setNumbers(next)
            setProblem(null)
          }}
          maxLength={mostCharacters}
        >
          <Label>{words.numbers}</Label>
          <TextArea rows={8} spellCheck={false} />
        </TextField>
        <FileTrigger
          acceptedFileTypes={['.txt', '.csv', '.tsv', 'text/plain', 'text/csv']}
          onSelect={(files) => void takeFile(files?.[0])}
        >
          <Button className="button file-button">{words.choose}</Button>
        </FileTrigger>
        {problem !== null && (
          <p className="bad" role="alert">
            {problem}
          </p>
        )}
        {making.error !== null && <Fault error={making.error} />}
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {words.cancel}
          </Button>
          <Button className="button primary" type="submit" isPending={making.isPending}>
            {words.submit}
          </Button>
        </div>
      </form>
    </ModalDialog>
  )
}
