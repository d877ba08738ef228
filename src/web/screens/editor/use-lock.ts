import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { TakenLock } from '../../../server/api/bib.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { post, Refusal, remove } from '../../api/request.ts'

export type LockState =
  | { readonly is: 'none' }
  | { readonly is: 'taking' }
  | { readonly is: 'held'; readonly token: string; readonly until: string }
  | { readonly is: 'refused'; readonly error: Error }

export type Lock = {
  readonly state: LockState
  /** A sign of life: what is typed is one. */
  readonly renew: () => void
  readonly again: () => void
  readonly release: () => Promise<void>
}

/** Signs of life are given no more often than this. */
const renewAfterMs = 60_000

/** What is asked about locks is asked in order: a record that is left and opened again is locked in the end. */
let asked: Promise<unknown> = Promise.resolve()

function inOrder<T>(ask: () => Promise<T>): Promise<T> {
  const answer = asked.then(ask, ask)
  asked = answer.catch(() => {})
  return answer
}

/**
 * Holds the lock of a bib while the screen is there (D22). It is given back where the screen is left with nothing
 * unsaved; else it stands until an hour after the last sign of life, and keeps the record for whoever comes back.
 */
export function useLock(zone: string, mmsId: string | null, isWanted: boolean, isDirty: boolean): Lock {
  const [state, setState] = useState<LockState>({ is: 'none' })
  const [attempt, setAttempt] = useState(0)
  const renewedAt = useRef(0)
  /** Until when, of one that is held. */
  const held = useRef<string | null>(null)
  const isHere = useRef(false)
  const path = mmsId === null ? null : inZone(zone, 'bibs', mmsId, 'lock')
  const client = useQueryClient()
  const isLeftDirty = useEffectEvent(() => isDirty)

  const giveBack = useCallback(async () => {
    if (path === null || held.current === null) return
    held.current = null
    await inOrder(() => remove(path))
    await client.invalidateQueries({ queryKey: ['bib', zone, mmsId] })
  }, [path, client, zone, mmsId])

  /** Answers nothing where a lock that is held could not be renewed just now. */
  const take = useCallback(async (): Promise<LockState | null> => {
    if (path === null) return { is: 'none' }
    renewedAt.current = Date.now()
    try {
      const { token, until } = await inOrder(() => post<TakenLock>(path))
      held.current = until
      return { is: 'held', token, until }
    } catch (error) {
      const isAnswer = error instanceof Refusal && error.status >= 403 && error.status < 500
      if (held.current !== null && !isAnswer) return null
      held.current = null
      return { is: 'refused', error: error instanceof Error ? error : new Error(String(error)) }
    }
  }, [path])

  useEffect(() => {
    if (!isWanted || path === null) return undefined
    isHere.current = true
    void take().then((taken) => {
      // Left before it was there.
      if (!isHere.current) void giveBack().catch(() => {})
      else if (taken !== null) setState(taken)
    })
    return () => {
      isHere.current = false
      // One that has lapsed may be somebody else's by now, whom an administrator would take it from.
      const isOurs = held.current !== null && Date.parse(held.current) > Date.now()
      if (isOurs && !isLeftDirty()) void giveBack().catch(() => {})
    }
  }, [take, giveBack, path, isWanted, attempt])

  return {
    state: isWanted && state.is === 'none' ? { is: 'taking' } : isWanted ? state : { is: 'none' },
    renew() {
      if (state.is === 'held' && Date.now() - renewedAt.current > renewAfterMs)
        void take().then((taken) => {
          if (taken !== null) setState(taken)
        })
    },
    again() {
      setState({ is: 'none' })
      setAttempt((before) => before + 1)
    },
    async release() {
      await giveBack()
      setState({ is: 'none' })
    },
  }
}
