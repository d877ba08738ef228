import { StreamLanguage, type StringStream } from '@codemirror/language'

/** Whether the line is a field of a record, as tests have them: in it `#` is a blank, and begins no comment. */
type Line = { isField: boolean }

/** How rule files are coloured; what they mean is told by the parser of `rules/language/`. */
export const ruleLanguage = StreamLanguage.define<Line>({
  name: 'rule',
  startState: () => ({ isField: false }),
  copyState: ({ isField }) => ({ isField }),
  token: (stream, line) => tokenOf(stream, line),
  languageData: { commentTokens: { line: '#' } },
})

const frame =
  /^(?:rule|priority|salience|when|then|end|test|given|incoming|existing|expect|merge|idempotent|into)\b/i
const joint = /^(?:and|or|not|if|true|false|with|to|excluding|from|by|prefixed)\b/i

function tokenOf(stream: StringStream, line: Line): string | null {
  if (stream.sol()) line.isField = false
  if (stream.eatSpace()) return null
  if (stream.match(/^(?:LDR|[0-9]{3}) /)) {
    line.isField = true
    return 'number'
  }
  if (line.isField) {
    if (stream.match(/^[$‡][0-9a-z]\b/)) return 'variableName.function'
    if (!stream.match(/^[^\s$‡]+/)) stream.next()
    return null
  }
  if (stream.match(/^(?:#|\/\/).*/)) return 'comment'
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string'
  if (stream.match(/^[“”„‟]/)) return 'invalid'
  if (stream.match(frame)) return 'keyword'
  if (stream.match(joint)) return 'operatorKeyword'
  if (stream.match(/^\d+/)) return 'number'
  if (stream.match(/^[A-Za-z_]\w*/)) return 'variableName.function'
  stream.next()
  return null
}
