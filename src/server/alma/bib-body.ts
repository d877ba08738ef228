import type { EditTags } from '../../rules/edit.ts'
import { publishToOclcOf } from './bib-answer.ts'
import { readObject, refusalBy, suppressedOf } from './body.ts'

/** A `<bib>` that was sent, but for its record. */
export type BibBody = {
  readonly hasRecord: boolean
  readonly tags: EditTags
}

/**
 * What a `<bib>` says besides its record. Of its elements count `suppress_from_publishing` and
 * `sync_with_oclc`; the others are what the API tells of a bib, and are passed over.
 *
 * @throws {AlmaError} 402209 where it is no well-formed `<bib>`, or of another format than MARC 21
 */
export function readBibBody(body: Uint8Array): BibBody {
  const refuse = refusalBy('402209')
  const values = readObject(body, 'bib', refuse)
  const format = values.get('record_format') ?? ''
  if (format !== '' && format !== 'marc21') refuse(`The format ${format} is not taken, but marc21.`)
  return { hasRecord: values.has('record'), tags: tagsOf(values, refuse) }
}

function tagsOf(values: ReadonlyMap<string, string>, refuse: (why: string) => never): EditTags {
  const suppressed = suppressedOf(values, refuse)
  const sync = values.get('sync_with_oclc') ?? ''
  const publishToOclc = sync === '' ? null : publishToOclcOf(sync)
  if (sync !== '' && publishToOclc === null)
    refuse(`sync_with_oclc is BIBS, HOLDINGS or NONE, and not ${sync.slice(0, 40)}.`)
  return {
    ...(suppressed === null ? {} : { suppressed }),
    ...(publishToOclc === null ? {} : { publishToOclc }),
  }
}
