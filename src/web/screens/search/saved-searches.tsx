import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import type { AddedSet } from '../../../server/api/set.ts'
import { post } from '../../api/request.ts'
import { pathOfSets, setsQuery } from '../../api/set-queries.ts'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Given } from '../../ui/given.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { SearchState } from './search-state.ts'
import { wholeQueryOf } from './whole-query.ts'
import { SetName } from '../sets/set-name.tsx'

const words = text.search.saved

/** The searches that the zone has kept, each to be asked anew; and this one, to be kept. */
export function SavedSearches(props: {
  readonly zone: string
  readonly state: SearchState
  readonly onSearch: (state: SearchState) => void
}) {
  const { zone, state, onSearch } = props
  const navigate = useNavigate()
  const { data } = useQuery(setsQuery(zone))
  const [isNaming, setIsNaming] = useState(false)
  const mayNot = useMayNot('set.edit', zone)
  const query = wholeQueryOf(state)
  const whyNot = query === null ? words.nothing : mayNot
  const kept = data?.rows.filter((set) => set.query !== null) ?? []
  return (
    <>
      <MenuTrigger>
        <Button className="button">
          {words.name} <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover">
          <Menu className="menu" aria-label={words.name}>
            <MenuItem isDisabled={whyNot !== null} onAction={() => setIsNaming(true)} textValue={words.save}>
              <span className="menu-label">
                {words.save}
                {whyNot !== null && <small>{whyNot}</small>}
              </span>
            </MenuItem>
            <MenuItem onAction={() => void navigate({ to: '/sets', search: { zone } })} textValue={words.all}>
              {words.all}
            </MenuItem>
            <MenuSection>
              <Header>{words.kept(zone)}</Header>
              {kept.map(({ id, name, note, entity, query: asked }) => (
                <MenuItem
                  key={id}
                  textValue={name}
                  onAction={() => onSearch({ zone, entity, ...(asked === null ? {} : { query: asked }) })}
                >
                  <span className="menu-label">
                    <Given words={name} />
                    <small>{note === null ? text.search.entities[entity] : <Given words={note} />}</small>
                  </span>
                </MenuItem>
              ))}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      {isNaming && query !== null && (
        <NameSearch
          zone={zone}
          entity={state.entity ?? 'all-titles'}
          query={query}
          onClose={() => setIsNaming(false)}
        />
      )}
    </>
  )
}

function NameSearch(props: {
  readonly zone: string
  readonly entity: NonNullable<SearchState['entity']>
  readonly query: string
  readonly onClose: () => void
}) {
  const { zone, entity, query, onClose } = props
  const [name, setName] = useState('')
  const client = useQueryClient()
  const say = useToast()
  const saving = useMutation({
    mutationFn: () =>
      post<AddedSet>(pathOfSets(zone), {
        kind: 'logical',
        name: name.trim(),
        entity,
        query,
      }),
    onSuccess: async ({ set }) => {
      await client.invalidateQueries({ queryKey: setsQuery(zone).queryKey })
      say(words.done(set.name))
      onClose()
    },
  })
  return (
    <ModalDialog title={words.save} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') saving.mutate()
        }}
      >
        <p>{words.teach(zone)}</p>
        <SetName label={words.call} value={name} onChange={setName} />
        <p>
          <code>{query}</code>
        </p>
        {saving.error !== null && <Fault error={saving.error} />}
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {words.cancel}
          </Button>
          <Button className="button primary" type="submit" isPending={saving.isPending}>
            {words.keep}
          </Button>
        </div>
      </form>
    </ModalDialog>
  )
}
