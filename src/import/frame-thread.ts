import type { Format, JunkFrame } from '../marc/frame.ts'
import { openMarc } from '../marc/read.ts'
import { ImportRefusal } from './refusal.ts'
import { openSource, type SourceEntry } from './source.ts'
import { readThread, serveThread } from './thread.ts'

/** Records of a part at most; a part is a piece of a file (D6). */
const partSize = 5000

export type Piece = { readonly first: number; readonly last: number; readonly offset: number }

/** What a file, or one entry of an archive, is made of. */
export type FramedEntry =
  | {
      readonly kind: 'marc'
      /** Name inside an archive; nothing where the file is none. */
      readonly entry: string | null
      readonly format: Format
      readonly bytes: number
      readonly records: number
      readonly junkBytes: number
      readonly pieces: readonly Piece[]
    }
  | { readonly kind: 'not-marc'; readonly entry: string | null; readonly code: string; readonly why: string }

/** Junk is of the entry whose `framed` comes next; a note says what was passed over. */
export type FrameMessage =
  | { readonly junk: readonly JunkFrame[] }
  | { readonly framed: FramedEntry }
  | { readonly note: string }

const threadName = 'frame'

/**
 * Frames a stored file once, in a thread of its own, before any of it is imported: how many records, of
 * which bytes, in which parts, and the junk between them. Junk comes in pieces, so that memory stays flat.
 *
 * @throws {ImportRefusal} where the stored file cannot be read at all; what is wrong with its content is
 *   an entry that is not MARC
 */
export const frameFile = (path: string, signal?: AbortSignal): AsyncGenerator<FrameMessage> =>
  readThread<string, FrameMessage>(new URL(import.meta.url), threadName, path, {
    megabytes: 192,
    ...(signal ? { signal } : {}),
  })

type Send = (message: FrameMessage) => Promise<void>

/** The file's own fault is an outcome; a stored file that is gone or cannot be read is none. */
function refused(entry: string | null, error: unknown): FramedEntry {
  if (!(error instanceof ImportRefusal) || error.kind !== 'invalid') throw error
  return { kind: 'not-marc', entry, code: error.code, why: `${error.message} ${error.remedy}` }
}

/** Junk rows that travel together. */
const junkBatch = 5000

async function frameEntry({ name, chunks }: SourceEntry, send: Send): Promise<FramedEntry> {
  const opened = await openMarc(chunks)
  if ('notMarc' in opened) {
    const { code, message } = opened.notMarc
    return { kind: 'not-marc', entry: name, code, why: message }
  }
  let records = 0
  let bytes = 0
  let junkBytes = 0
  let junk: JunkFrame[] = []
  const pieces: { first: number; last: number; offset: number }[] = []
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk') {
        junk.push(frame)
        junkBytes += frame.length
        bytes += frame.length
        continue
      }
      bytes += frame.bytes.length
      records++
      const piece = pieces.at(-1)
      if (!piece || records - piece.first >= partSize)
        pieces.push({ first: records, last: records, offset: frame.offset })
      else piece.last = records
    }
    if (junk.length >= junkBatch) {
      await send({ junk })
      junk = []
    }
  }
  if (junk.length > 0) await send({ junk })
  return { kind: 'marc', entry: name, format: opened.format, bytes, records, junkBytes, pieces }
}

// Last, since it runs at once in the thread, and all above must be there by then.
await serveThread<string, FrameMessage>(threadName, async (path, send) => {
  const notes: string[] = []
  const sendNotes = async () => {
    for (const note of notes.splice(0)) await send({ note })
  }
  try {
    for await (const source of openSource(path, { say: (note) => void notes.push(note) })) {
      const framed = await frameEntry(source, send).catch((error: unknown) => refused(source.name, error))
      await sendNotes()
      await send({ framed })
    }
  } catch (error) {
    const framed = refused(null, error)
    await sendNotes()
    await send({ framed })
  }
})
