import type { Problem } from './api/error.ts'

export type RefusalDetails = {
  readonly remedy?: string
  /** The part of the request that is meant. */
  readonly field?: string
  readonly problems?: readonly Problem[]
  /** The methods that the address takes, of a 405. */
  readonly allow?: string
}

/** A request that is answered with an error of the API's shape; the message is for people. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 422
  readonly code: string
  readonly details: RefusalDetails

  constructor(status: Refusal['status'], code: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** @throws {Refusal} always */
export function notFound(message: string, remedy?: string): never {
  throw new Refusal(404, 'NOT_FOUND', message, remedy === undefined ? {} : { remedy })
}
