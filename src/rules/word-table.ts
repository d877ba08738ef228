/*
 * Collects the distinct words of one record without making a string of each: a record has two hundred
 * words, a hundred of them distinct, and a million records are read. The words are written one after
 * the other as they come, each behind a character that says where it stands; one that was there already
 * is written over by the next. What is left is the packed form of a record's words.
 */

/** Characters of a word that are kept, and distinct words of a record. */
const longestWord = 100
const mostWords = 2000

/** More than twice as many as words, and a power of two. */
const slotCount = 8192
const slots = new Int16Array(slotCount)
const hashes = new Int32Array(mostWords + 1)
/** Where each word's place is written; its characters follow, up to the place of the next word. */
const starts = new Int32Array(mostWords + 2)
const written: number[] = []
let count = 0
/** Where the word is written that is being read: its place at `start`, its next character at `end`. */
let start = 0
let end = 1
let hash = 0

const seed = 0x811c9dc5

export function beginWords(): void {
  if (count > 0) slots.fill(0)
  count = 0
  start = 0
  written[0] = 0
  beginWord()
}

/** Drops what was read of a word. */
export function beginWord(): void {
  end = start + 1
  hash = seed
}

/** One UTF-16 code unit of the word; those below U+0010 are places, and no characters of words. */
export function addCharacter(code: number): void {
  if (end - start > longestWord || code < 0x10) return
  written[end++] = code
  hash = Math.imul(hash ^ code, 0x01000193)
}

/** Ends the word that was read, and begins the next. `otherPlace` counts only where it is the one place. */
export function endWord(place: number, otherPlace: number): void {
  if (end === start + 1) return
  if (end - start > longestWord) leavePairWhole()
  let slot = (hash ^ (hash >>> 15)) & (slotCount - 1)
  for (;;) {
    const known = slots[slot] as number
    if (known === 0) break
    if (hashes[known] === hash && isWritten(known)) {
      const at = starts[known] as number
      const before = written[at] as number
      if ((before & place) === 0 && place !== otherPlace) written[at] = (before & ~otherPlace) | place
      beginWord()
      return
    }
    slot = (slot + 1) & (slotCount - 1)
  }
  if (count < mostWords) {
    slots[slot] = ++count
    hashes[count] = hash
    starts[count] = start
    starts[count + 1] = end
    written[start] = place
    written[end] = 0
    start = end
  }
  beginWord()
}

/** A word that was cut does not end in half a character. */
function leavePairWhole(): void {
  if (((written[end - 1] as number) & 0xfc00) !== 0xd800) return
  end--
  hash = seed
  for (let at = start + 1; at < end; at++) hash = Math.imul(hash ^ (written[at] as number), 0x01000193)
}

/** The characters of a word that are kept. */
export function keptWord(word: string): string {
  if (word.length <= longestWord) return word
  const isPairCut = (word.charCodeAt(longestWord - 1) & 0xfc00) === 0xd800
  return word.slice(0, isPairCut ? longestWord - 1 : longestWord)
}

/** Whether a known word has the characters of the one that was read. */
function isWritten(known: number): boolean {
  let at = (starts[known] as number) + 1
  if ((starts[known + 1] as number) - at !== end - start - 1) return false
  for (let own = start + 1; own < end; own++) if (written[own] !== written[at++]) return false
  return true
}

/** All words in the order of their first occurrence, each after its place. */
export function packedWords(): string {
  let packed = ''
  for (let at = 0; at < start; at += 4096)
    packed += String.fromCharCode(...written.slice(at, Math.min(start, at + 4096)))
  return packed
}
