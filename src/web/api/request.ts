import type { ApiError, Problem } from '../../server/api/error.ts'
import { encodeJson } from '../../marc/json/encode.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { text } from '../text.ts'

/** Why the server did not do what was asked, in words for people. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly remedy: string | null
  readonly requestId: string | null
  /** Each fault of what was sent, with its place. */
  readonly problems: readonly Problem[]
  /** Of what is not any more what was read: what it is now. */
  readonly current: ApiError['error']['current'] | null
  /** Bibs that match a record. */
  readonly matches: NonNullable<ApiError['error']['matches']>

  constructor(status: number, error: ApiError['error']) {
    super(error.message)
    this.status = status
    this.code = error.code
    this.remedy = error.remedy ?? null
    this.requestId = error.requestId ?? null
    this.problems = error.problems ?? []
    this.current = error.current ?? null
    this.matches = error.matches ?? []
  }
}

export const away = (): Refusal => new Refusal(0, { code: 'SERVER_AWAY', ...text.errors.away })

/** Told on the document when an answer says that nobody is signed in any more. */
export const signedOut = 'accession:signed-out'

/** @throws {Refusal} as `get` does. */
export async function remove<T>(path: string): Promise<T> {
  return ask<T>(path, { method: 'DELETE' })
}

/** @throws {Refusal} for every answer that is not a success, and where none comes. */
export async function get<T>(path: string): Promise<T> {
  return ask<T>(path, {})
}

/** What was asked for, or nothing where there is no such thing. @throws {Refusal} as `get` does, otherwise. */
export async function orNothing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null
    throw error
  }
}

/** @throws {Refusal} as `get` does. */
export async function post<T>(path: string, body?: unknown): Promise<T> {
  return body === undefined ? ask<T>(path, { method: 'POST' }) : ask<T>(path, withBody('POST', body))
}

/** Sends a file as it is. @throws {Refusal} as `get` does. */
export async function postFile<T>(path: string, file: Blob): Promise<T> {
  const headers = { 'content-type': 'application/octet-stream' }
  return ask<T>(path, { method: 'POST', headers, body: file })
}

/** @throws {Refusal} as `get` does. */
export async function put<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, withBody('PUT', body))
}

/** A record as the API takes it. @throws {Refusal} as `get` does. */
export async function sendRecord<T>(method: 'POST' | 'PUT', path: string, record: MarcRecord): Promise<T> {
  const headers = { 'content-type': 'application/marc-in-json' }
  return ask<T>(path, { method, headers, body: new Blob([Uint8Array.from(encodeJson(record).bytes)]) })
}

const withBody = (method: 'POST' | 'PUT', body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The bytes of a file that the API gives. @throws {Refusal} as `get` does. */
export async function getBytes(path: string): Promise<Blob> {
  return (await answerTo(path, {})).blob()
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await answerTo(path, { ...init, headers: { accept: 'application/json', ...init.headers } })
  return (await response.json()) as T
}

async function answerTo(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    throw away()
  }
  if (!response.ok) {
    const refusal = refusalOf(response.status, await response.text())
    if (refusal.code === 'SIGNED_OUT') document.dispatchEvent(new Event(signedOut))
    throw refusal
  }
  return response
}

/** The refusal that a body of the API's error shape states; a proxy's page states none. */
export function refusalOf(status: number, body: string): Refusal {
  try {
    const parsed = JSON.parse(body) as Partial<ApiError>
    if (typeof parsed.error?.message === 'string') return new Refusal(status, parsed.error)
  } catch {
    // Not ours: answered below.
  }
  return new Refusal(status, { code: `HTTP_${status}`, ...text.errors.unexpected(status) })
}
