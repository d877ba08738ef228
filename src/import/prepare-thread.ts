import { fileLimits } from '../marc/frame.ts'
import { openMarc } from '../marc/read.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { prepare } from '../rules/prepare.ts'
import { UnusableRule } from '../rules/ready-rule.ts'
import type { PreparedRecord } from './batch.ts'
import { prepareFrame } from './prepare-frame.ts'
import { ImportRefusal } from './refusal.ts'
import { readEntry } from './source.ts'
import { readThread, serveThread } from './thread.ts'
import { noRecords, type PackedRecords, packRecord, unpackRecords } from './transfer.ts'

/** What is read, and from where on. */
export type ReadRequest = {
  readonly path: string
  /** Name inside the archive, where the file is one. */
  readonly entry: string | null
  readonly profile: RunProfile
  /** Records up to this position are framed and passed over: their ledger rows are there. */
  readonly afterPosition: number
  /** Records in a batch, at most. */
  readonly batch: number
}

/** Bytes of frames in one batch, so that a file of huge records does not make huge batches. */
const batchBytes = 4 * 1024 * 1024

const threadName = 'prepare'

/**
 * Steps 1 and 2 in a thread of their own: opens, frames, decodes and prepares a file, and yields it
 * in batches, in file order.
 *
 * @throws {ImportRefusal} where the stored file is gone, or is not what it was when it was framed
 */
export async function* readPrepared(
  request: ReadRequest,
  signal?: AbortSignal,
): AsyncGenerator<readonly PreparedRecord[]> {
  const batches = readThread<ReadRequest, PackedRecords>(new URL(import.meta.url), threadName, request, {
    megabytes: 192,
    ...(signal ? { signal } : {}),
  })
  for await (const packed of batches) yield unpackRecords(packed, request.profile)
}

const plainRecord: MarcRecord = {
  leader: '00000nam a2200000 i 4500',
  fields: [{ tag: '245', ind1: '0', ind2: '0', subfields: [{ code: 'a', value: 'A title' }] }],
}

await serveThread<ReadRequest, PackedRecords>(threadName, async (request, send) => {
  const { path, entry, profile, afterPosition, batch } = request
  // A profile at fault is the job's failure; found here, or each record would be rejected for it.
  try {
    prepare(plainRecord, profile)
  } catch (error) {
    if (!(error instanceof UnusableRule)) throw error
    throw new ImportRefusal(
      'conflict',
      'INVALID_RULE',
      error.message,
      'Correct it, and submit the files again.',
    )
  }
  const opened = await openMarc(readEntry(path, entry), fileLimits)
  if ('notMarc' in opened)
    throw new ImportRefusal(
      'conflict',
      'STORED_FILE_CHANGED',
      `The stored file is not what it was when the job began: ${opened.notMarc.message}`,
      'Restore the data directory from its backup, or send the file again.',
    )
  let packed = noRecords()
  let count = 0
  let bytes = 0
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk' || frame.position <= afterPosition) continue
      if (count >= batch || (count > 0 && bytes + frame.bytes.length > batchBytes)) {
        await send(packed)
        packed = noRecords()
        count = 0
        bytes = 0
      }
      packRecord(prepareFrame(opened.format, frame, profile), packed)
      count++
      bytes += frame.bytes.length
    }
  }
  if (count > 0) await send(packed)
})
