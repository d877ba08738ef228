import type { Zone } from '../../../../server/api/zone.ts'
import type { Saved } from './inventory-panel.tsx'

/** What each form of inventory is opened with. */
export type FormProps = {
  readonly bib: { readonly zone: string; readonly mmsId: string }
  /** For whom it may be added; the first is proposed. */
  readonly owners: readonly Zone[]
  readonly onSaved: (saved: Saved) => Promise<void>
  readonly onClose: () => void
}

/** What was typed; a blank field is the same as none. */
export const typed = (value: string): string | null => (value.trim() === '' ? null : value.trim())
