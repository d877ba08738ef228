import type { ReplayCounts } from '../import/replay-report.ts'
import type { JobReport } from '../import/report.ts'
import { type Code, codeSentences, outcomes } from '../rules/outcome.ts'
import { columns, counted, formatCount } from './columns.ts'
import { outcomeMeanings, outcomeName } from './outcome-words.ts'
import { oneLine } from './plain.ts'
import { style } from './style.ts'
import { formatSeconds } from './time.ts'

/** The report of a job for people: what it was, what became of the records, what comes next. */
export function reportText(report: JobReport): string {
  return [heading(report), body(report), settled(report), faults(report), nextSteps(report)]
    .filter((part) => part !== '')
    .join('\n\n')
}

function heading(report: JobReport): string {
  const { job, kind, ofJob, zone, profile, label, status, seconds, files, records, reason, undone } = report
  const what =
    kind === 'import'
      ? 'import'
      : kind === 'preview'
        ? 'dry run, nothing was changed'
        : kind === 'commit'
          ? `commit of dry run ${ofJob}`
          : kind === 'undo'
            ? `undo of job ${ofJob}`
            : kind === 'link'
              ? 'bibs linked to the network'
              : `replay of job ${ofJob}, nothing was changed`
  const counts = [
    ...(kind === 'undo' ? [] : [counted(files, 'file')]),
    ...(records === null ? [] : [counted(records, 'record')]),
    ...(seconds === null ? [] : [formatSeconds(seconds)]),
  ].join(', ')
  return [
    style.strong(`Job ${job}: ${what}`) + (label === null ? '' : ` (${oneLine(label)})`),
    `Zone ${zone}, profile ${profile}; ${counts}; ${statusText(status)}${reason === null ? '' : `: ${reason}`}`,
    ...(undone === null ? [] : [style.warn(`Job ${undone} takes it back.`)]),
  ].join('\n')
}

function statusText(status: JobReport['status']): string {
  if (status === 'completed') return style.good(status)
  return status === 'failed' ? style.bad(status) : style.warn(status)
}

const body = (report: JobReport): string =>
  report.kind === 'undo'
    ? undoTable(report)
    : report.replay === null
      ? [linkTable(report), outcomeTable(report), inventoryTable(report)]
          .filter((part) => part !== '')
          .join('\n\n')
      : replayTable(report.replay)

function linkTable({ link, kind }: JobReport): string {
  if (link === null) return ''
  const rows = (
    [
      ['linked', link.linked],
      ['of these contributed as new', link.contributed],
      ['with several or unsure matches', link.multiMatched],
      ['linked already', link.alreadyLinked],
      ['refused', link.refused],
    ] as const
  ).filter(([, count]) => count > 0)
  if (rows.length === 0) return ''
  return [
    kind === 'preview' ? 'What would become of the bibs:' : 'What became of the bibs:',
    ...columns(rows.map(([what, count]) => ['', what, count])),
  ].join('\n')
}

function replayTable({ same, different, notReached, turns }: ReplayCounts): string {
  const counts = [
    ['', 'the same', same],
    ['', 'different', different],
    ...(notReached > 0 ? [['', 'not reached by the job', notReached]] : []),
  ]
  const rows = turns.map(({ was, now, count }) => ['', outcomeWithCode(was), outcomeWithCode(now), count])
  return [
    'What came of the records, against the job:',
    ...columns(counts),
    ...(rows.length === 0 ? [] : ['', 'Different, as it was and as it is now:', ...columns(rows)]),
  ].join('\n')
}

const outcomeWithCode = ({ outcome, code }: ReplayCounts['turns'][number]['was']): string =>
  code === null ? outcomeName(outcome) : `${outcomeName(outcome)} ${code}`

function outcomeTable({ atImport, codes, kind, combined }: JobReport): string {
  const rows: (string | number)[][] = outcomes
    .filter((outcome) => atImport[outcome] > 0)
    .map((outcome) => ['', outcomeName(outcome), atImport[outcome], outcomeMeanings[outcome]])
  if (rows.length === 0) return ''
  const reasons = Object.entries(codes).map(([code, count]) => ['', code, count, codeSentences[code as Code]])
  const title = kind === 'preview' ? 'What would become of the records:' : 'What became of the records:'
  return [
    title,
    ...columns(rows),
    ...(reasons.length === 0 ? [] : ['', 'Reasons:', ...columns(reasons)]),
    ...(combined === 0
      ? []
      : [
          '',
          `${counted(combined, 'bib')} ${kind === 'preview' ? 'would become' : 'became'} part of another.`,
        ]),
  ].join('\n')
}

const inventoryMeanings = {
  holdings: 'made',
  items: 'made',
  portfolios: 'made',
  changed: 'of what was there',
  removed: 'of what was there',
  problems: 'records of whose inventory something was wrong',
} as const

function inventoryTable({ inventory, kind }: JobReport): string {
  const counts = Object.keys(inventoryMeanings) as (keyof typeof inventoryMeanings)[]
  const rows = counts
    .filter((what) => inventory[what] > 0)
    .map((what) => ['', what, inventory[what], inventoryMeanings[what]])
  if (rows.length === 0) return ''
  const title = kind === 'preview' ? 'What would become of inventory:' : 'What became of inventory:'
  return [title, ...columns(rows)].join('\n')
}

/** What people have decided since, and what has come of the records with it. */
function settled({ kind, now }: JobReport): string {
  if (kind === 'undo' || now.resolved === 0) return ''
  const rows = outcomes
    .filter((outcome) => now[outcome] > 0)
    .map((outcome) => ['', outcomeName(outcome), now[outcome], outcomeMeanings[outcome]])
  return [`People have settled ${formatCount(now.resolved)} since; that makes:`, ...columns(rows)].join('\n')
}

const undoMeanings = {
  removed: 'Bibs that the job had made are gone.',
  restored: 'Bibs are again what they were before the job.',
  merged: 'Others had changed the bib since: what the job did went back, what they did stayed.',
  gone: 'The bib was not there any more.',
  conflict: 'Left as it was: others have changed it, or something hangs on it.',
  nothing: 'The record had left its bib as it was.',
} as const

function undoTable({ undo }: JobReport): string {
  if (undo === null) return ''
  const results = Object.keys(undoMeanings) as (keyof typeof undoMeanings)[]
  const rows = results
    .filter((result) => undo[result] > 0)
    .map((result) => ['', result, undo[result], undoMeanings[result]])
  return rows.length === 0
    ? 'There was nothing to take back.'
    : ['What the undo did:', ...columns(rows)].join('\n')
}

/** Files that are no MARC files, each in its words, and those that have no record in them. */
function faults({ fileList, reason }: JobReport): string {
  return fileList
    .flatMap(({ name, entry, notMarc, format, records }) => {
      const file = oneLine(entry === null ? name : `${name}: ${entry}`)
      // A job that failed for this file has said so.
      if (notMarc !== null && reason?.includes(notMarc) === true) return []
      if (notMarc !== null) return [style.bad(`${file}: ${notMarc}`)]
      return format !== null && records === 0 ? [style.warn(`${file}: There are no records in it.`)] : []
    })
    .join('\n')
}

/** Commands for what a person is most likely to want now, with the number filled in. */
function nextSteps(report: JobReport): string {
  const { job, kind, status, atImport, openIssues, undo } = report
  const steps: [string, string][] = []
  if ((report.replay?.different ?? 0) > 0)
    steps.push([`accession job differences ${job}`, 'which ones, field by field'])
  if (kind === 'preview' && report.canCommit.allowed) {
    steps.push([`accession job diff ${job} 1`, 'what would change, for the first record'])
    steps.push([`accession job commit ${job}`, 'do exactly this'])
  }
  if (status !== 'completed' && report.canResume.allowed && hasMarc(report))
    steps.push([`accession job resume ${job}`, 'go on after the last record'])
  if (kind === 'preview' && atImport.unresolved > 0)
    steps.push([`accession job records ${job} --outcome unresolved`, 'what a person would have to decide'])
  if (kind !== 'replay' && atImport.rejected > 0)
    steps.push([`accession job records ${job} --outcome rejected`, 'which ones, and why'])
  if (openIssues > 0)
    steps.push([`accession issue list --job ${job}`, `settle ${formatCount(openIssues)} of them`])
  if ((undo?.conflict ?? 0) > 0) steps.push([`accession job conflicts ${job}`, 'what was left as it was'])
  if (report.canUndo.allowed && hasChanged(report)) steps.push([`accession job undo ${job}`, 'take it back'])
  if (steps.length === 0) return ''
  return ['Next:', ...columns(steps.map((step) => ['', ...step]))].join('\n')
}

/** Whether there is, or may be, something to go on with. */
const hasMarc = ({ kind, fileList }: JobReport) =>
  kind === 'undo' || fileList.some(({ notMarc }) => notMarc === null)

/** Whether there is something to take back: a change, inventory, or, with the bibs in a network zone, a link to one. */
const hasChanged = ({ now, zone, bibZone, imported, inventory }: JobReport) =>
  now.created + now.merged + now.overlaid + now.deleted > 0 ||
  (zone !== bibZone && imported > 0) ||
  countInventory(inventory) > 0

const countInventory = ({ holdings, items, portfolios, changed, removed }: JobReport['inventory']): number =>
  holdings + items + portfolios + changed + removed
