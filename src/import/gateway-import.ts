import { createHash } from 'node:crypto'
import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import { CommitUnknown, isTransient, retrying } from '../db/errors.ts'
import type { GatewayAnswer, GatewayRequest, ImportRecord } from '../protocols/gateway/answer.ts'
import { formatReply } from '../protocols/gateway/reply.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { KeyLookup } from '../rules/match/lookup.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { writeCombined } from './combined-bibs.ts'
import { answerFailure, answerSuccess, answerZone } from './gateway-answer.ts'
import { frameOf } from './gateway-export.ts'
import { closeExportIssues, openExportIssue } from './gateway-issue.ts'
import {
  addExport,
  type Exported,
  findSuccess,
  type Received,
  reserveExport,
  type Success,
} from './gateway-ledger.ts'
import { logOn } from './gateway-logon.ts'
import { letPass, prepareFrame } from './prepare-frame.ts'

/**
 * What stands behind the gateway's socket: one record in, by the same code as the records of files, one
 * answer out, after the commit. The row of the export and its issue are in the transaction of its effects.
 */
export function openGateway(db: Database): ImportRecord {
  return async (request, signal) => {
    try {
      return await importRequest(db, request, signal)
    } catch (error) {
      if (isTransient(error) || error instanceof CommitUnknown)
        return { kind: 'failed', code: 'DATABASE_AWAY' }
      throw error
    }
  }
}

/** Milliseconds that rules may take of a record: all who export wait behind it. */
const patience = 250

async function importRequest(
  db: Database,
  request: GatewayRequest,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const { address, password } = request
  const logon = asText(request.logon)
  const loggedOn = await logOn(db, { logon, password, address })
  if (!loggedOn.ok) {
    if (loggedOn.code !== 'NO_INTEGRATION_PROFILE') return { kind: 'failed', code: loggedOn.code }
    const answer = { kind: 'failed', code: loggedOn.code, zone: answerZone(loggedOn.zone) } as const
    if (loggedOn.isKnown) await keepUnread(db, loggedOn, request, answer)
    return answer
  }
  const { zone, profile, person } = loggedOn
  const record = prepareFrame('iso2709', frameOf(request.record), profile, { wait: patience })
  const bibZone =
    profile.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  const numbers = numbersOf(request.record, record, profile)
  const sent: Sent = {
    ...envelopeOf(request, zone, person),
    ...numbers,
    bibZone,
    profile,
    prepared: record,
  }
  // A commit of unknown outcome is looked for: the second time finds it as the success that it was.
  return retrying(() => importOnce(db, sent), { attempts: 2, signal, findsItsOwnEffects: true })
}

type Sent = Received & {
  readonly profile: RunProfile
  readonly prepared: PreparedRecord
  /** All numbers of the record that are looked up, cancelled ones among them. */
  readonly allKeys: readonly string[]
}

/** U+0000 is no text to PostgreSQL, and no part of a logon. */
const asText = (text: string) => text.replaceAll('\0', '\ufffd')

function envelopeOf(request: GatewayRequest, zone: Zone, person: string | null) {
  const oclcUser = asText(request.user)
  const logon = asText(request.logon)
  return {
    zone,
    logon,
    oclcUser,
    sentBy: person ?? (oclcUser || logon),
    address: request.address,
    header: asText(request.header),
    bytes: request.record,
    sha256: createHash('sha256').update(request.record).digest('hex'),
  }
}

/**
 * What a record is known by. Of one that is out before its keys were derived they are derived as if it had
 * passed, so that a later export of the same record finds its issue.
 */
function numbersOf(
  bytes: Uint8Array,
  { prepared }: PreparedRecord,
  profile: RunProfile,
): Pick<Sent, 'title' | 'oclcNumber' | 'ownKeys' | 'allKeys'> {
  const read =
    prepared.status === 'ready'
      ? prepared
      : prepareFrame('iso2709', frameOf(bytes), letPass(profile), { wait: patience }).prepared
  if (read.status === 'out') return { title: read.title, oclcNumber: null, ownKeys: [], allKeys: [] }
  const { derived, steps } = read.ready
  const lookups = steps.flatMap((step) => step.lookups).filter((lookup) => lookup.kind !== 'mms')
  const isOwn = ({ origin }: (typeof lookups)[number]) => origin !== 'z' && origin !== '019'
  const oclc = lookups.filter((lookup) => lookup.kind === 'oclc' && lookup.origin === 'a')
  return {
    title: derived.title,
    oclcNumber: derived.keys.find(({ kind, origin }) => kind === 'oclc' && origin === 'a')?.value ?? null,
    ownKeys: namesOf(oclc.length > 0 ? oclc : lookups.filter(isOwn)),
    allKeys: namesOf(lookups),
  }
}

/** Many records share a title proper, and few the rest of the title and the year besides. */
const namesOf = (lookups: readonly KeyLookup[]) => [
  ...new Set(
    lookups.map(({ kind, value, origin }) =>
      kind === 'title' ? `${kind}:${value}/${origin}` : `${kind}:${value}`,
    ),
  ),
]

/** The same export has been imported by another process while this one waited for the record's keys. */
class AlreadyImported extends Error {
  override name = 'AlreadyImported'
}

async function importOnce(db: Database, sent: Sent): Promise<GatewayAnswer> {
  const replayed = await replay(db, sent)
  if (replayed) return replayed
  const run: BatchRun = {
    profile: sent.profile,
    bibZone: sent.bibZone,
    inventoryZone: sent.zone,
    by: sent.sentBy,
    job: null,
    mode: 'apply',
  }
  let answer: GatewayAnswer | undefined
  try {
    await importBatch(db, run, [sent.prepared], async (tx, [result]) => {
      if (!result) throw new Error('the record of an export came to no result')
      answer = await keepResult(tx, sent, result)
    })
  } catch (error) {
    const meanwhile = error instanceof AlreadyImported ? await replay(db, sent) : null
    if (meanwhile) return meanwhile
    throw error
  }
  if (!answer) throw new Error('an export was imported and has no answer')
  return answer
}

/** D23: a success is told again, and nothing is done again. */
async function replay(db: Database, sent: Sent): Promise<GatewayAnswer | null> {
  const success = await findSuccess(db, sent)
  if (!success) return null
  return db.transaction(async (tx) => {
    const answer = await answerSuccess(tx, sent, success, true)
    await addExport(tx, await reserveExport(tx), sent, {
      ...success,
      code: null,
      reply: formatReply(answer),
      replayOf: success.id,
    })
    return answer
  })
}

async function keepResult(tx: Tx, sent: Sent, result: BatchResult): Promise<GatewayAnswer> {
  const success = successOf(result)
  if (success && (await findSuccess(tx, sent))) throw new AlreadyImported()
  const id = await reserveExport(tx)
  const issue = success ? null : await openExportIssue(tx, id, sent, result)
  const answer = success
    ? await answerSuccess(tx, sent, success, false)
    : await answerFailure(tx, sent, sent.profile, result, issue)
  const exported: Exported = { ...result, reply: formatReply(answer), replayOf: null }
  await addExport(tx, id, sent, exported)
  await writeCombined(tx, [result], () => ({ export: id }))
  if (success) await closeExportIssues(tx, sent, success)
  return answer
}

function successOf({ outcome, mmsId, ...result }: BatchResult): Omit<Success, 'id'> | null {
  const isSuccess =
    outcome === 'created' || outcome === 'merged' || outcome === 'overlaid' || outcome === 'unchanged'
  return isSuccess && mmsId !== null ? { ...result, outcome, mmsId } : null
}

/** A record that came by the right secret while the profile was not active: kept, and not looked at. */
const keepUnread = (
  db: Database,
  { zone, person }: { readonly zone: Zone; readonly person: string | null },
  request: GatewayRequest,
  answer: GatewayAnswer,
): Promise<void> =>
  db.transaction(async (tx) => {
    const unread = { bibZone: zone, title: '', oclcNumber: null, ownKeys: [] }
    await addExport(
      tx,
      await reserveExport(tx),
      { ...envelopeOf(request, zone, person), ...unread },
      {
        outcome: null,
        code: 'NO_INTEGRATION_PROFILE',
        mmsId: null,
        versionBefore: null,
        versionAfter: null,
        linkedMmsId: null,
        trace: null,
        reply: formatReply(answer),
        replayOf: null,
      },
    )
  })
