import type { MarcRecord } from '../src/marc/record.ts'
import type { MatchSettings } from '../src/rules/import-profile.ts'
import { matchMethods } from '../src/rules/match/match-methods.ts'
import type { ReadyRecord } from '../src/rules/prepare.ts'
import {
  type LabelledPair,
  labelledPairs,
  labelledRecords,
  placeName,
  readyOf,
  type Verdict,
  verdictOn,
  withoutNumbers,
} from '../test/labelled.ts'

/** How a method did on the labelled pairs that it is for. */
export type MatchFigure = {
  readonly method: string
  /** Without: the incoming records had no numbers. */
  readonly numbers: 'with' | 'without'
  readonly same: Counts
  readonly other: Counts
  readonly unsure: Counts
  /** Of what it called a match, the part that is; of what is, the part that it called one. */
  readonly precision: number
  readonly recall: number
  readonly misses: readonly Miss[]
}

type Counts = Readonly<Record<Verdict, number>>
type Miss = { readonly pair: LabelledPair; readonly verdict: Verdict; readonly evidence: readonly string[] }

/** The example of docs/matching.md: the number of the shared catalogue where there is one, and else by weight. */
const exampleSteps: NonNullable<MatchSettings['steps']> = [
  { method: 'oclc', for: 'all' },
  { method: 'issn-exact', for: 'serial' },
  { method: 'weighted', for: 'all' },
]

/** Precision and recall of every match method on the pairs of test/fixtures/labelled. */
export async function benchMatch(): Promise<MatchFigure[]> {
  const pairs = labelledPairs()
  const records = await labelledRecords(pairs)
  const ready = readied(records, (record) => record)
  const bare = readied(records, withoutNumbers)
  return matchMethods.flatMap(({ code }) => {
    const match = { method: code, ...(code === 'multi-step' ? { steps: exampleSteps } : {}) }
    const of = (incoming: ReadonlyMap<string, ReadyRecord>, numbers: MatchFigure['numbers']) =>
      figureOf(pairs, match, { existing: ready, incoming }, numbers)
    const figures = [of(ready, 'with'), of(bare, 'without')]
    return figures.filter(({ same, other }) => same.match + same.unsure + other.match + other.unsure > 0)
  })
}

const readied = (
  records: ReadonlyMap<string, MarcRecord>,
  change: (record: MarcRecord) => MarcRecord,
): Map<string, ReadyRecord> =>
  new Map([...records].map(([name, record]) => [name, readyOf(change(record))] as const))

type Readied = {
  readonly existing: ReadonlyMap<string, ReadyRecord>
  readonly incoming: ReadonlyMap<string, ReadyRecord>
}

function figureOf(
  pairs: readonly LabelledPair[],
  match: Partial<MatchSettings> & { readonly method: string },
  { existing, incoming }: Readied,
  numbers: MatchFigure['numbers'],
): MatchFigure {
  const none = () => ({ match: 0, unsure: 0, none: 0 })
  const counts = { same: none(), other: none(), unsure: none() }
  const misses: Miss[] = []
  for (const pair of pairs) {
    const [a, b] = [existing.get(placeName(pair.existing)), incoming.get(placeName(pair.incoming))]
    if (!a || !b || !isFor(match.method, b)) continue
    const { verdict, trace } = verdictOn(a, b, match)
    counts[pair.label][verdict]++
    const isMiss = pair.label === 'same' ? verdict !== 'match' : verdict === 'match'
    if (isMiss) misses.push({ pair, verdict, evidence: trace.candidates?.[0]?.evidence ?? [] })
  }
  const { same, other } = counts
  return {
    method: match.method,
    numbers,
    ...counts,
    precision: same.match / (same.match + other.match),
    recall: same.match / (same.match + same.unsure + same.none),
    misses,
  }
}

/** A method for serials alone is measured on them alone, and one for the others on those. */
function isFor(method: string, { features }: ReadyRecord): boolean {
  if (method.endsWith('-non-serial')) return features?.isSerial !== true
  return !method.endsWith('-serial') || features?.isSerial === true
}

/** A table of the methods, and then what each gets wrong. */
export const matchText = (figures: readonly MatchFigure[]): string =>
  `${matchTable(figures)}\n\n${figures.map(missesText).join('\n')}`

function matchTable(figures: readonly MatchFigure[]): string {
  const head = ['', 'precision', 'recall', 'same: match, unsure, none', 'other', 'unsure']
  const rows = [head, ...figures.map((figure) => row(figure))]
  const widths = head.map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

const row = (figure: MatchFigure): string[] => [
  titleOf(figure),
  percent(figure.precision),
  percent(figure.recall),
  ...[figure.same, figure.other, figure.unsure].map(
    ({ match, unsure, none }) => `${match}, ${unsure}, ${none}`,
  ),
]

const titleOf = ({ method, numbers }: MatchFigure) => `${method}${numbers === 'with' ? '' : ', no numbers'}`

const percent = (part: number) => (Number.isNaN(part) ? '' : `${(part * 100).toFixed(1)} %`)

const wrongs: Readonly<Record<Verdict, string>> = {
  match: 'taken for a match',
  unsure: 'left to a person',
  none: 'not found',
}

/** By cause, the most frequent first, each with an example. */
function missesText(figure: MatchFigure): string {
  const causes = Map.groupBy(figure.misses, ({ verdict, pair }) => `${wrongs[verdict]}: ${pair.why}`)
  const lines = [...causes]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([cause, misses]) => {
      const [example] = misses
      return example
        ? `${String(misses.length).padStart(5)} ${cause}, as ${placeName(example.pair.existing)} and ${placeName(example.pair.incoming)}`
        : []
    })
  return [titleOf(figure), ...lines, ''].join('\n')
}
