import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import type { InvitedPerson, Person } from '../../../server/api/people.ts'
import { peopleQuery } from '../../api/queries.ts'
import { post } from '../../api/request.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { InvitationLink } from './invitation-link.tsx'
import { Matrix } from './matrix.tsx'
import { PersonPanel } from './person-panel.tsx'
import { RolesHeld } from './roles-held.tsx'

const words = text.people.people
const route = getRouteApi('/people')

/** Who works in the zones that one looks after, what they are there, and what that lets them do. */
export function PeopleScreen() {
  useTitle(words.title)
  const { person: chosen } = route.useSearch()
  const { data: people } = useSuspenseQuery(peopleQuery)
  const person = people.find(({ id }) => id === chosen)
  return (
    <div className="screen">
      <h1>{words.title}</h1>
      <p className="hint">{words.teach}</p>
      <div className="people-columns">
        <div className="stack">
          <PeopleTable people={people} chosen={chosen ?? null} />
          <Invite />
        </div>
        {person === undefined ? (
          <p className="hint">{words.choose}</p>
        ) : (
          <PersonPanel key={person.id} person={person} />
        )}
      </div>
      <Matrix />
    </div>
  )
}

function PeopleTable({
  people,
  chosen,
}: {
  readonly people: readonly Person[]
  readonly chosen: number | null
}) {
  return (
    <section className="panel scrolls" aria-labelledby="people-list">
      <h2 id="people-list">{words.list}</h2>
      {people.length === 0 ? (
        <p className="none">{words.none}</p>
      ) : (
        <table className="plain" aria-labelledby="people-list">
          <thead>
            <tr>
              {Object.values(words.columns).map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map(({ id, name, login, active, canSignIn, hasSecondFactor, roles, seenAt }) => (
              <tr key={id} aria-current={id === chosen ? 'true' : undefined}>
                <th scope="row">
                  <Link to="/people" search={{ person: id }}>
                    <bdi>{name}</bdi>
                  </Link>{' '}
                  {!active && <span className="tag-word">{words.off}</span>}
                  {active && !canSignIn && <span className="tag-word">{words.invited}</span>}
                </th>
                <td>
                  <code>{login}</code>
                </td>
                <td>
                  <RolesHeld roles={roles} none={words.noRoles} />
                </td>
                <td>{hasSecondFactor ? words.factorOn : words.factorOff}</td>
                <td>{seenAt === null ? words.never : <Time at={seenAt} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Invite() {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const add = useMutation({
    mutationFn: () => post<InvitedPerson>('/api/people', { name, login }),
    async onSuccess() {
      setName('')
      setLogin('')
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey })
    },
  })
  return (
    <section className="panel stack">
      <h2>{words.addTitle}</h2>
      {add.error !== null && <Fault error={add.error} />}
      {add.data !== undefined && <InvitationLink invited={add.data} />}
      <Form
        className="key-form"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <TextField className="text-field" value={name} onChange={setName} isRequired>
          <Label>{words.name}</Label>
          <Input autoComplete="off" />
        </TextField>
        <TextField className="text-field" value={login} onChange={setLogin} isRequired>
          <Label>{words.login}</Label>
          <Input autoComplete="off" autoCapitalize="none" spellCheck="false" />
        </TextField>
        <Button type="submit" className="button primary" isPending={add.isPending}>
          {words.add}
        </Button>
      </Form>
    </section>
  )
}
