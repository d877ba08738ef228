import { holdsNul } from '../marc/file-text.ts'
import { isMmsId, type MmsIdList, readMmsIdList } from './mms-id-list.ts'
import { ImportRefusal } from './refusal.ts'
import { openSource } from './source.ts'
import { storedPath } from './store.ts'

async function bytesOf(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const entry of openSource(path)) {
    for await (const chunk of entry.chunks) chunks.push(chunk)
    break
  }
  return Buffer.concat(chunks)
}

/** Reads a stored list of MMS IDs. @throws {ImportRefusal} where it is not there any more */
export const readStoredList = async (dataDir: string, sha256: string): Promise<MmsIdList> =>
  readMmsIdList(await bytesOf(storedPath(dataDir, sha256)))

/** Looks whether a stored list can be one of bibs at all. @throws {ImportRefusal} NO_BIBS, INVALID_TEXT */
export async function holdToList(
  dataDir: string,
  { sha256, name }: { readonly sha256: string; readonly name: string },
): Promise<void> {
  const bytes = await bytesOf(storedPath(dataDir, sha256))
  const { lines } = readMmsIdList(bytes)
  if (!lines.some(({ text }) => isMmsId(text)))
    throw new ImportRefusal(
      'invalid',
      'NO_BIBS',
      `There is no MMS ID in ${name}.`,
      'Give a list with one MMS ID a line, or a table with a column that its first line calls MMS ID.',
    )
  if (lines.some(({ text }) => holdsNul(text)))
    throw new ImportRefusal(
      'invalid',
      'INVALID_TEXT',
      `${name} is not a file of text: it has NUL characters.`,
      'Save the list as text in UTF-8.',
    )
}
