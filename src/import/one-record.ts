import type { Format, RecordFrame } from '../marc/frame.ts'
import { encodeMrk } from '../marc/mrk/encode.ts'
import { openMarc } from '../marc/read.ts'
import { recordOfText } from './record-of-text.ts'
import { ImportRefusal } from './refusal.ts'

/**
 * The one record that was sent, as a frame of a file: any serialisation, as text also a field a line.
 *
 * @throws {ImportRefusal} NOT_A_RECORD, SEVERAL_RECORDS
 */
export async function frameOf(
  record: string | Uint8Array,
): Promise<{ readonly format: Format; readonly frame: RecordFrame }> {
  const bytes = typeof record === 'string' ? Buffer.from(record) : record
  const opened = await openMarc(onePiece(bytes))
  if ('notMarc' in opened) {
    if (typeof record !== 'string')
      throw new ImportRefusal('invalid', 'NOT_A_RECORD', opened.notMarc.message, 'Send a record of MARC.')
    return frameOf(encodeMrk(await recordOfText(record)).bytes)
  }
  let found: RecordFrame | null = null
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      if (found)
        throw new ImportRefusal(
          'invalid',
          'SEVERAL_RECORDS',
          'There is more than one record.',
          'Send one at a time.',
        )
      found = frame
    }
  }
  if (!found)
    throw new ImportRefusal('invalid', 'NOT_A_RECORD', 'There is no record.', 'Send a record of MARC.')
  return { format: opened.format, frame: found }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
