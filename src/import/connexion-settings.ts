import { hostname } from 'node:os'
import type { IntegrationProfile } from './integration-profile.ts'

/** A line of Connexion's dialogs, as it is to be filled in. */
export type ConnexionSetting = { readonly name: string; readonly value: string }

/**
 * What a cataloguer types into Connexion for a zone, in the order of its dialogs: Tools > Options > Export,
 * a destination of the type OCLC Gateway Export, then the record characteristics and the batch options.
 */
export const connexionSettings = (
  { zone, logon }: Pick<IntegrationProfile, 'zone' | 'logon'>,
  { host, port }: { readonly host: string; readonly port: number },
): readonly ConnexionSetting[] => [
  { name: 'Destination', value: 'OCLC Gateway Export' },
  { name: 'Name', value: `Gateway Export: ${zone}` },
  // A gateway that listens on all addresses is reached by the name of its machine.
  { name: 'Host Name', value: host === '0.0.0.0' || host === '::' ? hostname() : host },
  { name: 'Port', value: String(port) },
  { name: 'Login ID', value: logon },
  { name: 'Password', value: 'the secret, as it was shown when it was made' },
  { name: 'Notify Host Before Disconnect', value: 'checked' },
  { name: 'Timeout', value: '100' },
  { name: 'Retries', value: '3' },
  { name: 'Delay', value: '0' },
  { name: 'Send Local System Logon ID and Password', value: 'checked' },
  { name: 'Record Standard', value: 'MARC 21' },
  { name: 'Character Set', value: 'UTF-8 Unicode' },
  { name: 'Perform local actions in batch: Bibliographic Record Export', value: 'unchecked' },
]
