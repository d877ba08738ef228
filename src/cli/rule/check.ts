import { parseRuleFile } from '../../rules/language/parse-rule-file.ts'
import { counted } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { readOrNot } from '../io.ts'
import { kindOption, readRuleSource } from './kind.ts'
import { hasErrors, problemLines } from './problems.ts'

export const ruleCheck = command(
  {
    name: 'rule check',
    summary: 'Says what is wrong with a file of rules, by line and column.',
    about: ['The exit code is 1 where there is an error, and 0 where there are warnings alone.'],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the rules; - is standard input' } },
    options: { kind: kindOption, json: { type: 'flag', meaning: 'print JSON' } },
    json: 'one object { kind, problems: [{ severity, line, column, message }] }; severity is error or warning',
  },
  async ({ file, kind: given, json }, read) => {
    const io = readOrNot(read)
    const { name, text, kind } = await readRuleSource(file, given, io)
    const { problems } = parseRuleFile(kind, text)
    if (json) await io.json({ kind, problems })
    else {
      for (const line of problemLines(name, problems)) await io.line(line)
      const errors = problems.filter(({ severity }) => severity === 'error').length
      const warnings = problems.length - errors
      io.say(`${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`)
    }
    return hasErrors(problems) ? exitCodes.error : exitCodes.done
  },
)
