import type { Condition, NormalizeAction } from './rule.ts'

/** Says of each tag, or pattern of tags, of a rule what is done with its fields. */
export type Touch = (what: 'read' | 'removed' | 'changed', tag: string) => void

export function touchedByCondition(condition: Condition, touch: Touch): void {
  switch (condition.is) {
    case 'true':
      return
    case 'exists':
    case 'exists-more-than-once':
      return touch('read', condition.element.tag)
    case 'exists-control':
      return touch('read', condition.control.tag)
    case 'not':
      return touchedByCondition(condition.of, touch)
    case 'all':
    case 'any':
      for (const each of condition.of) touchedByCondition(each, touch)
  }
}

export function touchedByAction(action: NormalizeAction, touch: Touch): void {
  if (action.only !== null) touchedByCondition(action.only, touch)
  switch (action.do) {
    case 'add-control-field':
    case 'add-field':
    case 'combine-fields':
    case 'correct-duplicate-subfields':
    case 'move-subfields-to-end':
    case 'split-field':
      return touch('changed', action.tag)
    case 'add-subfield':
      return touch('changed', action.to.tag)
    case 'add-system-number':
      touch('read', action.from)
      if (action.prefix !== null) touch('read', action.prefix)
      return touch('changed', action.to.tag)
    case 'change-control-field':
      touch('changed', action.from)
      return touch('changed', action.to)
    case 'change-field':
      touch('changed', action.from.tag)
      return touch('changed', action.to)
    case 'change-indicator':
    case 'change-subfield':
    case 'prefix':
    case 'suffix':
      return touch('changed', action.of.tag)
    case 'copy-control-field':
      touch('read', action.from.tag)
      return touch('changed', action.to)
    case 'copy-field':
      touch('read', action.from.tag)
      return touch('changed', action.to.tag)
    case 'correct-duplicate-fields':
    case 'sort-fields':
      for (const tag of action.tags) touch('changed', tag)
      return
    case 'prefix-subfield':
    case 'suffix-subfield':
      touch('read', action.from.tag)
      return touch('changed', action.of.tag)
    case 'remove-control-field':
      return touch('removed', action.control.tag)
    case 'remove-field':
      return touch('removed', action.element.tag)
    case 'remove-subfield':
    case 'replace-contents':
      return touch('changed', action.element.tag)
    case 'replace-control-contents':
      return touch('changed', action.control.tag)
    case 'split-subfield':
      touch('changed', action.tag)
      return touch('changed', action.to.tag)
  }
}
