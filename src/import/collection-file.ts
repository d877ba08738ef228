import { openKbart } from '../marc/kbart/decode.ts'
import { openMarc } from '../marc/read.ts'
import { sniff, sniffed } from '../marc/sniff.ts'
import { type Utf16, utf16Of } from '../marc/utf16.ts'
import { readRecords } from './collection-records.ts'
import type { CollectionFile } from './collection-titles.ts'
import { ImportRefusal } from './refusal.ts'
import { readTitleList } from './title-list-lines.ts'

/**
 * Reads a file for a collection: a title list (KBART) or MARC records, told by its content.
 *
 * @throws {ImportRefusal} NOT_KBART, NO_TITLES, LIST_TOO_LARGE
 */
export async function readCollectionFile(
  collectionId: string,
  file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<CollectionFile> {
  const { head, whole } = await peek(file)
  const found = sniff(head)
  const read = 'format' in found ? await readMarc(collectionId, whole) : await readKbart(collectionId, whole)
  const { titles, goneKeys, rejected, lines } = read
  if (titles.length === 0 && goneKeys.length === 0)
    throw new ImportRefusal(
      'invalid',
      'NO_TITLES',
      `The file has no title that can be read: ${rejected.length} of ${lines} ${read.format === 'kbart' ? 'lines' : 'records'} were rejected${rejected[0] ? `. Of the first: ${rejected[0].message}` : '.'}`,
      'Nothing is withdrawn by an empty list; look whether it is the right file.',
    )
  return read

  async function readKbart(id: string, pieces: AsyncIterable<Uint8Array>): Promise<CollectionFile> {
    const utf16 = utf16Of(head)
    const opened = await openKbart(utf16 === null ? pieces : asUtf8(pieces, utf16))
    if ('lines' in opened) return readTitleList(id, opened.lines)
    const { message, remedy } = opened.notKbart
    const isTable = 'notMarc' in found && ['TABLE', 'TEXT', 'EMPTY'].includes(found.notMarc.code)
    const why = 'notMarc' in found && !isTable ? found.notMarc.message : message
    throw new ImportRefusal('invalid', 'NOT_KBART', why, remedy)
  }
}

async function* asUtf8(pieces: AsyncIterable<Uint8Array>, encoding: Utf16): AsyncGenerator<Uint8Array> {
  const utf8 = new TextEncoder()
  const decoder = new TextDecoder(encoding)
  for await (const piece of pieces) yield utf8.encode(decoder.decode(piece, { stream: true }))
  yield utf8.encode(decoder.decode())
}

async function readMarc(id: string, pieces: AsyncIterable<Uint8Array>): Promise<CollectionFile> {
  const opened = await openMarc(pieces)
  if ('notMarc' in opened)
    throw new ImportRefusal('invalid', 'NOT_KBART', opened.notMarc.message, 'Send MARC or KBART.')
  return readRecords(id, opened)
}

/** The first bytes of a file, and all of it once more. */
async function peek(
  file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly whole: AsyncIterable<Uint8Array> }> {
  const source = (async function* () {
    yield* file
  })()
  const first: Uint8Array[] = []
  let size = 0
  while (size < sniffed) {
    const next = await source.next()
    if (next.done === true) break
    first.push(next.value)
    size += next.value.length
  }
  const whole = (async function* () {
    yield* first
    yield* source
  })()
  return { head: Buffer.concat(first), whole }
}
