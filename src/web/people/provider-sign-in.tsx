import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { post } from '../api/request.ts'
import { text } from '../text.ts'
import { Fault } from '../ui/fault.tsx'

const words = text.people.provider

/** Why the provider's last answer let nobody in; it comes with the address, which the router then tidies up. */
const refusedAtLoad = new URLSearchParams(window.location.search).get('refused')

export function ProviderRefusal({ name }: { readonly name: string }) {
  if (refusedAtLoad === null) return null
  const said = Object.hasOwn(words.refused, refusedAtLoad)
    ? words.refused[refusedAtLoad as keyof typeof words.refused]
    : words.refused.PROVIDER_REFUSED
  return (
    <p className="notice" role="alert">
      {said(name)}
    </p>
  )
}

/**
 * To the identity provider. With `isAgain` in a tab of its own, so that what was typed on the page stays; the
 * page asks who is there when it is looked at next.
 */
export function ProviderSignIn(props: {
  readonly name: string
  readonly to: 'sign-in' | 'link'
  readonly isAgain?: boolean
  readonly onDone?: () => Promise<void>
}) {
  const { name, to, isAgain = false, onDone } = props
  const [isAway, setIsAway] = useState(false)
  const leave = useMutation({
    mutationFn: () => post<{ url: string }>('/api/identity-provider/leave', { to }),
    onSuccess({ url }) {
      if (!isAgain) window.location.assign(url)
      else {
        window.open(url, '_blank', 'noopener')
        setIsAway(true)
      }
    },
  })
  useEffect(() => {
    if (!isAway || onDone === undefined) return undefined
    const look = () => void onDone()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [isAway, onDone])
  return (
    <>
      {leave.error !== null && <Fault error={leave.error} />}
      <Button className="button" isPending={leave.isPending} onPress={() => leave.mutate()}>
        {to === 'link' ? words.link(name) : words.signIn(name)}
      </Button>
    </>
  )
}
