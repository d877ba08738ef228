import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'

/** What tests use of the system; where it is missing they skip and say so. */
type SystemPart = { readonly package: string; readonly why: string; readonly isThere: () => boolean }

const onPath = (...programs: readonly string[]) =>
  programs.some((program) =>
    (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`)),
  )

const parts: readonly SystemPart[] = [
  {
    package: 'yaz',
    why: 'a second reader of MARC and a Z39.50 client',
    isThere: () => onPath('yaz-marcdump') && onPath('yaz-client'),
  },
  { package: 'chromium', why: 'the browser of the browser tests', isThere: () => onPath('chromium') },
  {
    package: 'postgresql',
    why: 'a server that is not the embedded one',
    isThere: () => globSync('/usr/lib/postgresql/*/bin/postgres').length > 0,
  },
]

export type Installation = { readonly installed: readonly string[]; readonly missing: readonly string[] }

/** Installs what is missing where this process may, which is as root or by sudo without a password. */
export function installParts(): Installation {
  const wanted = parts.filter((part) => !part.isThere())
  if (wanted.length > 0 && onPath('apt-get')) {
    const [command, ...before] = isRoot() ? ['apt-get'] : ['sudo', '-n', 'apt-get']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const aptGet = (...args: string[]) => spawnSync(command ?? '', [...before, ...args], { env }).status === 0
    const names = wanted.map((part) => part.package)
    // The lists may be older than the archive: then the files they name have gone.
    const install = () => aptGet('install', '-y', '--no-install-recommends', ...names)
    if (isRoot() || spawnSync('sudo', ['-n', 'true']).status === 0)
      void (install() || (aptGet('update') && install()))
  }
  const describe = (part: SystemPart) => `${part.package} (${part.why})`
  return {
    installed: wanted.filter((part) => part.isThere()).map(describe),
    missing: wanted.filter((part) => !part.isThere()).map(describe),
  }
}

const isRoot = () => process.getuid?.() === 0
