import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { NamedMembers } from '../../catalog/sets/members-of-numbers.ts'
import { counted } from '../columns.ts'
import type { Io } from '../io.ts'

/** The text of a file of numbers; `-` is standard input. */
export const readNumbers = (path: string, io: Io): Promise<string> =>
  path === '-' ? text(io.input) : readFile(path, 'utf8')

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
