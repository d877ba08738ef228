import { isUtf8 } from 'node:buffer'
import type { Repair } from '../marc/frame.ts'
import { decodeFrame } from '../marc/read.ts'
import type { MarcRecord } from '../marc/record.ts'
import { frameOf } from './one-record.ts'
import { ImportRefusal } from './refusal.ts'

/**
 * The one record that a person or a program has sent, with what had to be mended in it.
 *
 * @throws {ImportRefusal} NOT_A_RECORD, SEVERAL_RECORDS, and why bytes are no record
 */
export async function readRecord(
  bytes: Uint8Array,
): Promise<{ readonly record: MarcRecord; readonly repairs: readonly Repair[] }> {
  // Text may also be a field a line.
  const { format, frame } = await frameOf(isUtf8(bytes) ? Buffer.from(bytes).toString() : bytes)
  const decoded = decodeFrame(format, frame, 'repair')
  if (decoded.ok) return { record: decoded.record, repairs: decoded.repairs }
  const { code, message } = decoded.rejected
  throw new ImportRefusal('invalid', code, message, 'Send one record of MARC that is whole.')
}
