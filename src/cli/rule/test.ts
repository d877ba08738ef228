import { access } from 'node:fs/promises'
import { parseRuleFile } from '../../rules/language/parse-rule-file.ts'
import { isRuleCode } from '../../rules/language/rule-code.ts'
import { type RuleTestResult, runRuleTests } from '../../rules/language/run-rule-tests.ts'
import { defaultProtect, type ProtectSettings } from '../../rules/merge/protect.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { counted } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { type Io, readOrNot } from '../io.ts'
import { lineDiff } from '../line-diff.ts'
import { style } from '../style.ts'
import { kindOption, readRuleSource, type RuleSource } from './kind.ts'
import { hasErrors, problemLines } from './problems.ts'
import { chooseRule } from './show.ts'

export const ruleTest = command(
  {
    name: 'rule test',
    summary: 'Runs the tests that a file of rules carries; exit code 1 where one does not pass.',
    about: [
      'A file needs no database. With --zone it is the code of a rule file that the zone keeps, and merges keep what the zone protects.',
    ],
    arguments: {
      file: { type: 'text', shown: 'FILE|CODE', meaning: 'the rules; - is standard input' },
    },
    options: {
      kind: kindOption,
      zone: { type: 'text', shown: 'CODE', meaning: 'the zone that keeps the rule file' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { kind, problems: [{ severity, line, column, message }], tests: [{ name, line, passed, expected, got }] }; expected and got are lines',
  },
  async ({ file, kind: given, zone, json, data }, read) => {
    const io = readOrNot(read)
    if (zone === undefined) {
      await refuseCode(file)
      return runTests(await readRuleSource(file, given, io), defaultProtect, json, io)
    }
    if (given === undefined)
      throw new CommandFailure(
        'Of a rule file that a zone keeps the kind must be said.',
        'Give it with --kind.',
      )
    return withCatalogue(data, io, async ({ db }) => {
      const of = await chooseZone(db, zone)
      const { text } = await chooseRule(db, of, given, file)
      const protect = of.settings.protect ?? defaultProtect
      return runTests({ name: file, text, kind: given }, protect, json, io)
    })
  },
)

/** A code is no file, and is told from a misspelt one. */
async function refuseCode(file: string): Promise<void> {
  if (file === '-' || !isRuleCode(file)) return
  await access(file).catch(() => {
    throw new CommandFailure(
      `${file} does not exist.`,
      'If it is the code of a rule file, say with --zone and --kind where it is kept.',
    )
  })
}

async function runTests({ name, text, kind }: RuleSource, protect: ProtectSettings, json: boolean, io: Io) {
  const { file, problems } = parseRuleFile(kind, text)
  const tests = file === null ? [] : runRuleTests(file, protect)
  const failed = tests.filter(({ passed }) => !passed).length
  if (json) await io.json({ kind, problems, tests })
  else {
    for (const line of problemLines(name, problems)) io.say(line)
    for (const test of tests) for (const line of testLines(name, test)) await io.line(line)
    if (file !== null)
      io.say(
        tests.length === 0
          ? `${name} has no tests.`
          : `${counted(tests.length, 'test')}, ${failed === 0 ? 'all passed' : `${failed} failed`}.`,
      )
  }
  return failed > 0 || hasErrors(problems) ? exitCodes.error : exitCodes.done
}

function testLines(file: string, { name, line, passed, expected, got }: RuleTestResult): string[] {
  const where = `${file}:${line}: ${name}`
  if (passed) return [`${style.good('passed')} ${where}`]
  const diff = lineDiff(expected.join('\n'), got.join('\n'))
  return [
    `${style.bad('failed')} ${where}; - is expected, + is what came`,
    ...diff.map((each) => `  ${each}`),
  ]
}
