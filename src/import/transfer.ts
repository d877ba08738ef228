import type { Repair } from '../marc/frame.ts'
import type { Derived } from '../rules/bib-state.ts'
import type { Carrier } from '../rules/match/carrier.ts'
import type { Heading, HeadingKind } from '../rules/headings.ts'
import type { KeyKind, MatchKey } from '../rules/match/match-key.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import type { WantedInventory } from '../rules/inventory/wanted.ts'
import type { MatchFeatures } from '../rules/match/match-features.ts'
import { type Prepared, type ReadyRecord, stepsOf } from '../rules/prepare.ts'
import type { PreparedRecord } from './batch.ts'

/*
 * Prepared records on their way between threads. A record is some forty small objects, and to clone
 * those costs as much as to decode it; two flat lists of texts and numbers cost a third.
 */

export type PackedRecords = {
  readonly texts: (string | null)[]
  readonly numbers: number[]
  /** What most records do not have. */
  readonly repairs: (readonly Repair[])[]
  readonly out: Exclude<Prepared, { status: 'ready' }>[]
}

export const noRecords = (): PackedRecords => ({ texts: [], numbers: [], repairs: [], out: [] })

/** Adds a record. Packed at once its objects die young; kept until there is a batch they would be moved about twice. */
export function packRecord(
  { position, offset, length, hash, repairs, prepared }: PreparedRecord,
  packed: PackedRecords,
): void {
  packed.texts.push(hash)
  packed.numbers.push(position, offset, length, repairs.length, prepared.status === 'ready' ? 1 : 0)
  if (repairs.length > 0) packed.repairs.push(repairs)
  if (prepared.status === 'ready') packReady(prepared.ready, packed)
  else packed.out.push(prepared)
}

function packReady(ready: ReadyRecord, { texts, numbers }: PackedRecords): void {
  const { leader, body, controlNumber, originatingNumber, version005, method, carrier, sourceHash } = ready
  texts.push(leader, body, controlNumber, originatingNumber, version005, method, carrier, sourceHash)
  // Most methods have none; as JSON they are one text, which costs less than their objects.
  texts.push(ready.features && JSON.stringify(ready.features))
  texts.push(ready.inventory && JSON.stringify(ready.inventory))
  numbers.push(ready.briefLevel, ready.isDelete ? 1 : 0)
  const { keys, headings, words, title, facets } = ready.derived
  texts.push(words, title, facets, ...ready.normalized, ...ready.problems)
  numbers.push(ready.normalized.length, ready.problems.length, keys.length, headings.length)
  for (const { kind, value, origin } of keys) texts.push(kind, value, origin)
  for (const { kind, form, sortForm, tag } of headings) texts.push(kind, form, sortForm, tag)
}

/** The records that were packed, in order, with the steps by which the profile matches them. */
export function unpackRecords(packed: PackedRecords, profile: ImportProfile): PreparedRecord[] {
  const records: PreparedRecord[] = []
  const reading = read(packed)
  for (let at = 0, repaired = 0, out = 0; !reading.isDone(); at++) {
    const hash = reading.text()
    const position = reading.number()
    const offset = reading.number()
    const length = reading.number()
    const repairs = reading.number() > 0 ? (packed.repairs[repaired++] ?? []) : []
    const prepared =
      reading.number() === 1
        ? { status: 'ready' as const, ready: unpackReady(reading, profile) }
        : (packed.out[out++] as PackedRecords['out'][number])
    records[at] = { position, offset, length, hash, repairs, prepared }
  }
  return records
}

type Reading = ReturnType<typeof read>

function read({ texts, numbers }: PackedRecords) {
  let text = 0
  let number = 0
  const next = (): string => texts[text++] as string
  return {
    isDone: () => number >= numbers.length,
    number: (): number => numbers[number++] as number,
    text: next,
    textOrNull: (): string | null => texts[text++] ?? null,
    texts: (count: number): string[] => Array.from({ length: count }, next),
  }
}

function unpackReady(reading: Reading, profile: ImportProfile): ReadyRecord {
  const { text, textOrNull, number, texts } = reading
  const leader = text()
  const body = text()
  const controlNumber = textOrNull()
  const originatingNumber = textOrNull()
  const version005 = textOrNull()
  const method = text()
  const carrier = text() as Carrier
  const sourceHash = text()
  const packedFeatures = textOrNull()
  const features = packedFeatures === null ? null : (JSON.parse(packedFeatures) as MatchFeatures)
  const packedInventory = textOrNull()
  const inventory = packedInventory === null ? null : (JSON.parse(packedInventory) as WantedInventory)
  const briefLevel = number()
  const isDelete = number() === 1
  const words = text()
  const title = text()
  const facets = text()
  const normalized = texts(number())
  const problems = texts(number())
  const derived = { words, title, facets, ...unpackDerived(reading) }
  return {
    leader,
    body,
    controlNumber,
    originatingNumber,
    version005,
    derived,
    steps: stepsOf(profile, { leader, controlNumber, derived, features }),
    method,
    features,
    briefLevel,
    carrier,
    isDelete,
    sourceHash,
    normalized,
    problems,
    inventory,
  }
}

function unpackDerived({ text, number }: Reading): Pick<Derived, 'keys' | 'headings'> {
  const keys: MatchKey[] = new Array(number())
  const headings: Heading[] = new Array(number())
  for (let at = 0; at < keys.length; at++)
    keys[at] = { kind: text() as KeyKind, value: text(), origin: text() }
  for (let at = 0; at < headings.length; at++)
    headings[at] = { kind: text() as HeadingKind, form: text(), sortForm: text(), tag: text() }
  return { keys, headings }
}
