import { readFileSync } from 'node:fs'
import type { MarcRecord } from '../src/marc/record.ts'
import { decodeFrame, openMarc } from '../src/marc/read.ts'
import { deriveState } from '../src/rules/derive.ts'
import type { ImportProfile, MatchSettings } from '../src/rules/import-profile.ts'
import { judge } from '../src/rules/match/judge.ts'
import { addToIndex, createMatchIndex } from '../src/rules/match/match-index.ts'
import { prepare, type ReadyRecord, stepsOf } from '../src/rules/prepare.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import type { Trace } from '../src/rules/trace.ts'
import { validationRules } from '../src/rules/validation/validation-rules.ts'
import { streamCorpusFile } from './corpus.ts'
import { bibOf } from './planned.ts'

/** Two records of shared/data, and whether a person says that they are of one thing: see fixtures/labelled/README.md. */
export type LabelledPair = {
  readonly existing: Place
  readonly incoming: Place
  readonly label: 'same' | 'other' | 'unsure'
  /** What the pair is, in words of a closed list but for the unsure ones. */
  readonly why: string
}

type Place = { readonly file: string; readonly position: number }

const isLabel = (label: string): label is LabelledPair['label'] => /^(?:same|other|unsure)$/.test(label)

export function labelledPairs(): LabelledPair[] {
  const text = readFileSync(new URL('fixtures/labelled/pairs.tsv', import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file = '', position, otherFile = '', otherPosition, label = '', why = ''] = line.split('\t')
      if (!isLabel(label)) throw new Error(`no label: ${line}`)
      return {
        existing: { file, position: Number(position) },
        incoming: { file: otherFile, position: Number(otherPosition) },
        label,
        why,
      }
    })
}

export const placeName = ({ file, position }: Place): string => `${file} ${position}`

/** The records of the pairs by the names of their places, each file read once and no further than it has to be. */
export async function labelledRecords(pairs: readonly LabelledPair[]): Promise<Map<string, MarcRecord>> {
  const wanted = new Map<string, Set<number>>()
  for (const { file, position } of pairs.flatMap(({ existing, incoming }) => [existing, incoming]))
    wanted.set(file, (wanted.get(file) ?? new Set()).add(position))
  const records = new Map<string, MarcRecord>()
  for (const [file, positions] of wanted) {
    const last = Math.max(...positions)
    const opened = await openMarc(streamCorpusFile(file))
    if ('notMarc' in opened) throw new Error(`${file} is no MARC file`)
    reading: for await (const frames of opened.frames)
      for (const frame of frames) {
        if (frame.kind === 'junk') continue
        if (frame.position > last) break reading
        if (!positions.has(frame.position)) continue
        const decoded = decodeFrame(opened.format, frame, 'repair')
        if (decoded.ok) records.set(placeName({ file, position: frame.position }), decoded.record)
      }
  }
  return records
}

const repository = shippedProfile('repository')

/** The repository profile, which lets through what is not valid: matching is what is looked at. */
const profileOf = (match: Partial<MatchSettings>): ImportProfile => ({
  ...repository,
  filter: null,
  validate: Object.fromEntries(Object.keys(validationRules).map((code) => [code, 'off'] as const)),
  match: { ...repository.match, ...match },
})

export function readyOf(record: MarcRecord): ReadyRecord {
  const prepared = prepare(record, profileOf({ method: 'weighted' }))
  if (prepared.status !== 'ready') throw new Error(`a record is out: ${prepared.code}`)
  return prepared.ready
}

export type Verdict = 'match' | 'unsure' | 'none'

/** What a method says of an incoming record where the catalogue has one bib. */
export function verdictOn(
  existing: ReadyRecord,
  incoming: ReadyRecord,
  match: Partial<MatchSettings> & { readonly method: string },
): { readonly verdict: Verdict; readonly trace: Pick<Trace, 'step' | 'looked' | 'candidates'> } {
  const profile = profileOf(match)
  const bib = bibOf(
    1,
    { leader: existing.leader, fields: [] },
    {
      record: `${existing.leader}${existing.body}`,
      carrier: existing.carrier,
      originatingNumber: existing.originatingNumber,
    },
  )
  const index = createMatchIndex()
  addToIndex(index, bib, deriveState(bib))
  const ready = { ...incoming, method: match.method, steps: stepsOf(profile, incoming) }
  const { verdict, trace } = judge(ready, { profile, zone: 'NZ', index })
  return { verdict: verdict === 'one' ? 'match' : verdict === 'none' ? 'none' : 'unsure', trace }
}

const numbers = /^(?:001|003|010|01[3-9]|02[0-9]|030|03[0-9]|074|08[68])$/

/** The record as one would come that has no number of any kind. */
export const withoutNumbers = (record: MarcRecord): MarcRecord => ({
  ...record,
  fields: record.fields.filter(({ tag }) => !numbers.test(tag)),
})
