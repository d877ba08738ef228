import { RE2JS } from 're2js'
import { failAt } from './elements.ts'
import { ruleLimits } from './rule-limits.ts'
import type { Pattern } from './rule.ts'
import { readRegex } from './text-value.ts'
import type { TokenReader } from './token-reader.ts'
import type { Token } from './tokens.ts'

/**
 * A regular expression in RE2's syntax, which runs in linear time: no look-around, no back-references.
 * One that does not compile, or whose program is too big, is refused here and never reaches a record.
 */
export function readRegularExpression(reader: TokenReader, token: Token): Pattern | null {
  const source = readRegex(token.text)
  if (source.length > ruleLimits.regex)
    return failAt(
      reader,
      token,
      0,
      `A regular expression may have ${ruleLimits.regex} characters; this one has more.`,
    )
  try {
    const size = RE2JS.compile(source).programSize()
    reader.regexPrograms += size
    if (reader.regexPrograms > ruleLimits.regexPrograms)
      return failAt(
        reader,
        token,
        0,
        'The regular expressions of this file are too much together; write fewer or smaller ones.',
      )
    if (size > ruleLimits.regexProgram)
      return failAt(
        reader,
        token,
        0,
        'This regular expression becomes too big, most likely by its repeat counts; write smaller ones.',
      )
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : ''
    return failAt(reader, token, 0, `This is no regular expression in RE2's syntax: ${message}.`)
  }
  return { kind: 'regex', source }
}

/**
 * What a regular expression's finds are replaced with: `$1` is its first group, `$&` all of it, `$$` a
 * dollar sign; a backslash is itself. A group that there is not is reported.
 */
export function readReplacement(reader: TokenReader, token: Token, source: string): string | null {
  const groups = RE2JS.compile(source).groupCount()
  for (const { 1: group, index } of token.text.matchAll(/\$(?:[$&]|([1-9][0-9]?)|)/g)) {
    if (group !== undefined && Number(group) > groups)
      return failAt(
        reader,
        token,
        index,
        `The regular expression has ${groups === 1 ? '1 group' : `${groups} groups`}, and no $${group}.`,
      )
    if (group === undefined && !/^[$&]/.test(token.text.slice(index + 1)))
      return failAt(
        reader,
        token,
        index,
        'Behind $ the number of a group was expected, or & for all that was found; write $$ for the sign itself.',
      )
  }
  return readRegex(token.text)
}
