/** Time as the gateway knows it. Milliseconds; `now` never goes back and says nothing about the date. */
export type Clock = {
  now(): number
  /** Calls once, later; what it gives back calls it off. */
  after(ms: number, call: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
