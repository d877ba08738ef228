import { formatRuleText } from '../../rules/language/format-rule-text.ts'
import { parseRuleFile } from '../../rules/language/parse-rule-file.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { outOption, withOut } from '../record-file.ts'
import { kindOption, readRuleSource } from './kind.ts'
import { problemLines } from './problems.ts'

export const ruleFormat = command(
  {
    name: 'rule format',
    summary: 'Writes a file of rules in one form, a line for each action.',
    about: [
      'What the rules do stays the same, and so do their comments. A file with an error is not written.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the rules; - is standard input' } },
    options: { kind: kindOption, out: outOption },
  },
  async ({ file, kind: given, out }, io) => {
    const { name, text, kind } = await readRuleSource(file, given, io)
    const { file: rules, problems } = parseRuleFile(kind, text)
    if (rules === null) {
      for (const line of problemLines(name, problems)) io.say(line)
      return exitCodes.error
    }
    await withOut(out, io, (target) => target.write(Buffer.from(formatRuleText(text, rules))))
    return exitCodes.done
  },
)
