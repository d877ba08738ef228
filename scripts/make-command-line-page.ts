import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Command } from '../src/cli/command.ts'
import { allCommands } from '../src/cli/commands.ts'
import { environmentRows, exitCodeRows } from '../src/cli/help.ts'
import { optionUsage, usageOf } from '../src/cli/usage.ts'

/*
 * Writes docs/command-line.md from the commands themselves; with --check it only compares, and exits 1 where
 * the page is not what they make.
 */
const FILE = fileURLToPath(new URL('../docs/command-line.md', import.meta.url))

const page = `${[...introduction(), ...(await allCommands()).map(section)].join('\n\n')}\n`
if (!process.argv.includes('--check')) {
  await writeFile(FILE, page)
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== page) {
  process.stderr.write(
    'docs/command-line.md is not what the commands make: run scripts/make-command-line-page.ts.\n',
  )
  process.exitCode = 1
}

function introduction(): string[] {
  return [
    '<!-- Written by scripts/make-command-line-page.ts from src/cli; not to be edited. -->',
    '# Command line',
    '`accession COMMAND`, in a checkout `npx accession COMMAND`. `accession help COMMAND` says what stands here.',
    'A command needs no configuration. Where Accession is not running, it opens the database of the data directory itself; where it is, it uses the same one. The `marc` commands need no database at all.',
    [
      '- What was asked for goes to standard output; progress, warnings and errors go to standard error.',
      '- `--json` is stable: names keep their meaning and their order, and are only ever added to. Times are ISO 8601 in UTC. MMS IDs are texts.',
      '- Fields are written as text as in `245 10 $a Emma / $c Jane Austen.`, with `#` for a blank indicator, `{dollar}` for a dollar sign and `{lcub}` for an opening brace.',
      '- An error says what happened and what to do. A stack is shown only for a fault of Accession itself.',
    ].join('\n'),
    '## Exit codes',
    table(
      ['code', 'meaning'],
      exitCodeRows.map(([code, meaning]) => [code, meaning]),
    ),
    'An import in which one file was no MARC file ends in 1, even where the others were imported and some of their records were rejected; the report, or `outcomes` of `--json`, says what became of those.',
    'Through `npx` in a terminal, Ctrl-C ends in npm’s own 130 and not in 5: npm hears it too. Scripts run `bin/accession.js`, whose exit code is that of the command.',
    '## Environment',
    table(
      ['variable', 'meaning'],
      environmentRows.map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
  ]
}

function section(command: Command): string {
  const { name, summary, about = [], arguments: args, options, json } = command
  const rows = [
    ...Object.values(args).map(({ shown, meaning }) => [`\`${shown}\``, meaning]),
    ...Object.entries(options).map(([option, form]) => [`\`${optionUsage(option, form)}\``, form.meaning]),
  ]
  return [
    `## ${name}`,
    `\`\`\`\n${usageOf(command)}\n\`\`\``,
    summary,
    ...about,
    ...(rows.length === 0 ? [] : [table(['argument or option', 'meaning'], rows)]),
    ...(json === undefined ? [] : [`With \`--json\`: ${json.replaceAll('<', '&lt;')}.`]),
  ].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
