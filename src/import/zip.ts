import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import {
  damaged,
  encrypted,
  noEntries,
  officeDocument,
  tooManyEntries,
  unknownMethod,
  type Unpacking,
  withinLimits,
} from './archive.ts'
import { inflate, openInput } from './unpack.ts'

/** A file in a zip; its name is a name and never a path. */
export type ZipEntry = { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }

/**
 * The files of a zip in the order of its directory, each unpacked as it is read. Names that come twice are
 * numbered. Folders and what a Mac or Windows adds for itself are left out, and `say` is told.
 *
 * What is wrong with one entry is thrown by its chunks, and its neighbours are read all the same.
 *
 * @throws {ImportRefusal} where the archive as a whole cannot be read or has too many entries
 */
export async function* openZip(
  path: string,
  unpacking: Unpacking,
  say: (note: string) => void,
): AsyncGenerator<ZipEntry> {
  const zip = await openPromise(path, {
    autoClose: false,
    decodeStrings: false,
    validateEntrySizes: false,
  }).catch((error: unknown) => {
    throw asDamage(error)
  })
  try {
    if (zip.entryCount > unpacking.limits.entries) throw tooManyEntries(zip.entryCount, unpacking.limits)
    const files: { name: string; entry: Entry }[] = []
    const passed: string[] = []
    for (const entry of await listEntries(zip)) {
      const name = nameOf(entry)
      if (name === '[Content_Types].xml' || (name === 'mimetype' && files.length === 0))
        throw officeDocument()
      if (isOfNoUse(name)) passed.push(name)
      else files.push({ name: unlike(name, files), entry })
    }
    if (passed.length > 0)
      say(`Passed over in the archive, as folders or files of a system: ${inBrief(passed)}.`)
    if (files.length === 0) throw noEntries()
    for (const { name, entry } of files) yield { name, chunks: unpackEntry(zip, name, entry, unpacking) }
  } finally {
    zip.close()
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  try {
    return await Array.fromAsync(zip.eachEntry())
  } catch (error) {
    throw asDamage(error)
  }
}

/** The reader's own errors have no code, those of the file system have one. */
function asDamage(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error) return error
  if (error.message.startsWith('strong encryption')) return encrypted('The archive')
  return damaged('The archive', 'is cut off or damaged: its directory cannot be read')
}

/** As it is written there, in UTF-8 or code page 437; control characters, which no database takes, are marked. */
const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry) =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false).replace(
    /[\0-\x1f\x7f]/g,
    '\ufffd',
  )

const isOfNoUse = (name: string) =>
  name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/.test(name)

function unlike(name: string, files: readonly { readonly name: string }[]): string {
  let unique = name
  for (let number = 2; files.some((file) => file.name === unique); number++) unique = `${name} (${number})`
  return unique
}

const inBrief = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')

async function* unpackEntry(
  zip: ZipFile,
  name: string,
  entry: Entry,
  unpacking: Unpacking,
): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw encrypted(name)
  const { compressionMethod: method, compressedSize, uncompressedSize } = entry
  if (method !== 0 && method !== 8) throw unknownMethod(name, methods.get(method) ?? `number ${method}`)
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false }).catch((error: unknown) => {
    throw asDamage(error) === error ? error : damaged(name, 'is not where the directory of the archive says')
  })
  try {
    const unpacked = method === 8 ? inflate(openInput(packed), name) : packed
    let size = 0
    let checksum = 0
    for await (const chunk of withinLimits(unpacked, name, compressedSize, unpacking)) {
      size += chunk.length
      checksum = crc32(chunk, checksum)
      if (size > uncompressedSize)
        throw damaged(name, `unpacks to more than the ${uncompressedSize} bytes that its header says`)
      yield chunk
    }
    if (size < uncompressedSize)
      throw damaged(name, `unpacks to ${size} bytes, where its header says ${uncompressedSize}`)
    if (checksum !== entry.crc32)
      throw damaged(name, 'is damaged: it does not unpack to what its checksum says')
  } finally {
    packed.destroy()
  }
}

const methods = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'xz'],
  [98, 'PPMd'],
])
