import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { guessKind } from '../../rules/language/guess-kind.ts'
import { isRuleCode } from '../../rules/language/rule-code.ts'
import { type RuleKind, ruleKinds } from '../../rules/language/rule.ts'
import type { Option } from '../command.ts'
import { CommandFailure } from '../failure.ts'
import type { Io } from '../io.ts'

export const kindOption = {
  type: 'text',
  shown: 'KIND',
  choices: ruleKinds,
  meaning: 'what the rules are for; may be left out where the text tells',
} as const satisfies Option

/** A file of rules, as it was read. */
export type RuleSource = { readonly name: string; readonly text: string; readonly kind: RuleKind }

/** Reads a file of rules; `-` is standard input. @throws {CommandFailure} where its kind is not said and cannot be told */
export async function readRuleSource(
  file: string,
  given: RuleKind | undefined,
  { input }: Io,
): Promise<RuleSource> {
  const text = file === '-' ? await readText(input) : await readFile(file, 'utf8')
  const kind = given ?? guessKind(text)
  if (kind === null)
    throw new CommandFailure(
      `What the rules of ${file} are for cannot be told from them.`,
      `Say it with --kind: ${ruleKinds.join(', ')}.`,
    )
  return { name: file === '-' ? 'standard input' : file, text, kind }
}

/** The code that a file of rules is called by. @throws {CommandFailure} where its name makes none */
export function codeOf(file: string, given: string | undefined): string {
  const code =
    given ??
    basename(file)
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
  if (file === '-' && given === undefined)
    throw new CommandFailure('Standard input has no name to be called by.', 'Give a code with --code.')
  if (isRuleCode(code)) return code
  throw new CommandFailure(
    `${code} is no code of a rule file.`,
    'Give one with --code: small letters, digits, hyphens, dots and underscores.',
  )
}
