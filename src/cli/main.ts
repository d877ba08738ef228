import { reportFailure } from './failures.ts'
import { openIo } from './io.ts'
import { runCommand } from './run-command.ts'

/*
 * The command line: the words after `accession` are those of a command, or `help`, or `--version`.
 */

const io = openIo(process)
process.exitCode = await runCommand(process.argv.slice(2), io).catch((error: unknown) =>
  reportFailure(error, io),
)
