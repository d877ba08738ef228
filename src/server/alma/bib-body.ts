import { SaxesParser } from 'saxes'
import type { EditTags } from '../../rules/edit.ts'
import { publishToOclcOf } from './bib-answer.ts'
import { AlmaError } from './errors.ts'

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
  const values = new Map<string, string>()
  const open: string[] = []
  let text = ''
  const parser = new SaxesParser({ xmlns: false, position: true })
  const refuse = (why: string): never => {
    throw new AlmaError('402209', { more: why })
  }
  parser.on('doctype', () => refuse('The XML has a DOCTYPE, which is refused.'))
  parser.on('opentag', ({ name }) => {
    if (open.length === 0 && name !== 'bib') refuse(`The root is <${name}>, and not <bib>.`)
    open.push(name)
    text = ''
  })
  parser.on('text', (found) => {
    text += found
  })
  parser.on('closetag', ({ name }) => {
    open.pop()
    if (open.length === 1) values.set(name, text.trim())
  })
  try {
    parser.write(new TextDecoder().decode(body)).close()
  } catch (error) {
    if (error instanceof AlmaError) throw error
    refuse(`It is not well formed: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!values.has('record') && values.size === 0 && body.length === 0) refuse('It is empty.')
  const format = values.get('record_format') ?? ''
  if (format !== '' && format !== 'marc21') refuse(`The format ${format} is not taken, but marc21.`)
  return { hasRecord: values.has('record'), tags: tagsOf(values, refuse) }
}

function tagsOf(values: ReadonlyMap<string, string>, refuse: (why: string) => never): EditTags {
  const suppress = values.get('suppress_from_publishing') ?? ''
  const sync = values.get('sync_with_oclc') ?? ''
  if (!['', 'true', 'false'].includes(suppress))
    refuse(`suppress_from_publishing is true or false, and not ${suppress.slice(0, 40)}.`)
  const publishToOclc = sync === '' ? null : publishToOclcOf(sync)
  if (sync !== '' && publishToOclc === null)
    refuse(`sync_with_oclc is BIBS, HOLDINGS or NONE, and not ${sync.slice(0, 40)}.`)
  return {
    ...(suppress === '' ? {} : { suppressed: suppress === 'true' }),
    ...(publishToOclc === null ? {} : { publishToOclc }),
  }
}
