/**
 * Orders MMS IDs by when they were given: 99, a number that counts up, the four digits of the zone. A bib that
 * a preview would make, `new:file:position`, is newer than all.
 */
export function byAge(a: string, b: string): number {
  const places = [a, b].map((mmsId) =>
    mmsId.startsWith('99') ? [0, Number(mmsId.slice(2, -4))] : [1, ...mmsId.split(':').slice(1).map(Number)],
  )
  const [one = [], other = []] = places
  for (let at = 0; at < one.length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
