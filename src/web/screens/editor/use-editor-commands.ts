import type { EditCommand } from '../../editor/edit-commands.ts'
import { editCommands } from '../../editor/edit-commands.ts'
import { type Command, useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'

const words = text.editor

/** What the keys of the editor do, for the keys and the palette. */
export function useEditorCommands(at: {
  readonly isReadOnly: boolean
  readonly isNew: boolean
  readonly whyNotSave: string | null
  readonly run: (command: EditCommand) => void
  readonly save: () => void
  readonly saveAndRelease: () => void
  readonly release: () => void
  readonly toFinding: () => void
  readonly toText: () => void
  readonly toTags: () => void
  readonly showChanges: () => void
}): void {
  const whyNot = at.isReadOnly ? words.readOnly : null
  const edits = (Object.keys(editCommands) as EditCommand[]).map(
    (name): Command => ({ name, label: text.commands[name], whyNot, run: () => at.run(name) }),
  )
  const inventory = (['addHoldings', 'addItem', 'addPortfolio'] as const).map(
    (name): Command => ({ name, label: text.commands[name], whyNot: words.inventoryFirst, run: () => {} }),
  )
  useCommands([
    ...edits,
    // On a saved bib the panel of its inventory has them.
    ...(at.isNew ? inventory : []),
    { name: 'saveBib', label: text.commands.saveBib, whyNot: at.whyNotSave, run: at.save },
    { name: 'saveAndRelease', label: text.commands.saveAndRelease, whyNot, run: at.saveAndRelease },
    { name: 'releaseBib', label: text.commands.releaseBib, run: at.release },
    { name: 'nextFinding', label: text.commands.nextFinding, run: at.toFinding },
    { name: 'toText', label: text.commands.toText, run: at.toText },
    { name: 'toTags', label: text.commands.toTags, run: at.toTags },
    {
      name: 'showChanges',
      label: text.commands.showChanges,
      whyNot: at.isNew ? words.inventoryFirst : null,
      run: at.showChanges,
    },
  ])
}
