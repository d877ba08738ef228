/** Where a query is wrong, and how; lines and columns are counted from 1, columns in characters. */
export type CqlProblem = {
  readonly code: 'INVALID_QUERY' | 'UNKNOWN_INDEX'
  readonly line: number
  readonly column: number
  readonly message: string
}

/** `word` is bare and `text` was quoted; of both, `text` is what they say, with its masks. */
export type Token = {
  readonly kind: 'word' | 'text' | '(' | ')' | '/' | 'relation' | '>' | 'end'
  readonly text: string
  /** Where it begins: the code units before it. */
  readonly at: number
}

/** A problem before it is told where in the text it is: of the many tokens, only that of a problem is looked for. */
export type UnplacedProblem = Omit<CqlProblem, 'line' | 'column'> & { readonly at: number }

/** Characters of a query at most. */
const longest = 20_000

/** A quoted text, a relation, a parenthesis or slash, or a bare word, which goes to the next of those or a blank. */
const pattern = /"((?:[^"\\]|\\[^])*)"|(==|<>|<=|>=|[=<>])|([()/])|((?:\\[^]|[^\s"()/=<>\\])+)|(\s+)/gy

/** The last one is the end. */
export function tokensOf(text: string): Token[] | UnplacedProblem {
  if (text.length > longest) return problem(longest, `A query is at most ${longest} characters long.`)
  const tokens: Token[] = []
  let at = 0
  pattern.lastIndex = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) {
      const why = text[at] === '"' ? 'The text that begins here has no closing ".' : 'This cannot be read.'
      return problem(at, why)
    }
    const [all, quoted, relation, sign, word] = found
    if (quoted !== undefined) tokens.push({ kind: 'text', text: withPlainQuotes(quoted), at })
    else if (relation !== undefined)
      tokens.push({
        kind: relation === '>' && isAtStart(tokens) ? '>' : 'relation',
        text: relation,
        at,
      })
    else if (sign !== undefined) tokens.push({ kind: sign as '(' | ')' | '/', text: sign, at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: withPlainQuotes(word), at })
    at += all.length
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

/** A quotation mark has no meaning inside a term that a backslash would have to take from it. */
const withPlainQuotes = (masked: string): string =>
  masked.replace(/\\[^]/g, (mask) => (mask === '\\"' ? '"' : mask))

const isAtStart = (tokens: readonly Token[]): boolean => {
  const last = tokens.at(-1)
  return last === undefined || last.kind === '('
}

/** The problem with its line and column in the text. */
export function placed(text: string, { at, ...problem }: UnplacedProblem): CqlProblem {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  return {
    ...problem,
    line: before.split('\n').length,
    column: Array.from(before.slice(lineStart)).length + 1,
  }
}

const problem = (at: number, message: string): UnplacedProblem => ({ code: 'INVALID_QUERY', message, at })
