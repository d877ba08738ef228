import { ImportRefusal } from './refusal.ts'

/** Why an archive, or an entry of one, is refused. Shown to people, and never renamed. */
export type ArchiveCode =
  | 'ARCHIVE_RATIO'
  | 'ARCHIVE_SIZE'
  | 'ARCHIVE_ENTRIES'
  | 'ARCHIVE_DAMAGED'
  | 'ARCHIVE_ENCRYPTED'
  | 'ARCHIVE_METHOD'
  | 'ARCHIVE_EMPTY'
  | 'SPREADSHEET'

/** D39: what is unpacked at most. */
export type ArchiveLimits = {
  /** Bytes that one packed byte may unpack to. */
  readonly ratio: number
  /** Bytes of everything in one archive, unpacked. */
  readonly unpacked: number
  /** Entries of one archive, folders and hidden ones counted. */
  readonly entries: number
}

export const archiveLimits: ArchiveLimits = { ratio: 100, unpacked: 10 * 1024 ** 3, entries: 1000 }

/** Up to here no ratio is asked: a page of blanks packs better than any bomb, and does no harm. */
const harmless = 1024 * 1024

/** What has come out of one archive so far, as it was counted: what its headers say is nobody's promise. */
export type Unpacking = {
  readonly limits: ArchiveLimits
  /** Bytes of the whole stored file. */
  readonly packed: number
  /** Of the entries that kept to the limits. */
  unpacked: number
}

/**
 * Passes on what is unpacked while it keeps to the limits, its own and those of the whole archive: entries
 * that share their packed bytes are each small, and their sum is not.
 *
 * @throws {ImportRefusal} ARCHIVE_RATIO or ARCHIVE_SIZE
 */
export async function* withinLimits(
  chunks: AsyncIterable<Uint8Array>,
  what: string,
  packed: number,
  whole: Unpacking,
): AsyncGenerator<Uint8Array> {
  const { limits } = whole
  let unpacked = 0
  for await (const chunk of chunks) {
    unpacked += chunk.length
    const inAll = whole.unpacked + unpacked
    if (isBomb(unpacked, packed, limits) || isBomb(inAll, whole.packed, limits)) throw bomb(what, limits)
    if (inAll > limits.unpacked) throw tooMuch(what, limits)
    yield chunk
  }
  whole.unpacked += unpacked
}

const isBomb = (unpacked: number, packed: number, { ratio }: ArchiveLimits) =>
  unpacked > harmless && unpacked > ratio * packed

const bomb = (what: string, { ratio }: ArchiveLimits) =>
  refusal(
    'ARCHIVE_RATIO',
    `${what} unpacks to more than ${ratio} times its packed size, the limit for archives.`,
    'Check where it comes from. If it is sound, unpack it and send the files themselves.',
  )

const tooMuch = (what: string, { unpacked }: ArchiveLimits) =>
  refusal(
    'ARCHIVE_SIZE',
    `With ${what} the archive unpacks to more than ${inGigabytes(unpacked)}, the limit for archives.`,
    'Split it into several archives.',
  )

const inGigabytes = (bytes: number) => `${Math.round((bytes / 1024 ** 3) * 1000) / 1000} GB`

export const tooManyEntries = (count: number, { entries }: ArchiveLimits): ImportRefusal =>
  refusal(
    'ARCHIVE_ENTRIES',
    `The archive has ${count} entries, folders and hidden ones counted; the limit is ${entries}.`,
    'Split it into several archives.',
  )

/** Cut off, overwritten, changed by a transfer in text mode. `how` ends the sentence that `what` begins. */
export const damaged = (what: string, how: string): ImportRefusal =>
  refusal('ARCHIVE_DAMAGED', `${what} ${how}.`, 'Fetch it again from its source, in binary mode.')

export const encrypted = (what: string): ImportRefusal =>
  refusal('ARCHIVE_ENCRYPTED', `${what} is encrypted.`, 'Unpack it with its password and send the files.')

export const unknownMethod = (what: string, method: string): ImportRefusal =>
  refusal(
    'ARCHIVE_METHOD',
    `${what} is packed by a method that is not read here (${method}).`,
    'Pack it with the usual method (Deflate), or send the file unpacked.',
  )

export const noEntries = (): ImportRefusal =>
  refusal('ARCHIVE_EMPTY', 'The archive has no files in it.', 'Export or download it again.')

/** A document whose file is a zip of its pieces. */
export const officeDocument = (): ImportRefusal =>
  refusal('SPREADSHEET', 'This is an Office document or an e-book, not MARC.', 'Export the records as MARC.')

const refusal = (code: ArchiveCode, message: string, remedy: string) =>
  new ImportRefusal('invalid', code, message, remedy)
