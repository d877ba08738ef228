import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import type { InvitedPerson, Person } from '../../../server/api/people.ts'
import { matrixQuery, peopleQuery, whyQuery } from '../../api/queries.ts'
import { post, put, remove } from '../../api/request.ts'
import { type Permission, useWho } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { InvitationLink } from './invitation-link.tsx'

const words = text.people.people

/** One person: roles in a zone that one looks after, access, and why something does not work for them. */
export function PersonPanel({ person }: { readonly person: Person }) {
  const { me } = useWho()
  const zones = Object.entries(me?.me?.may ?? {}).flatMap(([zone, may]) =>
    may.includes('people.manage') ? [zone] : [],
  )
  // Nothing chosen is the first, which may be known a little later than the person.
  const [chosen, setChosen] = useState<string | null>(null)
  const zone = chosen ?? zones[0] ?? ''
  return (
    <section className="panel stack" aria-labelledby="person">
      <h2 id="person">
        <bdi>{person.name}</bdi>
      </h2>
      <Choice
        label={words.zone}
        value={zone}
        onChange={setChosen}
        options={zones.map((code) => ({ id: code, label: code }))}
      />
      <Roles key={zone} person={person} zone={zone} />
      <Access person={person} />
      <Why person={person} zone={zone} />
    </section>
  )
}

function Roles({ person, zone }: { readonly person: Person; readonly zone: string }) {
  const client = useQueryClient()
  const { data: matrix } = useSuspenseQuery(matrixQuery)
  const held: readonly string[] = person.roles[zone] ?? []
  const [chosen, setChosen] = useState<readonly string[]>(held)
  const isSame = chosen.length === held.length && chosen.every((role) => held.includes(role))
  const save = useMutation({
    mutationFn: () => put(`/api/people/${person.id}/roles/${zone}`, { roles: chosen }),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  })
  return (
    <>
      {save.error !== null && <Fault error={save.error} />}
      <CheckboxGroup className="checks" value={[...chosen]} onChange={setChosen}>
        <Label>{words.rolesIn(zone)}</Label>
        {matrix.roles.map(({ code, name }) => (
          <Checkbox key={code} value={code} className="check">
            <span className="check-box" aria-hidden="true" />
            {name}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <div className="form-foot">
        <ActionButton
          command="saveRoles"
          label={words.save}
          whyNot={isSame ? words.asSaved : null}
          isPending={save.isPending}
          onPress={() => save.mutate()}
        />
        <p className="said" role="status">
          {save.isSuccess && isSame ? words.saved(person.name, zone) : ''}
        </p>
      </div>
    </>
  )
}

function Access({ person: { id, active, hasSecondFactor } }: { readonly person: Person }) {
  const client = useQueryClient()
  const asked = () => client.invalidateQueries({ queryKey: peopleQuery.queryKey })
  const turn = useMutation({
    mutationFn: () => put(`/api/people/${id}/active`, { active: !active }),
    onSuccess: asked,
  })
  const invite = useMutation({
    mutationFn: () => post<InvitedPerson>(`/api/people/${id}/invitation`),
    onSuccess: asked,
  })
  const takeAway = useMutation({
    mutationFn: () => remove(`/api/people/${id}/second-factor`),
    onSuccess: asked,
  })
  const error = turn.error ?? invite.error ?? takeAway.error
  return (
    <>
      <h3>{words.access}</h3>
      {error !== null && <Fault error={error} />}
      {invite.data !== undefined && <InvitationLink invited={invite.data} />}
      <div className="form-foot">
        <ActionButton
          command="invitePerson"
          label={words.newLink}
          whyNot={null}
          isPending={invite.isPending}
          onPress={() => invite.mutate()}
        />
        <ActionButton
          command="turnPerson"
          label={active ? words.letOut : words.letIn}
          whyNot={null}
          isPending={turn.isPending}
          onPress={() => turn.mutate()}
        />
        {hasSecondFactor && (
          <ActionButton
            command="removeFactor"
            label={words.removeFactor}
            whyNot={null}
            isPending={takeAway.isPending}
            onPress={() => takeAway.mutate()}
          />
        )}
      </div>
    </>
  )
}

function Why({ person, zone }: { readonly person: Person; readonly zone: string }) {
  const { data: matrix } = useSuspenseQuery(matrixQuery)
  const [permission, setPermission] = useState<Permission>('import.run')
  const { data: why, error } = useQuery(whyQuery(person.id, permission, zone))
  return (
    <>
      <h3>{words.why}</h3>
      <Choice
        label={words.permission}
        value={permission}
        onChange={(code) => {
          const found = matrix.permissions.find((one) => one.code === code)
          if (found) setPermission(found.code)
        }}
        options={matrix.permissions.map(({ code, meaning }) => ({ id: code, label: meaning }))}
      />
      {error !== null && <Fault error={error} />}
      <p role="status">{why?.sentence ?? ''}</p>
    </>
  )
}
