import type { Command, CommandForm } from './command.ts'
import { columns } from './columns.ts'
import { optionUsage, usageOf } from './usage.ts'

/** Of one command: usage, what it does, arguments, options, and what `--json` prints. */
export function commandHelp(form: CommandForm): string {
  const { summary, about = [], arguments: args, options, json } = form
  const argumentRows = Object.values(args).map(({ shown, meaning }) => [shown, meaning])
  const optionRows = Object.entries(options).map(([name, option]) => [
    optionUsage(name, option),
    option.meaning,
  ])
  return sections([
    `Usage: ${usageOf(form)}`,
    [summary, ...about].map(wrap).join('\n\n'),
    table('Arguments', argumentRows),
    table('Options', [...optionRows, ['-h, --help', 'this text']]),
    json === undefined ? '' : `With --json:\n  ${json}`,
  ])
}

/** Of a noun with several commands. */
export const commandList = (commands: readonly Command[], title: string): string =>
  sections([title, commandTable(commands), moreHelp])

/** Of everything: what `accession help` prints. */
export const overview = (commands: readonly Command[]): string =>
  sections([
    'accession: an open catalogue and import system for library consortia',
    commandTable(commands),
    table('Exit codes', exitCodeRows),
    table('Environment', environmentRows),
    moreHelp,
  ])

const commandTable = (commands: readonly Command[]) =>
  table(
    'Commands',
    commands.map(({ name, summary }) => [name, summary]),
  )

const moreHelp = 'More about one of them: accession help COMMAND'

export const exitCodeRows: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  [
    '1',
    'error, or not all files could be read (wins over 3 and 4); of verify and marc diff: something was found',
  ],
  ['2', 'the command line cannot be understood'],
  ['3', 'done, with unresolved records'],
  ['4', 'done, with rejected records (wins over 3)'],
  ['5', 'cancelled'],
]

export const environmentRows: readonly (readonly [string, string])[] = [
  ['ACCESSION_DATA', 'the data directory, where --data does not name one'],
  ['DATABASE_URL', 'a PostgreSQL server to use instead of the embedded one'],
  ['ACCESSION_URL', 'the address by which people reach Accession through a proxy'],
  ['OIDC_ISSUER', 'an identity provider that people may sign in by; docs/people.md has the others'],
  ['NO_COLOR', 'no colours, if set'],
]

const sections = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

function table(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}:\n${columns(rows.map((row) => ['', ...row])).join('\n')}`
}

/** Lines of 90 characters, broken at blanks. */
function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > 90) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
