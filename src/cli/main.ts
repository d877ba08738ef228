import { reportFailure } from './failures.ts'
import { openIo } from './io.ts'
import { runCommand } from './run-command.ts'

/*
 * The command line: the words after `accession` are those of a command, or `help`, or `--version`.
 */

const io = openIo(process)

// bin/accession.js is no more: killed, it could pass nothing on. Nobody waits for the command then.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

process.exitCode = await runCommand(process.argv.slice(2), io).catch((error: unknown) =>
  reportFailure(error, io),
)
