import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { errorCode } from './errors.ts'

/**
 * Makes a data directory, and the folders above it that are missing. One after the other: the recursive
 * mkdir of Node never returns in a folder that takes no others, as /proc.
 *
 * @throws {Error} in words where it cannot be one
 */
export async function makeDataDir(dataDir: string, mode: number): Promise<void> {
  const path = resolve(dataDir)
  const there = await stat(path).catch((error: unknown) => refuseUnlessMissing(dataDir, error))
  if (there?.isDirectory() === true) return
  if (there !== null)
    throw new Error(`The data directory ${dataDir} is a file. Name a folder, or one that is to be made.`)
  if (dirname(path) !== path) await makeDataDir(dirname(path), mode)
  await mkdir(path, { mode }).catch((error: unknown) => {
    // Another process was first.
    if (errorCode(error) !== 'EEXIST') throw new Error(cannotBeMade(path, error), { cause: error })
  })
}

function refuseUnlessMissing(dataDir: string, error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw new Error(cannotBeMade(dataDir, error), { cause: error })
}

function cannotBeMade(path: string, error: unknown): string {
  const code = errorCode(error) ?? String(error)
  const why = reasons[code] ?? code
  return `The data directory cannot be made: ${path}, ${why}. Name another with --data or ACCESSION_DATA.`
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'the folder above it may not be written by this user',
  EPERM: 'the folder above it may not be written by this user',
  EROFS: 'the disk may only be read',
  ENOENT: 'the folder above it takes no others',
  ENOTDIR: 'what is above it is no folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'links lead in a circle',
  ENOSPC: 'the disk is full',
}
