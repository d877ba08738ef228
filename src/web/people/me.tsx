import { hashKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'
import type { Me, PermissionMatrix } from '../../server/api/people.ts'
import { matrixQuery, meQuery } from '../api/queries.ts'
import { signedOut } from '../api/request.ts'
import { text } from '../text.ts'

export type Permission = PermissionMatrix['permissions'][number]['code']

type Who = {
  /** Nothing until the server has said it. */
  readonly me: Me | null
  /** Somebody was signed in on this page, and is no more. */
  readonly isOver: boolean
  /** Somebody has signed in, or another persona was chosen: all is asked anew. */
  readonly changed: () => Promise<void>
}

const WhoContext = createContext<Who>({ me: null, isOver: false, changed: () => Promise.resolve() })

export function MeProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const router = useRouter()
  const { data: me = null } = useQuery(meQuery)
  const [wasIn, setWasIn] = useState(false)
  const isIn = me?.me != null
  if (isIn && !wasIn) setWasIn(true)
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (isIn) seen.current = nameOf(me)
  })
  useEffect(() => {
    const look = () => void client.invalidateQueries({ queryKey: meQuery.queryKey })
    document.addEventListener(signedOut, look)
    return () => document.removeEventListener(signedOut, look)
  }, [client])
  const changed = async () => {
    const before = seen.current
    await client.refetchQueries({ queryKey: meQuery.queryKey })
    const after = nameOf(client.getQueryData(meQuery.queryKey))
    client.removeQueries({ predicate: ({ state }) => state.status === 'error' })
    // What one person was shown is not kept for another, who may not see it.
    if (before !== null && after !== before)
      await client.resetQueries({ predicate: ({ queryHash }) => queryHash !== hashKey(meQuery.queryKey) })
    // A link that was just taken up is there no more.
    else await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'invitation' })
    await router.invalidate()
  }
  return <WhoContext value={{ me, isOver: wasIn && me !== null && !isIn, changed }}>{children}</WhoContext>
}

/** People share no name, and no persona has one of theirs. */
const nameOf = (me: Me | null | undefined): string | null => me?.me?.name ?? null

export const useWho = (): Who => use(WhoContext)

/**
 * The name of who is signed in. Where a session ends while a page is open it stays: nobody else sees the page, and
 * what was typed there is theirs.
 */
export function usePersonHere(): string | null {
  const { me } = useWho()
  const name = nameOf(me)
  const [last, setLast] = useState(name)
  if (name !== null && name !== last) setLast(name)
  return name ?? last
}

/** Why the person may not do something in a zone, in words for a button; nothing where they may. */
export function useMayNot(permission: Permission, zone: string | null): string | null {
  const { me } = useWho()
  const { data: matrix } = useQuery({ ...matrixQuery, enabled: me?.me != null })
  if (me?.me == null || zone === null || me.me.may[zone]?.includes(permission) === true) return null
  const found = matrix?.permissions.find(({ code }) => code === permission)
  const needed =
    found?.roles.map((code) => matrix?.roles.find((role) => role.code === code)?.name ?? code) ?? []
  return text.people.mayNot(found?.meaning ?? permission, needed.join(', '), zone)
}

/** Whether the person may do something in some zone. */
export function useMaySomewhere(permission: Permission): boolean {
  const { me } = useWho()
  return Object.values(me?.me?.may ?? {}).some((allowed) => allowed.includes(permission))
}
