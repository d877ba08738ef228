import { plainWords } from '../fold.ts'

/**
 * An edition statement as it is compared: its words without `edition` and the like, ordinals as figures.
 * Empty for a first edition, which is the same as to say nothing.
 */
export function editionWords(statement: string): string[] {
  const words = plainWords(statement)
    .split(' ')
    .flatMap((word) => {
      if (word === '' || dropped.has(word)) return []
      return /^\d+(?:st|nd|rd|th|d|e|a)?$/.test(word)
        ? String(Number.parseInt(word, 10))
        : (ordinals.get(word) ?? word)
    })
  return words.length === 1 && words[0] === '1' ? [] : words
}

const dropped = new Set(
  'edition ed edn the a of ausg auflage aufl edicion edizione tirage uppl utg paperback pbk hardcover trade'.split(
    ' ',
  ),
)

const ordinals = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'
    .split(' ')
    .map((word, at) => [word, String(at + 1)] as const),
)
