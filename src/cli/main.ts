import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/*
 * The command line: the words after `accession` are those of a command, or `help`, or `--version`.
 *
 * What has been compiled is kept beside the packages, so that a short command starts in half the time;
 * hence all else is imported after that is switched on.
 */

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/accession', import.meta.url)))
const { runProcess } = await import('./run-process.ts')
await runProcess()
