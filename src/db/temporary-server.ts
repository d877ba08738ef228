import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded, type Embedded } from './embedded.ts'

/** A server with an empty database, for one run: what it holds goes with it. */
export async function startTemporary(): Promise<Embedded> {
  const folder = await mkdtemp(join(tmpdir(), 'accession-'))
  // The server's user is another than root, and must get through; its own folder in it is closed.
  await chmod(folder, 0o711)
  const server = await startEmbedded(folder)
  return {
    ...server,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
