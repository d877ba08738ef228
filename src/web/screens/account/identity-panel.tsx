import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import { meQuery } from '../../api/queries.ts'
import { remove } from '../../api/request.ts'
import { ProviderRefusal, ProviderSignIn } from '../../people/provider-sign-in.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'

const words = text.people.provider

/** The account of the identity provider that lets somebody in besides the password. */
export function IdentityPanel({ name, since }: { readonly name: string; readonly since: string | null }) {
  const client = useQueryClient()
  const unlink = useMutation({
    mutationFn: () => remove('/api/me/identity'),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  return (
    <section className="panel stack">
      <h2>{name}</h2>
      <ProviderRefusal name={name} />
      {unlink.error !== null && <Fault error={unlink.error} />}
      {since === null ? (
        <>
          <p>{words.notLinked(name)}</p>
          <div className="form-foot">
            <ProviderSignIn name={name} to="link" />
          </div>
        </>
      ) : (
        <>
          <p>
            {words.linked(name)} <Time at={since} />.
          </p>
          <div className="form-foot">
            <Button className="button" isPending={unlink.isPending} onPress={() => unlink.mutate()}>
              {words.unlink}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
