/*
 * Terms as CQL masks them: a star at the end of a word stands for any ending; a backslash takes its
 * meaning from the character that follows.
 */

/** A piece of a term between blanks: what it says, and whether it goes on with anything. */
export type Chunk = { readonly text: string; readonly isPrefix: boolean }

/** Where a term has a wildcard that is not understood, and which; nothing where all are. */
export function findOddWildcard(term: string): { readonly at: number; readonly character: string } | null {
  for (let at = 0; at < term.length; at++) {
    const character = term.charAt(at)
    if (character === '\\') at++
    else if (character === '?' || character === '^') return { at, character }
    else if (character === '*' && (!/^(?:\s|$)/.test(term.slice(at + 1)) || !isBehindWord(term, at)))
      return { at, character }
  }
  return null
}

const isBehindWord = (term: string, at: number): boolean => at > 0 && !/\s/.test(term.charAt(at - 1))

/** The pieces between blanks. */
export function chunksOf(term: string): Chunk[] {
  return (term.match(/(?:\\[^]|[^\s\\])+/g) ?? []).map((chunk) => {
    const isPrefix = /(?:^|[^\\])(?:\\\\)*\*$/.test(chunk)
    return { text: plainTerm(isPrefix ? chunk.slice(0, -1) : chunk), isPrefix }
  })
}

/** The term as a text, where it is compared as a whole. A star at its end says that anything may follow. */
export function wholeTerm(term: string): Chunk {
  const isPrefix = /(?:^|[^\\])(?:\\\\)*\*$/.test(term)
  return { text: plainTerm(isPrefix ? term.slice(0, -1) : term), isPrefix }
}

const plainTerm = (masked: string): string => masked.replace(/\\([^])/g, '$1')

/** A text that stands for itself. */
export const maskedTerm = (text: string): string => text.replace(/[\\*?^]/g, '\\$&')

/** What somebody has typed into a box: a star at the end of a word is meant, other signs are not. */
export const typedTerm = (text: string): string =>
  text.replace(/[\\?^]/g, '\\$&').replace(/\*(?=\S)|(?<=^|\s)\*/g, '\\*')
