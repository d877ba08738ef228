/** A bar of the histogram: years, both included, and how many results are of them. */
export type YearBin = { readonly from: number; readonly to: number; readonly count: number }

const spans = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000]

/** Years as at most so many bars, each of the same round number of years; the empty ones between them too. */
export function yearBins(
  years: readonly { readonly value: string; readonly count: number }[],
  mostBins = 30,
): readonly YearBin[] {
  const counted = years
    .map(({ value, count }) => ({ year: Number(value), count }))
    .filter(({ year }) => Number.isSafeInteger(year) && year > 0 && year < 10_000)
  if (counted.length === 0) return []
  const first = Math.min(...counted.map(({ year }) => year))
  const last = Math.max(...counted.map(({ year }) => year))
  const span = spans.find((one) => Math.floor(last / one) - Math.floor(first / one) + 1 <= mostBins) ?? 1000
  const start = Math.floor(first / span) * span
  const bins = Array.from({ length: Math.floor((last - start) / span) + 1 }, (_, at) => ({
    from: start + at * span,
    to: start + (at + 1) * span - 1,
    count: 0,
  }))
  for (const { year, count } of counted) {
    const bin = bins[Math.floor((year - start) / span)]
    if (bin !== undefined) bin.count += count
  }
  return bins
}
