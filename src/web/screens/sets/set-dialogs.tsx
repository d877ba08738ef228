import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Button, Label, TextArea, TextField } from 'react-aria-components'
import type { AddedSet, SavedSet } from '../../../server/api/set.ts'
import { post, put, remove } from '../../api/request.ts'
import { pathOfSets } from '../../api/set-queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { useToast } from '../../ui/toast.tsx'
import { SetName } from './set-name.tsx'

const words = text.sets

type OfSet = { readonly zone: string; readonly set: SavedSet; readonly onClose: () => void }

/** Gives a logical set's members of now a set of their own. */
export function ItemiseSet({ zone, set, onClose }: OfSet) {
  const navigate = useNavigate()
  const day = new Date().toISOString().slice(0, 10)
  const [name, setName] = useState(words.itemise.nameOf(set.name, day).slice(-200))
  const { run, error, isPending } = useChange(zone, {
    change: () =>
      post<AddedSet>(pathOfSets(zone), {
        kind: 'itemised',
        name: name.trim(),
        entity: set.entity,
        query: set.query,
      }),
    onDone: ({ set: { id } }) => {
      onClose()
      void navigate({ to: '/zones/$zone/sets/$set', params: { zone, set: id } })
    },
    says: (added) => words.itemise.done(added.set.name, added.set.members ?? 0),
  })
  return (
    <ModalDialog title={words.itemise.title} onClose={onClose}>
      <Changing
        onSubmit={() => name.trim() !== '' && run()}
        submit={words.itemise.submit}
        {...{ error, isPending, onClose }}
      >
        <p>{words.itemise.teach}</p>
        <SetName label={words.itemise.name} value={name} onChange={setName} />
      </Changing>
    </ModalDialog>
  )
}

export function RenameSet({ zone, set, onClose }: OfSet) {
  const [name, setName] = useState(set.name)
  const [note, setNote] = useState(set.note ?? '')
  const { run, error, isPending } = useChange(zone, {
    change: () =>
      put<SavedSet>(`${pathOfSets(zone)}/${set.id}/name`, {
        name: name.trim(),
        note: note.trim() === '' ? null : note.trim(),
      }),
    onDone: onClose,
    says: () => words.rename.done,
  })
  return (
    <ModalDialog title={words.rename.title} onClose={onClose}>
      <Changing
        onSubmit={() => name.trim() !== '' && run()}
        submit={words.rename.submit}
        {...{ error, isPending, onClose }}
      >
        <SetName label={words.rename.name} value={name} onChange={setName} />
        <TextField className="text-field" value={note} onChange={setNote} maxLength={2000}>
          <Label>{words.rename.note}</Label>
          <TextArea rows={3} />
        </TextField>
      </Changing>
    </ModalDialog>
  )
}

export function DeleteSet({ zone, set, onClose }: OfSet) {
  const navigate = useNavigate()
  const { run, error, isPending } = useChange(zone, {
    change: () => remove<SavedSet>(`${pathOfSets(zone)}/${set.id}`),
    // Whoever looks at what is gone would be told so: the list is shown first.
    before: () => navigate({ to: '/sets', search: { zone } }),
    onDone: onClose,
    says: ({ name }) => words.delete.done(name),
  })
  return (
    <ModalDialog title={words.delete.title(set.name)} onClose={onClose} isAlert>
      <Changing onSubmit={run} submit={words.delete.submit} {...{ error, isPending, onClose }}>
        <p>{words.delete.teach}</p>
      </Changing>
    </ModalDialog>
  )
}

function useChange<Done>(
  zone: string,
  as: {
    readonly change: () => Promise<Done>
    readonly before?: () => Promise<void>
    readonly onDone: (done: Done) => void
    readonly says: (done: Done) => string
  },
) {
  const client = useQueryClient()
  const say = useToast()
  const { mutate, error, isPending } = useMutation({
    mutationFn: as.change,
    onSuccess: async (done) => {
      await as.before?.()
      await client.invalidateQueries({ queryKey: ['sets', zone] })
      say(as.says(done))
      as.onDone(done)
    },
  })
  return { run: () => mutate(), error, isPending }
}

function Changing(props: {
  readonly onSubmit: () => void
  readonly submit: string
  readonly error: Error | null
  readonly isPending: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { onSubmit, submit, error, isPending, onClose, children } = props
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      {error !== null && <Fault error={error} />}
      <div className="dialog-foot">
        <Button className="button" onPress={onClose}>
          {words.file.cancel}
        </Button>
        <Button className="button primary" type="submit" isPending={isPending}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
