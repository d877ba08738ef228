import { ruleLimits } from './rule-limits.ts'
import type { Place, RuleProblem } from './rule.ts'

/**
 * A piece of a rule file. `text` is what stands in quotes, with its escapes as written; `test` is a whole
 * `test` block, whose lines are no language of ours but records.
 */
export type Token = Place & {
  readonly kind: 'word' | 'text' | 'mark' | 'line' | 'test' | 'end-of-file'
  readonly text: string
  /** The first of its line. */
  readonly first: boolean
  /** Column behind its last character. */
  readonly end: number
  /** Of a test the lines after its first, up to the one that says `end`, which is not among them. */
  readonly lines: readonly string[]
  /** Of a test: whether there was an `end`. */
  readonly closed: boolean
}

const noLines: readonly string[] = []

/** A comment with its mark, `#` or `//`, up to the end of its line; of one in a test the line of that. `alone`: nothing stands in front of it. */
export type Comment = { readonly line: number; readonly text: string; readonly alone: boolean }

/** What a text is cut into. */
export type Cut = { readonly tokens: readonly Token[]; readonly comments: readonly Comment[] }

/**
 * Cuts a rule file into tokens, of which the last is the end of the file, and comments: these stand
 * outside of quotes, and in a test where they begin a line. What cannot be read is reported and left out,
 * so that the parser sees the rest.
 */
export function tokensOf(text: string, problems: RuleProblem[]): Cut {
  return cut(text, (line, number, tokens, comments) => readLine(line, number, tokens, comments, problems))
}

/** As `tokensOf`, with each line as one token, without its comment. */
export const lineTokensOf = (text: string): Cut =>
  cut(text, (line, number, tokens, comments) => {
    const [comment] = /(?:#|\/\/).*/s.exec(line) ?? []
    const written = line.slice(0, line.length - (comment?.length ?? 0)).trimEnd()
    const column = written.length - written.trimStart().length + 1
    if (written !== '')
      tokens.push(token('line', written.trimStart(), number, column, written.length + 1, true))
    if (comment !== undefined) comments.push({ line: number, text: comment.trimEnd(), alone: written === '' })
  })

type ReadLine = (line: string, number: number, tokens: Token[], comments: Comment[]) => void

function cut(text: string, read: ReadLine): Cut {
  const lines = linesOf(text)
  const tokens: Token[] = []
  const comments: Comment[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    const test = testStart.exec(line)
    if (test === null) {
      read(line, at + 1, tokens, comments)
      continue
    }
    const from = at + 1
    while (at + 1 < lines.length && !endLine.test(lines[at + 1] as string)) at++
    const closed = at + 1 < lines.length
    const column = (test[1] as string).length + 1
    const block = lines.slice(from, closed ? at + 1 : undefined)
    const head = line.slice(column - 1)
    tokens.push({
      kind: 'test',
      text: head,
      line: from,
      column,
      end: line.length + 1,
      first: true,
      lines: block,
      closed,
    })
    if (closed) at++
    for (let inside = from - 1; inside <= at; inside++) {
      const [comment] = testComment.exec(lines[inside] ?? '') ?? []
      if (comment !== undefined) comments.push({ line: from, text: comment.trim(), alone: true })
    }
  }
  const last = lines[lines.length - 1] as string
  tokens.push(token('end-of-file', '', lines.length, last.length + 1, last.length + 1, true))
  return { tokens, comments }
}

/** The lines of a text, without a byte-order mark and whatever ends a line. */
export const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)

const testStart = /^(\s*)test(?=[\s"]|$)/i
/** A line of a test that is a comment, or what stands behind its name or its end; its other lines are records. */
const testComment = /(?<=^\s*(?:test\s*"[^"]*"\s*|end\s*)?)(?:#|\/\/).*/is
const endLine = /^\s*end\s*(?:(?:#|\/\/).*)?$/i

/** Blanks and comments; a word; a text that is closed on its line; one character. In this order. */
const piece =
  /\s+|((?:#|\/\/).*)|([\p{L}\p{N}_-]+)|"([^"\\]*(?:\\.[^"\\]*)*)"|[\u201C-\u201F\u00AB]([^\u201C-\u201F\u00BB"]*)[\u201C-\u201F\u00BB"]|(.)/suy

function readLine(
  line: string,
  number: number,
  tokens: Token[],
  comments: Comment[],
  problems: RuleProblem[],
): void {
  let first = true
  const add = (kind: Token['kind'], text: string, column: number, end: number): void => {
    tokens.push(token(kind, text, number, column, end, first))
    first = false
  }
  piece.lastIndex = 0
  while (piece.lastIndex < line.length) {
    const column = piece.lastIndex + 1
    const found = piece.exec(line)
    if (found === null) break
    const [, comment, word, quoted, curly, mark] = found
    const end = piece.lastIndex + 1
    const report = (message: string): void => {
      problems.push({ severity: 'error', line: number, column, message })
    }
    if (comment !== undefined) comments.push({ line: number, text: comment.trimEnd(), alone: first })
    else if (word !== undefined) add('word', word, column, end)
    else if (quoted !== undefined) {
      if (quoted.length > ruleLimits.text)
        report(`A text in quotes has more than ${ruleLimits.text} characters; write a shorter one.`)
      add('text', quoted, column, end)
    } else if (curly !== undefined) {
      report('Typographic quotes stand around this text; write straight ones (").')
      add('text', curly, column, end)
    } else if (mark === '"') {
      const rest = line.slice(column)
      const typographic = /[\u201C-\u201F\u00AB\u00BB]/.test(rest)
      report(
        typographic
          ? 'The text that begins here ends with a typographic quote; write straight ones (").'
          : 'The text that begins here is not closed on its line; write the closing quote (").',
      )
      add(
        'text',
        typographic ? rest.replace(/[\u201C-\u201F\u00AB\u00BB].*$/s, '') : rest,
        column,
        line.length + 1,
      )
      return
    } else if (mark !== undefined) add('mark', mark, column, end)
  }
}

const token = (
  kind: Token['kind'],
  text: string,
  line: number,
  column: number,
  end: number,
  first: boolean,
): Token => ({ kind, text, line, column, end, first, lines: noLines, closed: true })
