import {
  formatCondition,
  formatControl,
  formatElement,
  formatIndicator,
  formatIndicators,
  formatRegex,
} from './format-condition.ts'
import type {
  CopyTarget,
  FieldPlace,
  FieldTarget,
  MergeAction,
  NormalizeAction,
  Pattern,
  Which,
} from './rule.ts'
import { writePattern, writeRegex, writeText } from './text-value.ts'

/** One action of normalisation on one line, with its condition. */
export function formatNormalizeAction(action: NormalizeAction): string {
  const doing = formatDoing(action)
  return action.only === null ? doing : `${doing} if (${formatCondition(action.only)})`
}

function formatDoing(action: NormalizeAction): string {
  switch (action.do) {
    case 'add-control-field':
      return `addControlField "${action.tag}.${writeText(action.value)}"`
    case 'add-field': {
      const { tag, ind1, ind2, subfield, value } = action
      const indicators = ind1 === ' ' && ind2 === ' ' ? '' : formatIndicators(ind1, ind2)
      return `addField "${tag}${indicators}.${subfield}.${writeText(value)}"`
    }
    case 'add-subfield': {
      const field = formatElement(action.to, 'matching').slice(0, -1)
      return `addSubField ${field}.${action.code}.${writeText(action.value)}"`
    }
    case 'add-system-number': {
      const prefix = action.prefix === null ? '' : ` prefixed by "${action.prefix}"`
      return `addSystemNumber ${formatPlace(action.to)} from "${action.from}"${prefix}`
    }
    case 'change-control-field':
      return `changeControlField "${action.from}" to "${action.to}"`
    case 'change-field':
      return `changeField ${formatElement(action.from, 'matching')} to "${action.to}"`
    case 'change-indicator': {
      const name = action.which === 1 ? 'changeFirstIndicator' : 'changeSecondIndicator'
      return `${name} ${formatElement(action.of, 'matching')} to "${formatIndicator(action.to)}"`
    }
    case 'change-subfield':
      return `changeSubField${which[action.which]} ${formatElement(action.of, 'matching')} to "${action.to}"`
    case 'combine-fields':
      return `combineFields "${action.tag}" excluding "${formatCodes(action.excluding)}"`
    case 'copy-control-field': {
      const from = 'range' in action.from ? formatControl(action.from, 'matching') : formatPlace(action.from)
      return `copyControlField ${from} to "${action.to}"`
    }
    case 'copy-field':
      return `copyField ${formatElement(action.from, 'matching')} to ${formatCopyTarget(action.to)}`
    case 'correct-duplicate-fields':
      return `correctDuplicateFields "${action.tags.join(',')}"`
    case 'correct-duplicate-subfields':
      return `correctDuplicateSubfields "${action.tag}" "${formatCodes(action.codes)}"`
    case 'move-subfields-to-end':
      return `moveSubfieldsToEndOfField "${action.tag}" "${formatCodes(action.codes)}"`
    case 'prefix':
    case 'suffix':
      return `${action.do} ${formatElement(action.of, 'matching')} with "${writeText(action.text)}"`
    case 'prefix-subfield':
      return `prefixSubField ${formatElement(action.of, 'matching')} with ${formatPlace(action.from)}`
    case 'suffix-subfield':
      return `suffixSubField ${formatElement(action.of, 'matching')} with ${formatPlace(action.from)}`
    case 'remove-control-field':
      return `removeControlField ${formatControl(action.control, 'matching')}`
    case 'remove-field':
      return `removeField ${formatElement(action.element, 'matching')}`
    case 'remove-subfield':
      return `removeSubField ${formatElement(action.element, 'matching')}`
    case 'replace-contents': {
      const { element, text } = action
      const name = `replaceContents${which[action.which]}`
      return `${name} ${formatElement(element, 'matching')} with "${formatReplacement(text, element.value)}"`
    }
    case 'replace-control-contents': {
      const { control, text } = action
      const replaced = formatControl(control, 'matching')
      return `replaceControlContents ${replaced} with "${formatReplacement(text, control.value)}"`
    }
    case 'split-field':
      return `splitField "${action.tag}.${action.subfield}"`
    case 'split-subfield': {
      const { tag, subfield, delimiter, to } = action
      return `splitSubField "${tag}.${subfield}.${writeText(delimiter)}" to ${formatPlace(to)}`
    }
    case 'sort-fields':
      return `sortFields "${action.tags.join(',')}"`
  }
}

const which: Readonly<Record<Which, string>> = {
  all: '',
  'except-first': 'ExceptFirst',
  'only-first': 'OnlyFirst',
}

const formatCodes = (codes: string): string => [...codes].join(',')

const formatPlace = ({ tag, subfield }: FieldPlace): string =>
  subfield === null ? `"${tag}"` : `"${tag}.${subfield}"`

function formatCopyTarget({ tag, subfield, ind1, ind2 }: CopyTarget): string {
  const code = subfield === null ? '' : `.${subfield}`
  return `"${tag}${formatIndicators(ind1 ?? null, ind2 ?? null)}${code}"`
}

const formatReplacement = (text: string, value: Pattern | null): string =>
  value?.kind === 'regex' ? writeRegex(text) : writeText(text)

/** One action of a merge rule on one line. */
export function formatMergeAction(action: MergeAction): string {
  const { verb, targets, excluding, when, subfield, without, only } = action
  let text = `${verb} ${formatTargets(targets)}`
  for (const excluded of excluding ?? []) text += ` excluding ${formatTargets([excluded])}`
  if (when) {
    const field = when.tag === undefined ? 'subfield ' : `${formatTargets([{ tag: when.tag }])}.`
    text += ` when ${field}"${when.subfield}" ${formatContains(when.contains)}`
  }
  for (const { code, value } of without ?? []) {
    const held = value.kind === 'text' ? `("${code}","${writePattern(value.alternatives)}")` : `"${code}"`
    text += ` excluding subfield ${held}${value.kind === 'regex' ? ` ${formatRegex('matches', value.source)}` : ''}`
  }
  if (subfield) text += ` if ${subfield.is === 'present' ? '' : 'not '}exists subfield "${subfield.code}"`
  if (only) text += only === 'if-incoming-has' ? ' if exists' : ' if does not exist'
  return text
}

/** Targets of one action have the same indicators, since they are written once. */
function formatTargets(targets: readonly FieldTarget[]): string {
  const { ind1, ind2 } = targets[0] as FieldTarget
  const indicators = ind1 === undefined && ind2 === undefined ? '' : `("${ind1 ?? '*'}","${ind2 ?? '*'}")`
  const isControl = targets.every(({ tag }) => tag === 'LDR' || /^00[0-9]$/.test(tag))
  const tags = targets.map(({ tag }) => tag).join('|')
  const [, start, tail] = /^([0-9A-Za-z]*?)(X{0,2})$/.exec(tags) ?? []
  const quoted = targets.length === 1 ? `"${start}"${tail}` : `"${tags}"`
  return `MARC.${isControl ? 'control.' : ''}${quoted}${indicators}`
}

function formatContains(contains: Pattern): string {
  if (contains.kind === 'some') return 'has any value'
  if (contains.kind === 'regex') return formatRegex('matches', contains.source)
  return `contains "${writePattern(contains.alternatives)}"`
}
