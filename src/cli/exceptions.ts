import { readFile } from 'node:fs/promises'
import { parseRuleFile } from '../rules/language/parse-rule-file.ts'
import type { ExceptionLine } from '../rules/language/rule.ts'
import { exceptionProfiles, shippedExceptionLines } from '../rules/validation/exceptions.ts'
import type { Option } from './command.ts'
import { CommandFailure } from './failure.ts'

const shipped = exceptionProfiles.map(({ code }) => code).join(' or ')

export const exceptionsOption = {
  type: 'text',
  shown: 'EXCEPTIONS',
  meaning: `what findings are: ${shipped}, or a file of exceptions; by default all are told`,
} as const satisfies Option

/** The lines of shipped exceptions, or of a file. @throws {CommandFailure} with what is wrong with the file, by line and column */
export async function readExceptions(given: string | undefined): Promise<readonly ExceptionLine[]> {
  if (given === undefined) return []
  const lines = shippedExceptionLines(given)
  if (lines !== null) return lines
  const text = await readFile(given, 'utf8').catch((error: unknown) => {
    throw new CommandFailure(
      `${given} cannot be read as exceptions: ${error instanceof Error ? error.message : String(error)}.`,
      `Name a file, or ${shipped}.`,
    )
  })
  const { file, problems } = parseRuleFile('exceptions', text)
  if (file !== null) return file.rules
  throw new CommandFailure(
    problems.map(({ line, column, message }) => `${given}:${line}:${column}: ${message}`).join('\n'),
  )
}
