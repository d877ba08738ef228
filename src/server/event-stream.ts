import { Readable } from 'node:stream'

/** One client of server-sent events. */
export type EventStream = {
  readonly readable: Readable
  /**
   * Sends an event, as soon as the client takes it. Of those with one key only the latest waits, so
   * that what a slow client has yet to get does not grow with time.
   */
  send(key: string, text: string): void
  end(): void
}

/** Events that wait for one client; with more it is closed, and comes again to read everything afresh. */
const mostWaiting = 1000

export function openEventStream(): EventStream {
  const waiting = new Map<string, string>()
  let isWanted = false
  let isEnded = false
  const readable = new Readable({
    highWaterMark: 64 * 1024,
    read() {
      isWanted = true
      drain()
    },
  })

  function drain(): void {
    for (const [key, text] of waiting) {
      if (!isWanted) return
      waiting.delete(key)
      isWanted = readable.push(text)
    }
  }

  return {
    readable,
    send(key, text) {
      if (readable.destroyed || isEnded) return
      waiting.delete(key)
      waiting.set(key, text)
      drain()
      if (waiting.size > mostWaiting) readable.destroy()
    },
    end: () => {
      if (!isEnded) readable.push(null)
      isEnded = true
    },
  }
}

/** An event in the words of the protocol (HTML, 9.2). */
export const eventText = (name: string, value: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`
