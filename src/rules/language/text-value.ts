import type { Pattern, PatternPart } from './rule.ts'
import { brief } from './token-reader.ts'

/*
 * What a text in quotes stands for. A backslash, or a run of them, takes the next character as it is:
 * files in use have one, two or four before a dot. A backslash itself is `{bsol}`, as in mnemonic MARC;
 * one at the very end of a text is itself, too.
 */

const bsol = '{bsol}'

/** Pieces of a text: an escaped character, `{bsol}`, one other character. */
const pieces = /\\+(.?)|(\{bsol\})|(.)/gsu

/** The characters of a text that is no pattern, such as what `addField` adds. */
export function readText(raw: string): string {
  if (!raw.includes('\\') && !raw.includes(bsol)) return raw
  return raw.replace(pieces, (all: string, escaped?: string, backslash?: string) => {
    if (backslash !== undefined) return '\\'
    return escaped === undefined ? all : escaped === '' ? '\\' : escaped
  })
}

/** The inverse of `readText`. */
export const writeText = (text: string): string => text.replace(/["\\]|\{(?=bsol\})/g, escape)

/** A pattern: `.` is one character, `*` a run, `|` stands between alternatives; anything else is itself. */
export function readPattern(raw: string): Pattern {
  const alternatives: PatternPart[][] = []
  let parts: PatternPart[] = []
  let literal = ''
  const close = (): void => {
    if (literal !== '') parts.push({ part: 'literal', text: literal })
    literal = ''
  }
  for (const [all, escaped, backslash] of raw.matchAll(pieces)) {
    if (backslash !== undefined) literal += '\\'
    else if (escaped !== undefined) literal += escaped === '' ? '\\' : escaped
    else if (all === '|') {
      close()
      alternatives.push(parts)
      parts = []
    } else if (all === '.') {
      close()
      parts.push({ part: 'one' })
    } else if (all === '*') {
      close()
      if (parts[parts.length - 1]?.part !== 'run') parts.push({ part: 'run' })
    } else literal += all
  }
  close()
  alternatives.push(parts)
  return { kind: 'text', alternatives }
}

/**
 * What in the text of a pattern its author may have meant otherwise, and where: signs of a regular
 * expression, which stand for themselves, and an alternative of nothing. Nothing where all is plain.
 */
export function doubtOf(raw: string): { readonly at: number; readonly message: string } | null {
  const [sign] = /\(\?|\[\^?(?:0-9|a-z|A-Z)|\.\{[0-9]+(?:,[0-9]*)?\}/.exec(raw) ?? []
  if (sign !== undefined)
    return {
      at: raw.indexOf(sign),
      message: `${brief(sign)} has no meaning of its own here, where . and * and | alone have; a regular expression stands behind matches or matching.`,
    }
  for (const { 0: all, 1: escaped = '', index } of raw.matchAll(/\\+(.?)/gsu))
    if (/[0-9A-Za-z]/.test(escaped))
      return {
        at: index,
        message: `${brief(all)} is the character ${escaped} alone; a regular expression stands behind matches or matching.`,
      }
  const plain = raw.replace(/\\+./gsu, (escape) => '_'.repeat(escape.length))
  const empty = /^\||\|\||\|$/.exec(plain)
  return empty
    ? {
        at: empty.index,
        message: '| stands between alternatives, and one of these is empty; write \\| for the sign itself.',
      }
    : null
}

/** The inverse of `readPattern` for a pattern of the kind `text`. */
export const writePattern = (alternatives: readonly (readonly PatternPart[])[]): string =>
  alternatives.map((parts) => parts.map(writePart).join('')).join('|')

function writePart(part: PatternPart): string {
  if (part.part === 'one') return '.'
  return part.part === 'run' ? '*' : part.text.replace(/["\\.*|]|\{(?=bsol\})/g, escape)
}

const escape = (character: string): string => (character === '\\' ? bsol : `\\${character}`)

/** The source of a regular expression, or what it is replaced with: as written but for escaped quotes. */
export const readRegex = (raw: string): string => raw.replaceAll('\\"', '"')

export const writeRegex = (source: string): string => source.replaceAll('"', '\\"')
