import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { NamedMembers } from '../../catalog/sets/members-of-numbers.ts'
import { fileText, holdsNul } from '../../marc/file-text.ts'
import { counted } from '../columns.ts'
import { CommandFailure } from '../failure.ts'
import type { Io } from '../io.ts'

/** The text of a file of numbers, in UTF-8 or UTF-16; `-` is standard input. @throws {CommandFailure} where it is no text */
export async function readNumbers(path: string, io: Io): Promise<string> {
  const text = fileText(await (path === '-' ? buffer(io.input) : readFile(path)))
  if (holdsNul(text))
    throw new CommandFailure(
      `${path === '-' ? 'Standard input' : path} is not text: it has NUL characters.`,
      'Save the numbers as text in UTF-8.',
    )
  return text
}

export const toldJson =
  'numbers, repeated, missing: [{ line, number, code, message }], several: [{ line, number, members }]'

/** What became of the lines of a file, for people. */
export async function tellNumbers(
  { numbers, repeated, missing, several }: NamedMembers,
  io: Io,
): Promise<void> {
  for (const { line, number, code, message } of missing)
    await io.line(`Line ${line}: ${number}: ${code}. ${message}`)
  for (const { line, number, members } of several)
    await io.line(`Line ${line}: ${number} names ${members}; all are members.`)
  io.say(
    `${counted(numbers, 'number')} looked for, ${missing.length} not found${repeated === 0 ? '' : `, ${repeated} repeated`}.`,
  )
}
