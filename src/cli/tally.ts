/** Counts by name, read out with the names in order. */
export function openTally() {
  const counts = new Map<string, number>()
  return {
    count(name: string, by = 1): void {
      counts.set(name, (counts.get(name) ?? 0) + by)
    },
    read: (): Readonly<Record<string, number>> =>
      Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1))),
  }
}
