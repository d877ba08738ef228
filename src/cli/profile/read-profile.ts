import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { ImportProfile } from '../../rules/import-profile.ts'
import { parseProfile } from '../../rules/parse-profile.ts'
import { CommandFailure } from '../failure.ts'
import type { Io } from '../io.ts'

/** A profile from a file of JSON; `-` is standard input. @throws {CommandFailure} with every fault and where it is */
export async function readProfile(file: string, { input }: Io): Promise<ImportProfile> {
  const source = file === '-' ? await text(input) : await readFile(file, 'utf8')
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${file} is not JSON: ${why}.`, 'accession profile show CODE --json prints one.')
  }
  const parsed = parseProfile(json)
  if (parsed.ok) return parsed.profile
  const faults = parsed.problems.map(
    ({ path, message }) => `  ${path === '' ? 'the whole' : path}: ${message}`,
  )
  throw new CommandFailure(
    [
      `${file} is no import profile: ${faults.length === 1 ? 'it has a fault' : `it has ${faults.length} faults`}.`,
      ...faults,
    ].join('\n'),
    'Nothing was changed.',
  )
}
