import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Refusal } from '../api/request.ts'
import { text } from '../text.ts'
import { Fault } from '../ui/fault.tsx'

export function ScreenLoading() {
  return (
    <p className="screen-loading" role="status">
      {text.shell.loading}
    </p>
  )
}

/** Milliseconds between two tries where something is away. */
const againMs = 5000

export function ScreenFault({ error }: { readonly error: unknown }) {
  const router = useRouter()
  const client = useQueryClient()
  const again = () => {
    client.removeQueries({ predicate: ({ state }) => state.status === 'error' })
    void router.invalidate()
  }
  const isRefused = error instanceof Refusal
  // A server or a database that is away comes back by itself, and so does the screen.
  const isAway = isRefused && (error.status === 0 || error.status === 503)
  const latest = useRef(again)
  useEffect(() => {
    latest.current = again
  })
  useEffect(() => {
    if (!isAway) return undefined
    const timer = setInterval(() => latest.current(), againMs)
    return () => clearInterval(timer)
  }, [isAway])
  return (
    <>
      <h1 className="visually-hidden">{text.errors.title}</h1>
      {isRefused && error.status === 404 ? <Fault error={error} /> : <Fault error={error} onAgain={again} />}
      <p>
        <Link to="/">{text.report.back}</Link>
      </p>
    </>
  )
}

export function NotFound() {
  return (
    <div className="empty">
      <h1>{text.shell.notFound}</h1>
      <p>{text.shell.notFoundRemedy}</p>
      <p>
        <Link to="/">{text.shell.monitor}</Link>
      </p>
    </div>
  )
}
