import { fixedLengths, textLengths } from './never-met.ts'
import type { NormalizeAction } from './rule.ts'
import { brief } from './token-reader.ts'

/**
 * Why an action would leave a record without a leader that can be read, or with a field that none can be:
 * a leader of another length, a control field that is a data field. Such a rule is refused.
 */
export function breaks(action: NormalizeAction): string | null {
  switch (action.do) {
    case 'remove-control-field':
      return action.control.tag === 'LDR' ? 'The leader cannot be removed; every record has one.' : null
    case 'remove-field':
      return action.element.tag === 'LDR' ? 'The leader cannot be removed; every record has one.' : null
    case 'replace-control-contents':
      return action.control.tag === 'LDR' ? breaksLeader(action) : null
    case 'change-control-field':
      if (action.from === 'LDR' || action.to === 'LDR') return noOther
      return needControl(action.from) ?? needControl(action.to)
    case 'add-control-field':
      return action.tag === 'LDR' ? noOther : needControl(action.tag)
    case 'copy-control-field':
      return action.to === 'LDR' ? noOther : needControl(action.to)
    case 'add-field':
      return action.tag === 'LDR' ? noOther : null
    case 'copy-field':
      if (action.to.tag === 'LDR') return noOther
      return needData(action.to.tag, 'write copyControlField to make one')
    case 'change-field':
      if (action.from.tag === 'LDR' || action.to === 'LDR') return noOther
      return needData(action.to, 'write copyControlField and removeField')
    case 'add-system-number':
      return action.to.tag === 'LDR' ? noOther : needData(action.to.tag, 'name a data field, as 035.a')
    case 'split-subfield':
      return action.to.tag === 'LDR' ? noOther : needData(action.to.tag, 'name a data field, as TMP.a')
    default:
      return null
  }
}

const noOther =
  'The leader can neither be made nor made into something else; change characters of it with replaceControlContents "LDR.{5,1}".'

const needControl = (tag: string): string | null =>
  tag.startsWith('00') ? null : `${tag} is no control field; those are 001 to 009.`

const needData = (tag: string, remedy: string): string | null =>
  tag.startsWith('00') ? `${tag} is a control field, which has no subfields; ${remedy}.` : null

/** What takes the place of characters of the leader has to be as many, of those that a leader may have. */
function breaksLeader({
  control: { range, value },
  text,
}: Extract<NormalizeAction, { readonly do: 'replace-control-contents' }>): string | null {
  if (/[^ -~]/.test(text))
    return `A leader is made of letters, digits and marks without accents, and "${brief(text)}" has others.`
  if (value !== null && value.kind !== 'text') return null
  const whole = range?.length ?? (fixedLengths.LDR as number)
  const lengths = (value === null ? null : textLengths(value)) ?? [whole]
  const wrong = lengths.find((length) => length !== text.length)
  if (wrong === undefined) return null
  return `The leader has to keep its 24 characters; "${brief(text)}" has ${text.length} and would take the place of ${wrong}.`
}
