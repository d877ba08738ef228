import { isAllowed } from '../import/gateway-logon.ts'
import { encodeIso2709 } from '../marc/iso2709/encode.ts'
import { sendRecords } from '../protocols/gateway/client.ts'
import { secretOf } from '../protocols/gateway/secret.ts'
import type { Gateway } from './api/gateway.ts'
import type { TriedDestination } from './api/integration-profile.ts'
import { nearAddress } from './near-address.ts'

export type Destination = {
  readonly logon: string
  readonly password: string
  /** Who tries it. */
  readonly user: string
  /** The addresses that the profile allows; none are all. */
  readonly addresses: readonly string[]
}

/** An authority record: whoever is let in is told that it is not imported, and nothing comes of it. */
const trialRecord = encodeIso2709({
  leader: '00000nz  a2200000n  4500',
  fields: [
    { tag: '001', value: 'trial' },
    {
      tag: '245',
      ind1: '0',
      ind2: '0',
      subfields: [{ code: 'a', value: 'Trial of this destination' }],
    },
  ],
}).bytes

const passed = 'Import Failed: NOT_A_BIB'

/** In milliseconds. */
const patience = 10_000

/** Talks to the gateway's port as Connexion does, and says what that shows. */
export async function tryDestination(
  { status, host, port, why }: Pick<Gateway, 'status' | 'host' | 'port' | 'why'>,
  { logon, password, user, addresses }: Destination,
): Promise<TriedDestination> {
  if (status !== 'listening')
    return { works: false, reply: null, why: why ?? 'The gateway does not listen.', milliseconds: 0 }
  const near = nearAddress(host)
  const destination = { host: near, port, logon, user, password: secretOf(password) }
  const options = { ...destination, timeoutMs: patience, retries: 0 }
  for await (const { reply, trouble, ms } of sendRecords([trialRecord], options)) {
    const milliseconds = Math.round(ms)
    if (reply === null)
      return {
        works: false,
        reply,
        why: `Nothing came back from ${near}, port ${port}: ${trouble}`,
        milliseconds,
      }
    return { works: reply.startsWith(passed), reply, why: meaningOf(reply, near, addresses), milliseconds }
  }
  throw new Error('a record was sent, and nothing said of it')
}

function meaningOf(reply: string, near: string, addresses: readonly string[]): string {
  if (reply.startsWith(passed))
    return 'The destination works: logon and secret are right, and the profile is active. A record that is no bib was sent for the trial, and left out.'
  const isOutside = !isAllowed(near, addresses)
  return isOutside
    ? `The trial was refused since it came from ${near}, and the profile allows ${addresses.join(', ')} only. Try from Connexion.`
    : 'The gateway answered, and would not import a record.'
}
