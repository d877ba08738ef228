import { validationRules } from '../validation/validation-rules.ts'
import { lintExceptionLines } from './lint-exceptions.ts'
import { readRuleTest } from './rule-tests.ts'
import type { ExceptionLine, RuleTest } from './rule.ts'
import {
  type TokenReader,
  brief,
  fail,
  hasManyErrors,
  peek,
  placeOf,
  suggestion,
  take,
} from './token-reader.ts'
import type { Token } from './tokens.ts'

const severities = ['error', 'warning', 'off'] as const
const codes: readonly string[] = Object.keys(validationRules)

/** The lines of an exceptions file, `CODE [TAG [$x]]: error|warning|off`, and its tests. */
export function readExceptionLines(reader: TokenReader): {
  readonly rules: readonly ExceptionLine[]
  readonly tests: readonly RuleTest[]
} {
  const rules: ExceptionLine[] = []
  const tests: RuleTest[] = []
  while (peek(reader).kind !== 'end-of-file' && !hasManyErrors(reader)) {
    const token = take(reader)
    if (token.kind === 'test') {
      const test = readRuleTest(reader, 'exceptions', token)
      if (test !== null) tests.push(test)
    } else {
      const line = readLine(reader, token)
      if (line !== null) rules.push(line)
    }
  }
  lintExceptionLines(reader, rules)
  return { rules, tests }
}

/** Code, tag, subfield, colon, severity, what is too much; every second group is what stands between. */
const parts = /^([^\s:]*)(\s*)([^\s:$]*)(\s*)(\$[^\s:]*)?(\s*)(:?)(\s*)(\S*)(\s*)(.*)$/s

function readLine(reader: TokenReader, token: Token): ExceptionLine | null {
  const found = parts.exec(token.text) ?? []
  const [, code = '', , tag = '', , dollar = '', , colon = '', , severity = '', , rest = ''] = found
  const wrong = (group: number, message: string): null => {
    const column = token.column + found.slice(1, group).join('').length
    fail(reader, { line: token.line, column }, message)
    return null
  }
  if (!codes.includes(code))
    return wrong(1, `${brief(code) || 'This'} is no code of a validation message; ${suggestion(code, codes)}`)
  if (tag !== '' && !/^[0-9A-Za-z*]{3}$/.test(tag))
    return wrong(3, `${brief(tag)} is no tag; three characters were expected, * for any of them.`)
  if (dollar !== '' && (tag === '' || !/^\$[0-9A-Za-z]$/.test(dollar)))
    return wrong(5, `A tag and one subfield were expected, as in 020 $a, and here stands ${brief(dollar)}.`)
  if (colon === '') return wrong(7, 'A colon was expected, and error, warning or off behind it.')
  const known = severities.find((each) => each === severity.toLowerCase())
  if (known === undefined)
    return wrong(
      9,
      `error, warning or off was expected behind the colon, and here stands ${brief(severity) || 'nothing'}.`,
    )
  if (rest !== '') return wrong(11, `The end of the line was expected, and here stands ${brief(rest)}.`)
  return {
    code,
    tag: tag === '' ? null : tag.replace(/x/gi, '*'),
    subfield: dollar === '' ? null : dollar.slice(1),
    severity: known,
    place: placeOf(token),
  }
}
