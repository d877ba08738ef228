import { readInlineCondition } from './conditions.ts'
import {
  failAt,
  readCodes,
  readControl,
  readControlHead,
  readCopyTarget,
  readFieldPlace,
  readHead,
  readTags,
} from './elements.ts'
import {
  type Doing,
  readAffix,
  readAffixSubfield,
  readAnyElement,
  readChangeIndicator,
  readChangeSubfield,
  readMatching,
  readPlace,
  readReplace,
  readReplaced,
  readTagAndCodes,
  readWithSubfield,
  textBehind,
  wholeTag,
} from './normalize-arguments.ts'
import type { NormalizeAction } from './rule.ts'
import { readText } from './text-value.ts'
import {
  type TokenReader,
  expectText,
  fail,
  isWord,
  placeOf,
  shown,
  suggestion,
  take,
  takeIf,
} from './token-reader.ts'
import type { Token } from './tokens.ts'

type Read = (reader: TokenReader) => Doing | null

/** One action of a normalisation rule, with its `if`; nothing where it has a fault, which is reported. */
export function readNormalizeAction(reader: TokenReader): NormalizeAction | null {
  const token = take(reader)
  const name = token.kind === 'word' ? token.text : ''
  const read = readers.get(name.toLowerCase())
  if (read === undefined) {
    fail(reader, token, unknownAction(token))
    return null
  }
  const doing = read(reader)
  if (doing === null) return null
  if (!takeIf(reader, 'if')) return { ...doing, only: null, place: placeOf(token) }
  const only = readInlineCondition(reader)
  return only && { ...doing, only, place: placeOf(token) }
}

function unknownAction(token: Token): string {
  if (isWord(token, 'set'))
    return 'set is an action of indication and brief-level rules; this is a normalisation file.'
  if (isWord(token, 'add', 'remove', 'replace', 'protect'))
    return `${token.text} is an action of merge rules; this is a normalisation file.`
  return `${shown(token)} is no action of a normalisation rule; ${suggestion(token.text, Object.keys(actions))}`
}

const actions = {
  addControlField: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A control field with its value, as 007.cr,')
    const head = token && readControlHead(reader, token)
    if (!token || !head) return null
    if (head.range !== null || head.rest === null || head.tag.includes('*'))
      return failAt(reader, token, 3, 'A tag, a dot and the value were expected, as in 007.cr.')
    return { do: 'add-control-field', tag: head.tag, value: readText(token.text.slice(head.rest)) }
  },
  addField: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A field with a subfield and its value, as 590.a.Gift,')
    const head = token && readHead(reader, token)
    if (!token || !head) return null
    const { tag, ind1, ind2, subfield, rest } = head
    if (tag.includes('*')) return failAt(reader, token, 0, `A new field needs a tag without *.`)
    if (subfield === null || subfield === '*' || rest === null)
      return failAt(
        reader,
        token,
        token.text.length,
        'A subfield and its value were expected, as in 590.a.Gift.',
      )
    const value = readText(token.text.slice(rest))
    return { do: 'add-field', tag, ind1: ind1 ?? ' ', ind2: ind2 ?? ' ', subfield, value }
  },
  addSubField: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A subfield and its value, as 541.9.local,')
    const head = token && readHead(reader, token)
    if (!token || !head) return null
    const { tag, ind1, ind2, subfield, rest } = head
    if (subfield === null || subfield === '*' || rest === null)
      return failAt(
        reader,
        token,
        token.text.length,
        'A subfield and its value were expected, as in 541.9.local.',
      )
    const value = readText(token.text.slice(rest))
    return { do: 'add-subfield', to: { tag, ind1, ind2, subfield: null, value: null }, code: subfield, value }
  },
  addSystemNumber: (reader: TokenReader): Doing | null => {
    const to = readPlace(reader, 'The field of the number, as 035.a,')
    const from = to && wholeTag(reader, 'from', 'A control field, as 001,')
    if (!to || from === null) return null
    if (!takeIf(reader, 'prefixed')) return { do: 'add-system-number', to, from, prefix: null }
    const prefix = wholeTag(reader, 'by', 'A control field, as 003,')
    return prefix === null ? null : { do: 'add-system-number', to, from, prefix }
  },
  changeControlField: (reader: TokenReader): Doing | null => {
    const from = wholeTag(reader, null, 'A tag')
    const to = from === null ? null : wholeTag(reader, 'to', 'The new tag')
    return from === null || to === null ? null : { do: 'change-control-field', from, to }
  },
  changeField: (reader: TokenReader): Doing | null => {
    const from = readAnyElement(reader)
    const to = from && wholeTag(reader, 'to', 'The new tag')
    return from === null || to === null ? null : { do: 'change-field', from, to }
  },
  changeFirstIndicator: (reader: TokenReader): Doing | null => readChangeIndicator(reader, 1),
  changeSecondIndicator: (reader: TokenReader): Doing | null => readChangeIndicator(reader, 2),
  changeSubField: (reader: TokenReader): Doing | null => readChangeSubfield(reader, 'all'),
  changeSubFieldExceptFirst: (reader: TokenReader): Doing | null =>
    readChangeSubfield(reader, 'except-first'),
  changeSubFieldOnlyFirst: (reader: TokenReader): Doing | null => readChangeSubfield(reader, 'only-first'),
  combineFields: (reader: TokenReader): Doing | null => {
    const tag = wholeTag(reader, null, 'A tag', true)
    if (tag === null) return null
    if (!takeIf(reader, 'excluding')) return { do: 'combine-fields', tag, excluding: '' }
    const token = expectText(reader, 'The codes of subfields that are not to be repeated')
    const excluding = token && readCodes(reader, token)
    return excluding === null ? null : { do: 'combine-fields', tag, excluding }
  },
  copyControlField: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A control field or a subfield, as 008 or 988.a,')
    if (token === null) return null
    const from = isControl(token.text) ? readControl(reader, token) : readFieldPlace(reader, token)
    const to = from && wholeTag(reader, 'to', 'The tag of the control field that it is copied to')
    return from === null || to === null ? null : { do: 'copy-control-field', from, to }
  },
  copyField: (reader: TokenReader): Doing | null => {
    const from = readAnyElement(reader)
    const token = from && textBehind(reader, 'to', 'The field that it is copied to')
    const to = token && readCopyTarget(reader, token)
    if (!from || !token || !to) return null
    if (isControl(from.tag) && to.subfield === null)
      return failAt(
        reader,
        token,
        token.text.length,
        'A subfield was expected, as in 035.9: the value of a control field goes there.',
      )
    return { do: 'copy-field', from, to }
  },
  correctDuplicateFields: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'Tags, as 610,650,')
    const tags = token && readTags(reader, token)
    return tags && { do: 'correct-duplicate-fields', tags }
  },
  correctDuplicateSubfields: (reader: TokenReader): Doing | null => {
    const listed = readTagAndCodes(reader)
    return listed && { do: 'correct-duplicate-subfields', ...listed }
  },
  moveSubfieldsToEndOfField: (reader: TokenReader): Doing | null => {
    const listed = readTagAndCodes(reader)
    return listed && { do: 'move-subfields-to-end', ...listed }
  },
  prefix: (reader: TokenReader): Doing | null => readAffix(reader, 'prefix'),
  suffix: (reader: TokenReader): Doing | null => readAffix(reader, 'suffix'),
  prefixSubField: (reader: TokenReader): Doing | null => readAffixSubfield(reader, 'prefix-subfield'),
  suffixSubField: (reader: TokenReader): Doing | null => readAffixSubfield(reader, 'suffix-subfield'),
  removeControlField: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A control field')
    const named = token && readControl(reader, token)
    const control = named && readMatching(reader, token, named)
    return control && { do: 'remove-control-field', control }
  },
  removeField: (reader: TokenReader): Doing | null => {
    const element = readAnyElement(reader)
    return element && { do: 'remove-field', element }
  },
  removeSubField: (reader: TokenReader): Doing | null => {
    const element = readWithSubfield(reader)
    return element && { do: 'remove-subfield', element }
  },
  replaceContents: (reader: TokenReader): Doing | null => readReplace(reader, 'all'),
  replaceContentsExceptFirst: (reader: TokenReader): Doing | null => readReplace(reader, 'except-first'),
  replaceContentsOnlyFirst: (reader: TokenReader): Doing | null => readReplace(reader, 'only-first'),
  replaceControlContents: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A control field or characters of one, as LDR.{5,1},')
    const named = token && readControl(reader, token)
    const control = named && readMatching(reader, token, named)
    const text = control && readReplaced(reader, control.value)
    return control === null || text === null ? null : { do: 'replace-control-contents', control, text }
  },
  splitField: (reader: TokenReader): Doing | null => {
    const at = readPlace(reader, 'The subfield that is repeated, as 020.a,')
    if (at === null) return null
    if (at.subfield !== null) return { do: 'split-field', tag: at.tag, subfield: at.subfield }
    fail(
      reader,
      reader.tokens[reader.at - 1] as Token,
      'A subfield was expected behind the tag, as in 020.a.',
    )
    return null
  },
  splitSubField: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'A subfield and what it is split at, as 776.w.(,')
    const head = token && readHead(reader, token)
    if (!token || !head) return null
    const { tag, subfield, rest } = head
    const delimiter = rest === null ? '' : readText(token.text.slice(rest))
    if (subfield === null || subfield === '*' || delimiter === '')
      return failAt(reader, token, token.text.length, 'A subfield and what it is split at were expected.')
    const place = textBehind(reader, 'to', 'The subfield that what is split off goes to, as TMP.a,')
    const to = place && readFieldPlace(reader, place)
    if (!place || !to) return null
    if (to.subfield === null) return failAt(reader, place, 3, 'A subfield was expected behind the tag.')
    return {
      do: 'split-subfield',
      tag,
      subfield,
      delimiter,
      to: { tag: to.tag, subfield: to.subfield },
    }
  },
  sortFields: (reader: TokenReader): Doing | null => {
    const token = expectText(reader, 'Tags, as 610,650,')
    const tags = token && readTags(reader, token)
    return tags && { do: 'sort-fields', tags }
  },
} satisfies Readonly<Record<string, Read>>

const readers: ReadonlyMap<string, Read> = new Map(
  Object.entries({
    ...actions,
    removeDuplicateFields: actions.correctDuplicateFields,
    removeDuplicateSubfields: actions.correctDuplicateSubfields,
  }).map(([name, read]) => [name.toLowerCase(), read]),
)

const isControl = (text: string): boolean => text.startsWith('LDR') || text.startsWith('00')
