import { decodeFrame, openMarc } from '../marc/read.ts'
import type { Field, MarcRecord } from '../marc/record.ts'
import { parseField } from '../rules/field-text.ts'
import { ImportRefusal } from './refusal.ts'

/** The leader of a record whose lines have none: a full record of a book. */
const plainLeader = '00000nam a2200000 i 4500'

/**
 * One record from text as people have it at hand: MARCXML, MARC-in-JSON, mnemonic text or ISO 2709, of which
 * the first record is taken; or a field a line as `formatField` writes it, with `LDR` in front or without.
 *
 * @throws {ImportRefusal} NOT_A_RECORD, with the line at fault where it is lines
 */
export async function recordOfText(text: string): Promise<MarcRecord> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > 0 && lines.every(isLine)) return recordOfLines(lines)
  const opened = await openMarc(onePiece(Buffer.from(text)))
  if ('notMarc' in opened) {
    const wrong = lines.findIndex((line) => !isLine(line))
    throw notARecord(
      wrong > 0
        ? `In line ${wrong + 1} of the record there is no field: ${(lines[wrong] ?? '').slice(0, 60)}`
        : opened.notMarc.message,
    )
  }
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      const decoded = decodeFrame(opened.format, frame, 'repair')
      if (decoded.ok) return decoded.record
      throw notARecord(decoded.rejected.message)
    }
  }
  throw notARecord('There is no record in the text.')
}

const isLine = (line: string): boolean => line.startsWith('LDR ') || parseField(line) !== null

function recordOfLines(lines: readonly string[]): MarcRecord {
  const leader = lines.find((line) => line.startsWith('LDR '))?.slice(4) ?? plainLeader
  if (leader.length !== 24)
    throw notARecord(`The leader of the record has ${leader.length} characters, and not 24.`)
  const fields = lines.flatMap((line): readonly Field[] =>
    line.startsWith('LDR ') ? [] : [parseField(line) ?? []].flat(),
  )
  return { leader, fields }
}

const notARecord = (message: string) =>
  new ImportRefusal(
    'invalid',
    'NOT_A_RECORD',
    message,
    'Give MARCXML, MARC-in-JSON, mnemonic text, or a field a line: 245 10 $a Emma / $c Jane Austen.',
  )

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
