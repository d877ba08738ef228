import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** Whom the server runs as. PostgreSQL refuses to run as root. */
export type ServerUser = { readonly uid: number; readonly gid: number }

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Oneself; for root the owner of a cluster that is there, else a user of the server's own. */
export async function serverUser(existingCluster: string | null): Promise<ServerUser> {
  const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 }
  if (self.uid < 0) {
    throw new Error('The embedded PostgreSQL needs a Unix system. Name a server of your own in DATABASE_URL.')
  }
  if (existingCluster !== null) {
    const { uid, gid } = await stat(existingCluster)
    if (uid === 0) throw new Error(`${existingCluster} belongs to root, whom PostgreSQL refuses to run as.`)
    if (self.uid !== 0 && uid !== self.uid) {
      throw new Error(
        `${existingCluster} belongs to another user (uid ${uid}). Start Accession as that user or as root.`,
      )
    }
    return { uid, gid }
  }
  if (self.uid !== 0) return self
  const found = (await findUser('accession')) ?? (await findUser('postgres')) ?? (await addUser())
  // A container without useradd still has a nobody.
  const user = found ?? (await findUser('nobody'))
  if (user === null)
    throw new Error('PostgreSQL refuses to run as root, and there is no other user. Add one named accession.')
  return user
}

async function findUser(name: string): Promise<ServerUser | null> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const line of passwd.split('\n')) {
    const [user, , uid, gid] = line.split(':')
    if (user === name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  return null
}

async function addUser(): Promise<ServerUser | null> {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  try {
    await promisify(execFile)('useradd', [...options, '--shell', '/usr/sbin/nologin', 'accession'])
  } catch {
    return null
  }
  return findUser('accession')
}

/** Whether the user may enter the folder: every folder above it and itself can be searched. */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const { mode, uid, gid } = await stat(path)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (path === dirname(path)) return true
  }
}
