import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import type { Found, FoundBib } from '../../../server/api/search.ts'
import type { AddedSet, SavedSet } from '../../../server/api/set.ts'
import { post } from '../../api/request.ts'
import { pathOfSets, setsQuery } from '../../api/set-queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Entity } from './search-state.ts'
import { memberId } from './use-selection.ts'
import { SetName } from '../sets/set-name.tsx'

const words = text.sets.add
const fresh = ''

/** What of the results is meant, and the set of the zone that it goes into. */
export function AddToSet(props: {
  readonly zone: string
  readonly entity: Entity
  readonly selected: ReadonlySet<string>
  readonly row: FoundBib
  /** The whole search in CQL, where it can be asked so. */
  readonly query: string | null
  readonly found: Found
  readonly onClose: () => void
}) {
  const { zone, entity, selected, row, query, found, onClose } = props
  const client = useQueryClient()
  const say = useToast()
  const { data } = useQuery(setsQuery(zone))
  const sets = data?.rows.filter((set) => set.kind === 'itemised' && set.entity === entity) ?? []
  const [what, setWhat] = useState<'some' | 'all'>('some')
  const [into, setInto] = useState(fresh)
  const [name, setName] = useState('')
  const adding = useMutation({
    mutationFn: async () => {
      const some = { members: selected.size > 0 ? [...selected] : [memberId(row)] }
      const all = query !== null && what === 'all' ? { query } : null
      if (into !== fresh)
        return post<SavedSet>(`${pathOfSets(zone)}/${into}/members`, all ?? { add: some.members })
      const added = await post<AddedSet>(pathOfSets(zone), {
        kind: 'itemised',
        name: name.trim(),
        entity,
        ...(all ?? some),
      })
      return added.set
    },
    onSuccess: async (set) => {
      await client.invalidateQueries({ queryKey: ['sets', zone] })
      say(words.done(set.name, set.members ?? 0))
      onClose()
    },
  })
  return (
    <ModalDialog title={words.title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (into !== fresh || name.trim() !== '') adding.mutate()
        }}
      >
        <RadioGroup
          className="radios"
          value={what}
          onChange={(next) => setWhat(next === 'all' ? 'all' : 'some')}
        >
          <Label>{words.what}</Label>
          <Radio value="some" className="radio">
            <bdi>{selected.size > 0 ? words.selected(selected.size) : words.row(row.title)}</bdi>
          </Radio>
          {query !== null && (
            <Radio value="all" className="radio" isDisabled={!found.totalIsExact}>
              {found.totalIsExact ? words.all(formatCount(found.total)) : words.tooMany}
            </Radio>
          )}
        </RadioGroup>
        <Choice
          label={words.set}
          value={into}
          onChange={setInto}
          options={[
            { id: fresh, label: words.fresh },
            ...sets.map((set) => ({ id: String(set.id), label: set.name })),
          ]}
        />
        {into === fresh && <SetName label={words.name} value={name} onChange={setName} />}
        {adding.error !== null && <Fault error={adding.error} />}
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {words.cancel}
          </Button>
          <Button className="button primary" type="submit" isPending={adding.isPending}>
            {words.submit}
          </Button>
        </div>
      </form>
    </ModalDialog>
  )
}
