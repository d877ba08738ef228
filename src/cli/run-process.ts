import { reportFailure } from './failures.ts'
import { openIo } from './io.ts'
import { runCommand } from './run-command.ts'

/** Runs the command line of this process, and sets its exit code. */
export async function runProcess(): Promise<void> {
  // bin/accession.js is no more: killed, it could pass nothing on. Nobody waits for the command then.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()

  const io = openIo(process)
  try {
    process.exitCode = await runCommand(process.argv.slice(2), io)
  } catch (error) {
    process.exitCode = reportFailure(error, io)
  }
}
