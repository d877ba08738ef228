import { breaks } from './lint-leader.ts'
import { lintOrder } from './lint-order.ts'
import { isControlPattern, isDataPattern, neverMet, noSuchControl } from './never-met.ts'
import type { NormalizeAction, Rule } from './rule.ts'
import { type TokenReader, fail, warn } from './token-reader.ts'

/** What is wrong with the actions of normalisation rules, what has no effect, and whether their order is left open. */
export function lintNormalizeRules(
  reader: TokenReader,
  rules: readonly Rule<NormalizeAction>[],
  ordered: boolean,
): void {
  for (const action of rules.flatMap(({ actions }) => actions)) {
    const broken = breaks(action)
    const idle = broken === null ? withoutEffect(action) : null
    if (broken !== null) fail(reader, action.place, broken)
    if (idle !== null) warn(reader, action.place, idle)
  }
  if (!ordered) lintOrder(reader, rules)
}

function withoutEffect(action: NormalizeAction): string | null {
  const never = action.only === null ? null : neverMet(action.only)
  if (never !== null) return `This action never does anything: ${never}.`
  switch (action.do) {
    case 'remove-control-field':
    case 'replace-control-contents': {
      const { control } = action
      if (isDataPattern(control.tag))
        return `${control.tag} is a data field, which this action leaves alone; write ${
          action.do === 'remove-control-field' ? 'removeField' : 'replaceContents'
        }.`
      const none = noSuchControl(control)
      if (none !== null) return `This action never does anything: ${none}.`
      return action.do === 'remove-control-field' && control.tag === '001' ? sourceNumber : null
    }
    case 'change-control-field':
      return action.from === '001' ? sourceNumber : null
    case 'remove-field': {
      const { tag, ind1, ind2, subfield } = action.element
      if (!isControlPattern(tag)) return null
      if (ind1 !== null || ind2 !== null || subfield !== null) return noSubfields(tag)
      return tag === '001' ? sourceNumber : null
    }
    case 'add-field':
      return isControlPattern(action.tag)
        ? `${action.tag} is a control field and has no subfields; the value alone is added.`
        : null
    case 'copy-field':
      return isControlPattern(action.from.tag) && action.from.subfield !== null
        ? noSubfields(action.from.tag)
        : null
    case 'change-field':
      return action.from.tag === action.to && action.from.ind1 === null && action.from.ind2 === null
        ? `The tag is ${action.to} already.`
        : unlessData(action.from.tag)
    case 'add-subfield':
      return unlessData(action.to.tag)
    case 'change-indicator':
    case 'change-subfield':
    case 'prefix':
    case 'suffix':
    case 'prefix-subfield':
    case 'suffix-subfield':
      return unlessData(action.of.tag)
    case 'remove-subfield':
    case 'replace-contents':
      return unlessData(action.element.tag)
    case 'combine-fields':
    case 'correct-duplicate-subfields':
    case 'move-subfields-to-end':
    case 'split-field':
    case 'split-subfield':
      return unlessData(action.tag)
    case 'add-control-field':
    case 'add-system-number':
    case 'copy-control-field':
    case 'correct-duplicate-fields':
    case 'sort-fields':
      return null
  }
}

const sourceNumber =
  'The number of the source is taken down before any rule runs and is kept with the bib, so that to remove 001 is safe, and needless.'

const noSubfields = (tag: string): string =>
  `This action never does anything: ${tag} is a control field, without indicators and subfields.`

const unlessData = (tag: string): string | null => (isControlPattern(tag) ? noSubfields(tag) : null)
