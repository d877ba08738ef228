import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

type Heard = (payload: string) => void

export type Notifications = {
  /** Resolves when listening; answers what ends it. */
  listen(channel: string, heard: Heard): Promise<() => Promise<void>>
  close(): Promise<void>
}

const LONGEST_DELAY = 5000

/**
 * LISTEN on a connection of its own, opened with the first listener and opened again when lost. What is
 * notified meanwhile is gone, so after each reopening every listener is called once with an empty payload:
 * a notification is a hint to look, never the news itself.
 */
export function openNotifications(config: pg.ClientConfig): Notifications {
  const listeners = new Map<string, Set<Heard>>()
  const ended = new AbortController()
  let opening: Promise<pg.Client> | null = null

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({ ...config, keepAlive: true, pipeline: true })
    client.on('notification', ({ channel, payload = '' }) => {
      for (const heard of listeners.get(channel) ?? []) heard(payload)
    })
    client.on('error', () => {
      // Followed by 'end', which opens the connection again.
    })
    try {
      await client.connect()
      for (const channel of listeners.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    client.on('end', () => {
      opening = null
      if (!ended.signal.aborted && listeners.size > 0) void reopen()
    })
    return client
  }

  /** One connection for all who ask at once; a failed attempt is forgotten, so that the next asker tries. */
  function connected(): Promise<pg.Client> {
    if (opening === null) {
      const attempt = open()
      opening = attempt
      attempt.catch(() => {
        if (opening === attempt) opening = null
      })
    }
    return opening
  }

  async function reopen(): Promise<void> {
    for (
      let wait = 100;
      !ended.signal.aborted && listeners.size > 0;
      wait = Math.min(LONGEST_DELAY, wait * 2)
    ) {
      try {
        await connected()
        for (const set of listeners.values()) for (const heard of set) heard('')
        return
      } catch {
        await delay(wait, undefined, { signal: ended.signal, ref: false }).catch(() => undefined)
      }
    }
  }

  return {
    async listen(channel, heard) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set)
      set.add(heard)
      const command = `listen ${pg.escapeIdentifier(channel)}`
      try {
        await (await connected()).query(command)
      } catch (error) {
        forget()
        throw error
      }
      return async () => {
        forget()
        const client = await (opening ?? Promise.resolve(null)).catch(() => null)
        if (client === null || listeners.has(channel)) return
        await client.query(`unlisten ${pg.escapeIdentifier(channel)}`).catch(() => undefined)
      }

      function forget(): void {
        set.delete(heard)
        if (set.size === 0 && listeners.get(channel) === set) listeners.delete(channel)
      }
    },
    async close() {
      ended.abort()
      listeners.clear()
      const client = await (opening ?? Promise.resolve(null)).catch(() => null)
      await client?.end()
    },
  }
}
