import { pack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { hash64 } from '../rules/hash.ts'
import { ImportRefusal } from './refusal.ts'

/** A title of a file that is loaded into a collection. */
export type TitleOfFile = {
  /** By what the collection knows it. */
  readonly key: string
  readonly title: string
  /** Where it stands: a line or a record; more where others say more of it. */
  readonly lines: readonly number[]
  /** Its record, packed: all titles of a file are held. */
  readonly packed: string
  readonly url: string | null
  readonly coverage: string | null
  readonly publicNote: string | null
  readonly materialType: string
}

/** What there is to say of a line of a title list, or of a record. */
export type LineNote = {
  readonly line: number
  /** The column of a title list, the field of a record; nothing where all of it is meant. */
  readonly column: string | null
  readonly code: string
  readonly message: string
  readonly remedy: string
}

type NoAddress = LineNote & { readonly code: 'NO_ADDRESS' }

/** Of a title that comes in without an address: its portfolio opens nothing. */
export const noAddress = (line: number, column: 'title_url' | '856'): NoAddress => ({
  line,
  column,
  code: 'NO_ADDRESS',
  message: 'The title has no address: its portfolio is available, and opens nothing.',
  remedy: 'Ask the provider for it and load the file again, or write it into the portfolio.',
})

/** A file for a collection, read: every line or record is in one of the counts. */
export type CollectionFile = {
  readonly format: 'kbart' | 'marc'
  readonly titles: readonly TitleOfFile[]
  /** Titles that it says the provider has no more, and how many records say so. */
  readonly goneKeys: readonly string[]
  readonly deletes: number
  /** What makes no title. */
  readonly rejected: readonly LineNote[]
  /** What does, with something that was read otherwise than it stands there. */
  readonly findings: readonly LineNote[]
  /** Below the heading; or records. */
  readonly lines: number
  readonly blank: number
  /** Of what was rejected, and is about a title all the same: it is not taken for withdrawn. */
  readonly spoiltKeys: readonly string[]
}

/** Titles of a file at most, and characters of their records: they are held while it is loaded. */
const mostTitles = 500_000
const mostCharacters = 512 * 1024 * 1024

/** Takes the titles of a file in, each once. */
export type TitleShelf = {
  readonly titles: ReadonlyMap<string, TitleOfFile>
  /** @throws {ImportRefusal} LIST_TOO_LARGE */
  add(title: Omit<TitleOfFile, 'packed'>, record: MarcRecord): void
}

export function openShelf(): TitleShelf {
  const titles = new Map<string, TitleOfFile>()
  let characters = 0
  return {
    titles,
    add(title, record) {
      const packed = pack(record)
      characters += packed.length
      titles.set(title.key, { ...title, packed })
      holdToLimits(titles.size, characters)
    },
  }
}

/** @throws {ImportRefusal} LIST_TOO_LARGE */
export function holdToLimits(titles: number, characters: number): void {
  if (titles <= mostTitles && characters <= mostCharacters) return
  throw new ImportRefusal(
    'invalid',
    'LIST_TOO_LARGE',
    titles > mostTitles
      ? `The file has more than ${mostTitles} titles.`
      : `The records of the file have more than ${mostCharacters} characters.`,
    'Divide it, and load each part into a collection of its own.',
  )
}

/** A number or a name as a key: what is longer is cut, and told from others by its hash. */
export const shortKey = (text: string): string =>
  text.length <= 150 ? text : `${text.slice(0, 130)} ${hash64(text)}`
