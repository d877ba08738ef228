/** One line of the bench: what was measured beside its peer, and the bar that it is held to. */
export type Figure = {
  readonly what: string
  /** Medians of the rounds. */
  readonly value: number
  readonly unit: string
  readonly peer?: { readonly name: string; readonly value: number }
  /** Median of the rounds' own ratios, since peers of a round shared the machine's mood. */
  readonly ratio?: number
  readonly bar?: { readonly of: 'value' | 'ratio'; readonly least?: number; readonly most?: number }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value that so great a part of all, as 0.99, does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

/** A figure of rounds in which it and its peer took turns. */
export function paired(
  what: string,
  unit: string,
  peer: string,
  rounds: readonly { readonly own: number; readonly peer: number }[],
  leastRatio?: number,
): Figure {
  return {
    what,
    unit,
    value: median(rounds.map(({ own }) => own)),
    peer: { name: peer, value: median(rounds.map((round) => round.peer)) },
    ratio: median(rounds.map((round) => round.own / round.peer)),
    ...(leastRatio === undefined ? {} : { bar: { of: 'ratio', least: leastRatio } }),
  }
}

/** Nothing where the figure is held to no bar. */
export function isMet({ value, ratio, bar }: Figure): boolean | null {
  if (!bar) return null
  const measured = bar.of === 'ratio' ? (ratio ?? Number.NaN) : value
  return bar.least !== undefined ? measured >= bar.least : measured <= (bar.most ?? Number.NaN)
}

export function table(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'measured', 'peer', '', 'ratio', 'bar', ''],
    ...figures.map((figure) => [
      figure.what,
      `${whole(figure.value)} ${figure.unit}`,
      figure.peer?.name ?? '',
      figure.peer ? `${whole(figure.peer.value)} ${figure.unit}` : '',
      figure.ratio?.toFixed(2) ?? '',
      barText(figure),
      isMet(figure) === null ? '' : isMet(figure) ? 'met' : 'NOT MET',
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, at) =>
          /^[<≥\d]/.test(cell) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const whole = (value: number) => Math.round(value).toLocaleString('en')

function barText({ bar, unit }: Figure): string {
  if (!bar) return ''
  const sign = bar.least !== undefined ? '≥' : '<'
  const limit = bar.least ?? bar.most ?? Number.NaN
  return bar.of === 'ratio' ? `${sign} ${limit.toFixed(2)}` : `${sign} ${whole(limit)} ${unit}`
}
