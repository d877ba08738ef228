import { ZoneNotFound } from '../catalog/zone.ts'
import { errorCode, isDiskFull, isTransient } from '../db/errors.ts'
import { SearchRefusal } from '../catalog/search/refusal.ts'
import { ImportRefusal } from '../import/refusal.ts'
import { InventoryRefusal } from '../inventory/refusal.ts'
import { PeopleRefusal } from '../people/refusal.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { CommandFailure, UsageFailure } from './failure.ts'
import { type Io, ReaderGone } from './io.ts'

/** Says what stopped a command; a stack is shown only of what nobody could have caused. */
export function reportFailure(error: unknown, io: Io): ExitCode {
  if (error instanceof ReaderGone) return exitCodes.done
  if (error instanceof UsageFailure) {
    io.say(`accession: ${error.message}\n${error.usage === '' ? '' : `\nUsage: ${error.usage}`}`.trimEnd())
    return exitCodes.usage
  }
  const known = wordsOf(error)
  if (known === null) {
    io.say('accession: this is a fault of Accession itself. Please report it, with what stands below.')
    io.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  } else {
    io.say(`accession: ${known.message}`)
    if (known.remedy !== null) io.say(known.remedy)
  }
  return exitCodes.error
}

type Words = { readonly message: string; readonly remedy: string | null }

function wordsOf(error: unknown): Words | null {
  if (error instanceof CommandFailure || error instanceof ImportRefusal) return error
  if (error instanceof InventoryRefusal || error instanceof PeopleRefusal) return error
  if (error instanceof SearchRefusal) return error
  if (error instanceof ZoneNotFound) return { message: error.message, remedy: null }
  if (isDiskFull(error))
    return { message: 'The disk is full.', remedy: 'Make room on it, and run the command again.' }
  const code = errorCode(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return hostUnknown(error)
  if (isTransient(error)) return databaseAway(error)
  const refusedBy = code === null ? undefined : serverRefusals[code.slice(0, 2)]
  if (refusedBy !== undefined && error instanceof Error)
    return {
      message: `The database server refused: ${error.message}.`,
      remedy: 'Check DATABASE_URL: user, password, name and rights.',
    }
  if (error instanceof Error && code !== null && 'syscall' in error) return fileWords(error, code)
  return null
}

/** Classes of SQLSTATE that a wrong address brings: 28 user or password, 3D no such database. */
const serverRefusals: Readonly<Record<string, true>> = { '28': true, '3D': true }

const databaseAway = (error: unknown): Words => ({
  message: `The database does not answer (${error instanceof Error ? error.message : String(error)}).`,
  remedy:
    'See that its server runs and that DATABASE_URL, if it is set, names it; then run the command again. Nothing is lost.',
})

/** ENOTFOUND and EAI_AGAIN of getaddrinfo(3): no such name, or nobody who knows names answers. */
function hostUnknown(error: unknown): Words {
  const host = error instanceof Error && 'hostname' in error ? ` ${String(error.hostname)}` : ''
  return {
    message: `The database’s host${host} cannot be found.`,
    remedy: 'Check the host in DATABASE_URL, and that names are resolved on this machine.',
  }
}

const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be used by this user',
  EPERM: 'may not be used by this user',
  EISDIR: 'is a folder',
  ENOTDIR: 'is in something that is no folder',
  EROFS: 'is on a disk that may only be read',
  EMFILE: 'cannot be opened: too many files are open',
  ENAMETOOLONG: 'has too long a name',
  ELOOP: 'leads in a circle of links',
}

function fileWords(error: Error, code: string): Words | null {
  if (!('path' in error) || typeof error.path !== 'string') return null
  return {
    message: `${error.path} ${fileFaults[code] ?? `cannot be used (${code})`}.`,
    remedy: 'Check the name and the permissions.',
  }
}
