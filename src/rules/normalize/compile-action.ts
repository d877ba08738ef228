import type { NormalizeAction } from '../language/rule.ts'
import { addControlField, addField, addSubfield, addSystemNumber } from './add.ts'
import { changeControlField, changeField, changeIndicator, changeSubfield } from './change.ts'
import { affix, affixSubfield, replaceContents, replaceControlContents } from './contents.ts'
import { copyControlField, copyField } from './copy.ts'
import { combineFields, correctDuplicateFields, correctDuplicateSubfields } from './duplicates.ts'
import { moveSubfieldsToEnd, sortFields, splitField, splitSubfield } from './order.ts'
import { removeControlField, removeField, removeSubfield } from './remove.ts'
import type { Action } from './work.ts'

/** The actions of a name, or of either of two. */
export type ActionOf<Doing extends NormalizeAction['do']> = Extract<NormalizeAction, { readonly do: Doing }>

/** Makes an action ready to be carried out on many records. */
export function compileAction(action: NormalizeAction): Action {
  switch (action.do) {
    case 'add-control-field':
      return addControlField(action)
    case 'add-field':
      return addField(action)
    case 'add-subfield':
      return addSubfield(action)
    case 'add-system-number':
      return addSystemNumber(action)
    case 'change-control-field':
      return changeControlField(action)
    case 'change-field':
      return changeField(action)
    case 'change-indicator':
      return changeIndicator(action)
    case 'change-subfield':
      return changeSubfield(action)
    case 'combine-fields':
      return combineFields(action)
    case 'copy-control-field':
      return copyControlField(action)
    case 'copy-field':
      return copyField(action)
    case 'correct-duplicate-fields':
      return correctDuplicateFields(action)
    case 'correct-duplicate-subfields':
      return correctDuplicateSubfields(action)
    case 'move-subfields-to-end':
      return moveSubfieldsToEnd(action)
    case 'prefix':
    case 'suffix':
      return affix(action)
    case 'prefix-subfield':
    case 'suffix-subfield':
      return affixSubfield(action)
    case 'remove-control-field':
      return removeControlField(action)
    case 'remove-field':
      return removeField(action)
    case 'remove-subfield':
      return removeSubfield(action)
    case 'replace-contents':
      return replaceContents(action)
    case 'replace-control-contents':
      return replaceControlContents(action)
    case 'split-field':
      return splitField(action)
    case 'split-subfield':
      return splitSubfield(action)
    case 'sort-fields':
      return sortFields(action)
  }
}
