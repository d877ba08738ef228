import { SaxesParser } from 'saxes'
import { documentText } from '../document-text.ts'
import { type Draft, type FieldText, decodeDraft } from '../draft.ts'
import type { Reading } from '../encoding.ts'
import { codeOf, fieldNamer, indicatorOf, straySubfield, tagOf } from '../field-parts.ts'
import { fieldValue } from '../field-value.ts'
import {
  type Decoded,
  type MarcLimits,
  type RecordFrame,
  type Rejection,
  type Repair,
  fileLimits,
} from '../frame.ts'
import { isControlTag } from '../record.ts'
import { placeOf } from '../text-place.ts'
import { hideIllegal } from './illegal.ts'

/**
 * One `<record>` of MARCXML (MARC 21 slim schema) to a record, whatever its prefix and namespace. XML
 * that is not well formed, an entity that XML does not define itself, and elements that are not
 * MARCXML's reject the record, with their place in it. Mended and named: a leader that is missing,
 * attributes that are missing or too long, text outside of subfields, data in a field of the other
 * kind, characters that XML does not allow.
 */
export function decodeMarcxml(
  { bytes, encoding, repairs: framing }: RecordFrame,
  reading: Reading,
  limits: MarcLimits = fileLimits,
): Decoded {
  const repairs: Repair[] = [...framing]
  const text = documentText(bytes, encoding, repairs)
  const draft = typeof text === 'string' ? parseRecord(text, repairs) : text
  return 'code' in draft ? { ok: false, rejected: draft, repairs } : decodeDraft(draft, reading, limits)
}

/** Where the parser is, and what it has read. */
type State = {
  leader: string | undefined
  readonly fields: FieldText[]
  readonly repairs: Repair[]
  readonly nameOf: (tag: string) => string
  /** Local names of the elements that are open. */
  readonly open: string[]
  field: FieldState | undefined
  text: string
  /** What is no MARCXML, where there is any. */
  refused: Rejection | undefined
}

type FieldState = { readonly tag: string; readonly name: string; content: string }

function parseRecord(source: string, repairs: Repair[]): Draft | Rejection {
  const { text, restore } = hideIllegal(source, repairs)
  const state: State = {
    leader: undefined,
    fields: [],
    repairs,
    nameOf: fieldNamer(),
    open: [],
    field: undefined,
    text: '',
    refused: undefined,
  }
  const parser = new SaxesParser({ xmlns: false, position: true })
  const place = () => `line ${parser.line}, column ${parser.column}`
  const take = (found: string) => {
    state.text += restore(found)
  }
  const refuse = (what: string) => {
    state.refused ??= {
      code: 'NOT_A_RECORD',
      message: `${what} at ${place()} of the record. Correct the file.`,
    }
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('opentag', ({ name, attributes }) => openElement(state, localName(name), attributes, refuse))
  parser.on('closetag', ({ name }) => closeElement(state, localName(name), refuse))
  try {
    parser.write(text).close()
  } catch (error) {
    return state.refused ?? notWellFormed(text, error, place())
  }
  return state.refused ?? { leader: state.leader, fields: state.fields, repairs }
}

function notWellFormed(text: string, error: unknown, place: string): Rejection {
  const reason = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : String(error)
  return {
    code: 'NOT_WELL_FORMED',
    message: `The XML is not well formed at ${place} of the record: ${reason.replace(/\.$/, '')}. ${hint(text)}Correct the file, or ask for it as ISO 2709.`,
  }
}

/** The two usual reasons, for which a parser has worse words. */
function hint(text: string): string {
  const bare = /&(?!(?:#\d+|#x[0-9a-f]+|[a-z_][\w.:-]*);)/i.exec(text)
  if (bare) return `An & stands alone at ${placeOf(text, bare.index)}: write &amp;. `
  const entity = /&(?!(?:amp|lt|gt|quot|apos);)[a-z_][\w.:-]*;/i.exec(text)
  return entity ? `${entity[0]} is no entity of XML itself: write the character. ` : ''
}

type Attributes = Readonly<Record<string, string>>

type Refuse = (what: string) => void

function openElement(state: State, name: string, attributes: Attributes, refuse: Refuse): void {
  const { open, repairs } = state
  if (!isInPlace(name, open.at(-1))) refuse(`<${name}> stands where MARCXML has no such element,`)
  if (name === 'subfield') {
    if (state.field) {
      keepStray(state, state.field)
      state.field.content += `\x1f${codeOf(attributes['code'], state.field.name, repairs)}`
    }
  } else {
    refuseStray(state, refuse)
    if (name === 'leader' && state.leader !== undefined) refuse('A second <leader> stands')
    if (name === 'datafield' || name === 'controlfield') {
      const tag = tagOf(attributes['tag'], repairs)
      const field: FieldState = { tag, name: state.nameOf(tag), content: '' }
      if (name === 'datafield' && !isControlTag(tag))
        for (const each of ['ind1', 'ind2'])
          field.content += indicatorOf(attributes[each], field.name, repairs)
      state.field = field
    }
  }
  state.text = ''
  open.push(name)
}

/** Where the elements of MARCXML stand. */
const parentOf: Readonly<Record<string, string | undefined>> = {
  leader: 'record',
  controlfield: 'record',
  datafield: 'record',
  subfield: 'datafield',
}

const isInPlace = (name: string, parent: string | undefined) =>
  parent === undefined ? name === 'record' : parentOf[name] === parent

function closeElement(state: State, name: string, refuse: Refuse): void {
  const { field, repairs } = state
  const valueOf = (owner: string) => fieldValue(state.text, () => owner, repairs)
  state.open.pop()
  if (name === 'leader') state.leader ??= valueOf('leader')
  else if (!field) refuseStray(state, refuse)
  else if (name === 'subfield') field.content += valueOf(field.name)
  else {
    if (name === 'datafield') keepStray(state, field)
    else if (isControlTag(field.tag)) field.content = valueOf(field.name)
    else {
      // Systems with control fields of their own (FMT) write them so; here such a field has subfields.
      field.content = '  '
      keepStray(state, field)
    }
    state.fields.push({ tag: field.tag, text: field.content })
    state.field = undefined
  }
  state.text = ''
}

/** Text of a field that is in no subfield becomes one, so that it is not lost. */
function keepStray(state: State, field: FieldState): void {
  if (state.text.trim() === '') return
  const stray = fieldValue(state.text, () => field.name, []).trim()
  field.content += straySubfield(stray, field.name, state.repairs)
}

/** Text that is in no field belongs to nothing. */
function refuseStray(state: State, refuse: Refuse): void {
  if (state.text.trim() === '') return
  const stray = state.text.replace(/[\0-\x20]+/g, ' ').trim()
  if (stray !== '') refuse(`The text “${stray.slice(0, 60).toWellFormed()}” stands outside of any field,`)
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
