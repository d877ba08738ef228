import { nearest } from '../rules/nearest.ts'
import { readVersion } from '../server/version.ts'
import type { Command } from './command.ts'
import { allCommands, findCommands, firstWords } from './commands.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { UsageFailure } from './failure.ts'
import { commandHelp, commandList, overview } from './help.ts'
import type { Io } from './io.ts'

/** Finds the command that the words begin with, and runs it with the rest. */
export async function runCommand(words: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = words
  if (first === undefined || first === 'help' || first === '--help' || first === '-h')
    return help(first === 'help' ? rest : [], io)
  if (first === '--version') {
    await io.line(await readVersion())
    return exitCodes.done
  }
  if (first.startsWith('-'))
    throw new UsageFailure(`The first word is a command, not ${first}.`, 'accession COMMAND …')
  const commands = await commandsOf(first)
  const [only] = commands
  if (only?.name === first) return isHelp(rest) ? help([first], io) : only.run(rest, io)
  const [second, ...others] = rest
  if (second === undefined) throw new UsageFailure(`accession ${first} needs another word.`, forms(commands))
  if (second === '--help' || second === '-h') return help([first], io)
  const found = commandOf(commands, first, second)
  return isHelp(others) ? help([first, second], io) : found.run(others, io)
}

/** `--help` anywhere, but for what stands behind `--`. */
function isHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return words.slice(0, end === -1 ? undefined : end).some((word) => word === '--help' || word === '-h')
}

async function help(words: readonly string[], io: Io): Promise<ExitCode> {
  const [first, second] = words
  if (first === undefined) await io.line(overview(await allCommands()))
  else {
    const commands = await commandsOf(first)
    const [only] = commands
    if (only?.name === first) await io.line(commandHelp(only))
    else if (second === undefined) await io.line(commandList(commands, `accession ${first}`))
    else await io.line(commandHelp(commandOf(commands, first, second)))
  }
  return exitCodes.done
}

async function commandsOf(first: string): Promise<readonly Command[]> {
  const commands = await findCommands(first)
  if (commands) return commands
  throw new UsageFailure(
    `There is no command ${first}. ${suggestion(first, [...firstWords, 'help'])}`,
    'accession COMMAND …; accession help shows all of them',
  )
}

function commandOf(commands: readonly Command[], first: string, second: string): Command {
  const found = commands.find(({ name }) => name === `${first} ${second}`)
  if (found) return found
  const verbs = commands.map(({ name }) => name.slice(first.length + 1))
  throw new UsageFailure(
    `There is no command ${first} ${second}. ${suggestion(second, verbs)}`,
    forms(commands),
  )
}

function suggestion(typed: string, known: readonly string[]): string {
  const near = nearest(typed, known)
  return near === null ? `There are ${known.join(', ')}.` : `Did you mean ${near}?`
}

const forms = (commands: readonly Command[]) =>
  commands.map(({ name }) => `accession ${name}`).join('\n       ')
