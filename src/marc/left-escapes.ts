import { decodeMarc8 } from './marc8/decode.ts'
import { designationAt } from './marc8/escape.ts'

/** A text, with the MARC-8 that stood in it and what it became. */
type ResolvedEscapes = {
  readonly text: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

const run = /\x1b[\x1b\x20-\x7e]*/g

/**
 * MARC-8 escape sequences that a conversion to Unicode left behind, with the ASCII after them: a degree sign
 * written as a superscript zero, `ESC p 0 ESC s`, becomes `⁰`. What is no escape sequence stays.
 */
export function resolveEscapes(text: string): ResolvedEscapes {
  if (!text.includes('\x1b')) return { text, before: [], after: [] }
  const before: string[] = []
  const after: string[] = []
  const resolved = text.replace(run, (found) => {
    const bytes = Uint8Array.from(found, (character) => character.charCodeAt(0))
    if (designationAt(bytes, 0) === undefined) return found
    const read = decodeMarc8(bytes).text
    before.push(found.replaceAll('\x1b', 'ESC '))
    after.push(read)
    return read
  })
  return { text: resolved, before, after }
}
