import { packField } from '../marc/packed.ts'
import type { Field, MarcRecord } from '../marc/record.ts'

/** One field as it was and as it is. Places are positions among the fields of the two records; nothing where it is not there. */
export type FieldDiff = {
  readonly change: 'same' | 'added' | 'removed' | 'changed'
  /** `LDR` for the leader, which is given as a control field. */
  readonly tag: string
  readonly before: Field | null
  readonly after: Field | null
  readonly placeBefore: number | null
  readonly placeAfter: number | null
}

/**
 * What differs between two records, field by field, in the order of the later one with the removed
 * fields among it by their tags. Equal fields are paired wherever they stand; of the others, those of
 * a tag that share the most words are one changed field. The leader's lengths do not count.
 */
export function diffRecords(a: MarcRecord, b: MarcRecord): FieldDiff[] {
  const pairs = pairEqual(a.fields, b.fields)
  pairChanged(a.fields, b.fields, pairs)
  const taken = new Set(pairs)
  const removed = a.fields.flatMap((_, place) => (taken.has(place) ? [] : [place]))
  const diffs: FieldDiff[] = [leaderDiff(a.leader, b.leader)]
  let next = 0
  const passRemoved = (upTo: string | null) => {
    for (; next < removed.length; next++) {
      const place = removed[next] as number
      const field = a.fields[place] as Field
      if (upTo !== null && field.tag >= upTo) return
      diffs.push({
        change: 'removed',
        tag: field.tag,
        before: field,
        after: null,
        placeBefore: place,
        placeAfter: null,
      })
    }
  }
  b.fields.forEach((after, placeAfter) => {
    passRemoved(after.tag)
    const place = pairs[placeAfter] as number
    if (place === -1) {
      diffs.push({ change: 'added', tag: after.tag, before: null, after, placeBefore: null, placeAfter })
      return
    }
    const before = a.fields[place] as Field
    const change = packField(before) === packField(after) ? 'same' : 'changed'
    diffs.push({ change, tag: after.tag, before, after, placeBefore: place, placeAfter })
  })
  passRemoved(null)
  return diffs
}

function leaderDiff(before: string, after: string): FieldDiff {
  const same = before.slice(5, 12) === after.slice(5, 12) && before.slice(17) === after.slice(17)
  return {
    change: same ? 'same' : 'changed',
    tag: 'LDR',
    before: { tag: 'LDR', value: before },
    after: { tag: 'LDR', value: after },
    placeBefore: null,
    placeAfter: null,
  }
}

/** For each field of `b`, the place of the equal field of `a`, each used once; -1 without one. */
function pairEqual(a: readonly Field[], b: readonly Field[]): number[] {
  const places = new Map<string, number[]>()
  a.forEach((field, place) => {
    const content = packField(field)
    const equal = places.get(content)
    if (equal) equal.push(place)
    else places.set(content, [place])
  })
  return b.map((field) => places.get(packField(field))?.shift() ?? -1)
}

/** Fields of one tag beyond which likeness is not worked out, and they are paired in their order. */
const mostCompared = 60

/** Pairs what is left of each tag by likeness, the likest first. */
function pairChanged(a: readonly Field[], b: readonly Field[], pairs: number[]): void {
  const taken = new Set(pairs)
  const left = Map.groupBy(
    a.keys().filter((place) => !taken.has(place)),
    (place) => (a[place] as Field).tag,
  )
  const waiting = Map.groupBy(
    pairs.keys().filter((place) => pairs[place] === -1),
    (place) => (b[place] as Field).tag,
  )
  for (const [tag, after] of waiting) {
    const before = left.get(tag)
    if (!before) continue
    if (before.length === 1 && after.length === 1) pairs[after[0] as number] = before[0] as number
    else if (Math.max(before.length, after.length) > mostCompared)
      after.forEach((place, at) => (pairs[place] = before[at] ?? -1))
    else pairByLikeness(before, after, a, b, pairs)
  }
}

function pairByLikeness(
  before: readonly number[],
  after: readonly number[],
  a: readonly Field[],
  b: readonly Field[],
  pairs: number[],
): void {
  const was = before.map((place) => new Set(words(a[place] as Field)))
  const is = after.map((place) => new Set(words(b[place] as Field)))
  const scored: { from: number; to: number; likeness: number }[] = []
  was.forEach((old, from) => {
    is.forEach((fresh, to) => {
      const likeness = (2 * old.intersection(fresh).size) / (old.size + fresh.size || 1)
      if (likeness >= 0.4) scored.push({ from, to, likeness })
    })
  })
  scored.sort((one, other) => other.likeness - one.likeness || one.to - other.to || one.from - other.from)
  const used = new Set<number>()
  for (const { from, to } of scored) {
    const place = after[to] as number
    if (used.has(from) || pairs[place] !== -1) continue
    used.add(from)
    pairs[place] = before[from] as number
  }
}

const words = (field: Field): string[] =>
  'subfields' in field ? field.subfields.flatMap(({ value }) => value.split(/\s+/)) : [field.value]

/** A stretch of text that is in both versions, or in one of them. */
export type Span = { readonly text: string; readonly same: boolean }

/** A word with the blanks before it. */
const parts = /\s*\S+|\s+$/g

/** Words beyond which a field is shown as changed as a whole. */
const mostWords = 2000

/** The two versions of a text, word by word: the spans of each, whose texts join to it again. */
export function wordSpans(
  before: string,
  after: string,
): { readonly before: readonly Span[]; readonly after: readonly Span[] } {
  const a = before.match(parts) ?? []
  const b = after.match(parts) ?? []
  const start = commonStart(a, b)
  const end = commonEnd(a, b, start)
  const inA = a.slice(start, a.length - end)
  const inB = b.slice(start, b.length - end)
  const shared =
    inA.length > mostWords || inB.length > mostWords
      ? { a: new Set<number>(), b: new Set<number>() }
      : longestCommon(inA, inB)
  const spans = (all: readonly string[], inside: ReadonlySet<number>): Span[] => {
    const found: { text: string; same: boolean }[] = []
    all.forEach((part, at) => {
      const same = at < start || at >= all.length - end || inside.has(at - start)
      const last = found.at(-1)
      if (last?.same === same) last.text += part
      else found.push({ text: part, same })
    })
    return found
  }
  return { before: spans(a, shared.a), after: spans(b, shared.b) }
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  return start
}

function commonEnd(a: readonly string[], b: readonly string[], start: number): number {
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++
  return end
}

/** Positions of a longest common subsequence in each list. */
function longestCommon(a: readonly string[], b: readonly string[]): { a: Set<number>; b: Set<number> } {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] as number
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const inA = new Set<number>()
  const inB = new Set<number>()
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA.add(i++)
      inB.add(j++)
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return { a: inA, b: inB }
}
