import type { MarcRecord } from '../../../marc/record.ts'
import { packField } from '../../../marc/packed.ts'
import type { PublishToOclc } from '../../../rules/bib-state.ts'
import { isIdentityTag } from '../../../rules/content.ts'
import { diffRecords, type FieldDiff } from '../../../rules/diff.ts'
import type { Bib } from '../../../server/api/bib.ts'
import { lineOfField, textOfRecord } from '../../editor/field-line.ts'

export type BibTags = { readonly suppressed: boolean; readonly publishToOclc: PublishToOclc }

export const tagsOf = ({ suppressed, publishToOclc }: BibTags): BibTags => ({ suppressed, publishToOclc })

/** A bib as it was when it was last read or saved here: what a text is held against. */
export type SavedBib = BibTags & {
  readonly mmsId: string
  readonly version: number
  readonly record: MarcRecord
  readonly text: string
}

export const savedBibOf = ({ mmsId, version, record, suppressed, publishToOclc }: Bib): SavedBib => ({
  mmsId,
  version,
  record,
  suppressed,
  publishToOclc,
  text: textOfRecord(record),
})

/**
 * The lines of a bib that are not written in here: its number and time, and of a linked one the leader and the
 * fields that the record it is linked to has (D14).
 */
export function heldLinesOf({ record, text }: SavedBib, shared: MarcRecord | null): readonly string[] {
  const own = record.fields.filter(({ tag }) => tag !== '003' && isIdentityTag(tag))
  if (shared === null) return own.map(lineOfField)
  const left = new Map<string, number>()
  for (const field of shared.fields) {
    if (isIdentityTag(field.tag)) continue
    const packed = packField(field)
    left.set(packed, (left.get(packed) ?? 0) + 1)
  }
  const theirs = record.fields.filter((field) => {
    const packed = packField(field)
    const count = left.get(packed) ?? 0
    if (count > 0) left.set(packed, count - 1)
    return count > 0
  })
  const [leader = ''] = text.split('\n', 1)
  return [leader, ...own.map(lineOfField), ...theirs.map(lineOfField)]
}

/** What differs in what two records say: not their numbers and times. */
export const contentDiff = (before: MarcRecord, after: MarcRecord): readonly FieldDiff[] =>
  diffRecords(before, after).filter(({ tag }) => !isIdentityTag(tag))
