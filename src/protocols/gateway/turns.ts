export type Turns = {
  /** Resolves when the key has a free place; what it gives back frees the place again. */
  take(key: string): Promise<() => void>
}

/** Places to work in, so many for each key; who finds none waits in line. Keys do not wait for each other. */
export function takeTurns(places: number): Turns {
  const taken = new Map<string, number>()
  const lines = new Map<string, (() => void)[]>()

  function release(key: string): void {
    const line = lines.get(key)
    const next = line?.shift()
    if (line?.length === 0) lines.delete(key)
    if (next) return next()
    const left = (taken.get(key) ?? 1) - 1
    if (left === 0) taken.delete(key)
    else taken.set(key, left)
  }

  return {
    async take(key) {
      const count = taken.get(key) ?? 0
      if (count < places) taken.set(key, count + 1)
      else
        await new Promise<void>((resolve) => {
          const line = lines.get(key) ?? []
          line.push(resolve)
          lines.set(key, line)
        })
      let isReleased = false
      return () => {
        if (isReleased) return
        isReleased = true
        release(key)
      }
    },
  }
}
