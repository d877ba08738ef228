import type { FastifyBaseLogger } from 'fastify'
import type { ServerAddress } from '../db/database.ts'
import { keepProcess, type KeptProcess } from './kept-process.ts'

export type ImporterStart = { readonly address: ServerAddress | string; readonly dataDir: string }

const program = new URL('importer-child.ts', import.meta.url)

/**
 * Half of what V8 takes by default for what is new: an import is as fast, in 100 MB less. The command line
 * (bin/accession.js) runs with the same.
 */
export const importerFlags: readonly string[] = ['--max-semi-space-size=32']

/** Runs jobs in a process of its own; what is cut off when it is stopped is taken up again. */
export const startImporter = (start: ImporterStart, log: FastifyBaseLogger): KeptProcess =>
  keepProcess({ name: 'importer', program, flags: importerFlags, start }, log)
