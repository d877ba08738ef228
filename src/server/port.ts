import type { App } from './app.ts'

/** How many ports are tried, from the one that was asked for. */
const tries = 20

/** Listens on the port, or on the next one that is free; returns the one that it is. 0 is any. */
export async function listenNear(app: App, host: string, port: number): Promise<number> {
  for (let at = port; ; at++) {
    try {
      await app.listen({ host, port: at })
      const address = app.server.address()
      return typeof address === 'object' && address !== null ? address.port : at
    } catch (error) {
      const isTaken =
        error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
      if (!isTaken || at >= port + tries || at >= 65_535) throw error
    }
  }
}
