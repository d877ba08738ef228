import type { ExplainedGuard, ExplainedStep, Explanation, RuleLine } from '../import/explanation.ts'
import type { FieldDiff } from '../rules/diff.ts'
import { formatField } from '../rules/field-text.ts'
import { wordsOf } from '../rules/inventory/held-inventory.ts'
import { type TracedGuard, tracedKey } from '../rules/trace.ts'
import { counted } from './columns.ts'
import { diffLines } from './diff-text.ts'
import { formatNames } from './marc-format.ts'
import { outcomeName } from './outcome-words.ts'
import { repairLines } from './repair-text.ts'
import { style } from './style.ts'
import { droppedWords, guardWords } from './trace-text.ts'

/** All that was decided about a record, step by step, for people. */
export function explanationLines(explanation: Explanation): string[] {
  const { place } = explanation
  const title = explanation.prepared?.title ?? ''
  const where = `${place.entry === null ? '' : `${place.entry}, `}record ${place.position}`
  return [
    style.strong(`${where}: ${title}`),
    ...decodeLines(explanation),
    ...prepareLines(explanation),
    ...matchLines(explanation),
    ...guardLines(explanation),
    ...mergeLines(explanation),
    ...planLines(explanation),
  ]
}

const under = (lines: readonly string[], depth = 1): string[] =>
  lines.map((line) => `${' '.repeat(7 + 2 * depth)}${line}`)

function decodeLines({ decode, place }: Explanation): string[] {
  const { format, encoding, repairs, rejected } = decode
  const read = encoding === null ? '' : `, ${encoding}`
  return [
    `decode   ${formatNames[format]}${read}, ${place.length} bytes at ${place.offset}`,
    ...under([...repairLines(repairs), ...(rejected ? [rejected.message] : [])]),
  ]
}

function prepareLines({ filter, normalize, validate, prepared, decode, failed }: Explanation): string[] {
  if (decode.rejected) return []
  const keys = (prepared?.keys ?? []).map(({ kind, value, origin }) => tracedKey(kind, value, origin))
  const level = prepared?.briefLevel
  return [
    prepared && level
      ? `prepare  brief level ${level.level}, ${prepared.carrier}${prepared.isDelete ? ', asks for a deletion' : ''}; keys ${keys.join(', ') || 'none'}`
      : 'prepare',
    ...under([
      ...(level && (level.rule !== null || level.line)
        ? [`brief level: ${level.line ? lineWords(level.line) : level.rule}`]
        : []),
      ...(filter
        ? [`filter: ${filter.isMet ? 'met' : 'not met'}${filter.by ? ` by ${lineWords(filter.by)}` : ''}`]
        : []),
      ...normalize.flatMap(stepLines),
      ...(validate?.problems ?? []).map(
        ({ code, severity, field, value, message, remedy }) =>
          `${severity} ${code}${field === null ? '' : ` ${field}`}${value === null ? '' : ` “${value}”`}: ${message} ${remedy}`,
      ),
      ...(validate && validate.putOff > 0
        ? [`${counted(validate.putOff, 'finding')} put off by exceptions`]
        : []),
      ...(failed ? [`failed: ${failed.line ? lineWords(failed.line) : failed.rule}: ${failed.why}`] : []),
    ]),
  ]
}

/** Of a step without effect only that it was there. */
function stepLines({ step, rule, rules, diff }: ExplainedStep): string[] {
  const name = rule === null ? step : `rule ${rule.code}@${rule.version} of ${rule.zone}`
  if (rules.length === 0) return [`normalise by ${name}: ${changes(diff)}`, ...fieldLines(diff)]
  return [
    `normalise by ${name}: ${changes(diff)}`,
    ...rules.flatMap(({ place, isMet, lines }) => [
      `  line ${place.line}  ${place.text}${isMet ? '' : '  (its condition is not met)'}`,
      ...lines.flatMap((line) =>
        line.diff.length === 0
          ? []
          : [
              `  line ${line.place.line}  ${line.place.text}`,
              ...fieldLines(line.diff).map((text) => `  ${text}`),
            ],
      ),
    ]),
  ]
}

const changes = (diff: readonly FieldDiff[]) =>
  diff.length === 0 ? 'nothing to do' : counted(diff.length, 'change')

const fieldLines = (diff: readonly FieldDiff[]): string[] =>
  diff.flatMap(({ before, after }) => [
    ...(before === null ? [] : [style.bad(`  - ${formatField(before)}`)]),
    ...(after === null ? [] : [style.good(`  + ${formatField(after)}`)]),
  ])

const lineWords = ({ rule, version, line, text }: RuleLine): string =>
  `${rule}@${version}, line ${line}: ${text}`

const settingWords = {
  disregardCommunity: 'bibs of the community zone',
  disregardCancelled: 'those found by a cancelled number alone',
  preferSameCarrier: 'those of another carrier',
  newest: 'all but the one added last',
} as const

function matchLines({ match }: Explanation): string[] {
  if (!match) return []
  return [
    `match    by ${match.method}: ${match.name}`,
    ...under(
      match.steps.flatMap(({ name, looked, candidates, settled, matches, isCapped }) => [
        `step “${name}” looks up ${looked.join(', ')}: ${matches.length === 0 ? 'no match' : `matches ${matches.join(', ')}`}`,
        ...candidates.map(
          ({ mmsId, title, by, score, evidence, dropped }) =>
            `  found ${mmsId} ${title} by ${by.join(', ')}${score === undefined ? '' : `; score ${score}`}${evidence ? ` (${evidence.join(', ')})` : ''}${dropped === undefined ? '' : `; ${droppedWords[dropped]}`}`,
        ),
        ...settled.map(
          ({ setting, dropped }) =>
            `  of several, ${settingWords[setting]} are set aside: ${dropped.join(', ') || 'none, or all of them'}`,
        ),
        ...(isCapped ? ['  more bibs carry these keys than are looked at'] : []),
      ]),
    ),
  ]
}

const saidWords: Readonly<Record<ExplainedGuard['said'], string>> = {
  passed: 'passed',
  warned: 'passed, with a warning',
  review: 'left to a person',
  refused: 'refused',
  off: 'off',
}

const guardLines = ({ guards }: Explanation): string[] =>
  guards.map(
    ({ guard, said, traced }, at) =>
      `${at === 0 ? 'guards   ' : '         '}${guard}: ${saidWords[said]}${traced === null ? '' : `; ${said === 'passed' || said === 'off' ? comparedWords(traced) : guardWords(traced)}`}`,
  )

/** What a guard that let the record pass has compared. */
function comparedWords(traced: TracedGuard): string {
  if (traced.guard === 'brief')
    return `brief level ${traced.incoming} of the incoming record, ${traced.existing} of the bib (1 is briefest, 10 fullest)`
  return guardWords(traced)
}

function mergeLines({ merge }: Explanation): string[] {
  if (!merge) return []
  const { rule, action, fields } = merge
  const of = rule.version === null ? '' : `@${rule.version} of ${rule.zone}`
  // The actions of a shipped rule stand in no file.
  const lines = rule.version === null ? 'Action' : 'Line'
  return [
    `${action === 'merge' ? 'merge    ' : 'overlay  '}by ${rule.code}${of}: ${rule.name}`,
    ...under(
      fields.flatMap(({ decision, before, incoming, after, why, sentence, protection, line, removal }) => {
        if (decision === 'kept' && (why === 'same' || why === 'own-number')) return []
        const field = after ?? before ?? incoming ?? ''
        const by = [line, removal].flatMap((each) => (each ? [`${lines} ${each.line}: ${each.text}`] : []))
        return [
          `${decision.padEnd(8)} ${field}`,
          ...(decision === 'replaced' && before !== null ? [`         was ${before}`] : []),
          style.weak(
            `         ${[sentence, ...(protection === null ? [] : [`(${protection})`]), ...by].join(' ')}`,
          ),
        ]
      }),
    ),
  ]
}

/** `item: added MAIN STACKS, barcode 1`; a problem with its reason. */
function inventoryLines({ inventory }: Explanation): string[] {
  return inventory.map((step) => `${wordsOf(step)}${step.why === null ? '' : `: ${step.why}`}`)
}

function planLines(explanation: Explanation): string[] {
  const { outcome, code, sentence, remedy, result, combined } = explanation
  const { before, after, mmsId, diff } = result
  const bib = mmsId === null || mmsId.startsWith('new:') ? '' : `, bib ${mmsId}`
  const tags =
    after === null
      ? []
      : [
          ...(after.suppressed ? [before?.suppressed === true ? 'still suppressed' : 'suppressed'] : []),
          ...(after.publishToOclc === 'publish' ? [] : [`OCLC: ${after.publishToOclc}`]),
        ]
  return [
    `plan     ${outcomeName(outcome)}${code === null ? '' : ` ${code}: ${sentence}`}${bib}`,
    ...under([
      ...(remedy === null ? [] : [remedy]),
      ...combined.map(({ mmsId: other, became, into }) => `combined: ${other} is ${became}, into ${into}`),
      ...tags,
      ...inventoryLines(explanation),
      ...(diff.length > 0 ? diffLines(diff) : []),
    ]),
  ]
}
