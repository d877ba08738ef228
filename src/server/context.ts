import type { Database, ServerAddress } from '../db/database.ts'
import type { Gateway } from './api/gateway.ts'

/** What the routes work with. */
export type ServerContext = {
  readonly db: Database
  /** Where that database is, for processes with a connection of their own. */
  readonly address: ServerAddress | string
  /** Where uploaded files are stored. */
  readonly dataDir: string
  readonly version: string
  readonly demo: boolean
  /** Who is noted as having done what comes in here: there is no sign-in, and only this machine is listened to. */
  readonly person: string
  /** The built web part. */
  readonly webDir: string
  /** The OCLC gateway as it is now. */
  readonly gateway: () => Gateway
  /** Secrets that the demo made for the gateway, by zone, until they are shown; none outside the demo. */
  readonly demoSecrets?: Map<string, string>
  /** Names, besides this machine's own, that a request may address the server by. */
  readonly hosts: readonly string[]
}
