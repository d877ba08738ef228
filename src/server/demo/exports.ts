import { getZone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { listExports } from '../../import/gateway-export.ts'
import {
  listIntegrationProfiles,
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

/** Opens the gateway into the zones that have none yet. @returns the secrets that were made, by zone */
export async function openDestinations(db: Database): Promise<Map<string, string>> {
  const there = await listIntegrationProfiles(db)
  const secrets = new Map<string, string>()
  for (const { zone: code, useNetworkZone } of destinations) {
    if (there.some(({ zone }) => zone === code)) continue
    const zone = await getZone(db, code)
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

/**
 * Exports records through the port, as Connexion does. Once only: where there are exports already, where
 * the gateway does not listen or the secrets are not known any more, nothing is sent.
 */
export async function exportRecords(
  db: Database,
  { settled, secrets }: DemoGateway,
  ending: AbortSignal,
): Promise<void> {
  const { status, host, port } = await settled
  if (status !== 'listening' || (await listExports(db, { limit: 1 })).length > 0) return
  for (const { zone, person, position } of exported) {
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
