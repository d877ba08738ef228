import { getZone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { listExports } from '../../import/gateway-export.ts'
import {
  listIntegrationProfiles,
  renewSecret,
  saveIntegrationProfile,
  shippedIntegration,
} from '../../import/integration-profile.ts'
import { sendRecords } from '../../protocols/gateway/client.ts'
import { secretOf } from '../../protocols/gateway/secret.ts'
import type { Gateway } from '../api/gateway.ts'
import { nearAddress } from '../near-address.ts'
import { recordOfFile } from './vendor-files.ts'

/** The gateway of the demo: what it says when it is up, and the secrets that were made for it just now. */
export type DemoGateway = {
  readonly settled: Promise<Gateway>
  readonly secrets: ReadonlyMap<string, string>
}

/** The network, and an institution whose bibs go to the network. */
const destinations: readonly { readonly zone: string; readonly useNetworkZone: boolean }[] = [
  { zone: 'NZ', useNetworkZone: false },
  { zone: 'SALT', useNetworkZone: true },
]

/** A demo is for one machine: whatever the gateway listens on, others are refused. */
const loopback = ['127.0.0.0/8', '::1']

/**
 * Opens the gateway into the zones that have none yet. A secret is known only to who made it: as long as a
 * gateway has exports of the demo to take, each zone gets a new one.
 *
 * @returns the secrets that were made, by zone
 */
export async function openDestinations(db: Database, hasGateway: boolean): Promise<Map<string, string>> {
  const there = await listIntegrationProfiles(db)
  const isRenewed = hasGateway && (await unsent(db)).length > 0
  const secrets = new Map<string, string>()
  for (const { zone: code, useNetworkZone } of destinations) {
    const zone = await getZone(db, code)
    if (there.some((one) => one.zone === code)) {
      if (isRenewed) secrets.set(code, (await renewSecret(db, zone, null)).secret)
      continue
    }
    const { logon, profile } = shippedIntegration(zone)
    const settings = { logon, addresses: loopback, profile: { ...profile, useNetworkZone } }
    const { secret } = await saveIntegrationProfile(db, zone, settings, null)
    if (secret !== null) secrets.set(code, secret)
  }
  return secrets
}

type DemoExport = { readonly zone: string; readonly person: string; readonly position: number }

/** What cataloguers export, from the file of WorldCat updates: new ones, one for both zones, held back, sent again. */
const exported: readonly DemoExport[] = [
  { zone: 'NZ', person: 'maria', position: 14 },
  { zone: 'NZ', person: 'maria', position: 7 },
  { zone: 'SALT', person: 'ines', position: 15 },
  { zone: 'NZ', person: 'tomas', position: 5 },
  { zone: 'NZ', person: 'tomas', position: 11 },
  { zone: 'NZ', person: 'tomas', position: 13 },
  { zone: 'NZ', person: 'maria', position: 14 },
]

/** Every export is a row, a retry too. */
async function unsent(db: Database): Promise<readonly DemoExport[]> {
  return exported.slice((await listExports(db, { limit: exported.length })).length)
}

/**
 * Exports records through the port, as Connexion does, from where an earlier run was cut off. Where the
 * gateway does not listen nothing is sent: a later start does it.
 */
export async function exportRecords(
  db: Database,
  { settled, secrets }: DemoGateway,
  ending: AbortSignal,
): Promise<void> {
  const gateway = await Promise.race([settled, aborted(ending)])
  if (gateway?.status !== 'listening') return
  const { host, port } = gateway
  for (const { zone, person, position } of await unsent(db)) {
    const secret = secrets.get(zone)
    if (secret === undefined || ending.aborted) return
    const record = await recordOfFile('worldcat-updates', position)
    const sent = sendRecords([record], {
      host: nearAddress(host),
      port,
      logon: `${zone}/${person}`,
      password: secretOf(secret),
      retries: 0,
    })
    for await (const { reply, trouble } of sent)
      if (reply === null) throw new Error(`The gateway of the demo did not answer: ${trouble}`)
  }
}

/** A gateway that cannot be started never settles; a server that is stopped does not wait for it. */
const aborted = (ending: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (ending.aborted) resolve(null)
    else ending.addEventListener('abort', () => resolve(null), { once: true })
  })
