import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/*
 * Makes src/rules/validation/marc21.ts from the Library of Congress's list of the fields of MARC 21.
 *
 *   node scripts/make-marc21-format.ts [FOLDER] [--check]
 *
 * FOLDER holds marc21_leader_standard.txt, marc21_ctrl_fields_standard.txt and marc21_var_fields_standard.txt.
 * With --check nothing is written: exit 1 if the committed file differs. Same input, same output.
 * What the list lacks stands in src/rules/validation/marc21-updates.ts, which is written by hand.
 */

const target = new URL('../src/rules/validation/marc21.ts', import.meta.url)
const defaultSource = new URL('../../shared/data/tables/', import.meta.url)

/** A code or value and its name; several of one code become one. */
type Named = { readonly code: string; readonly name: string; readonly isObsolete: boolean }
type Subfield = Named & { readonly repeats: 'R' | 'NR' }
type Indicator = { readonly name: string; readonly isObsolete: boolean; readonly values: Named[] }
type Field = {
  readonly tag: string
  readonly name: string
  readonly repeats: 'R' | 'NR'
  readonly isObsolete: boolean
  readonly indicators: readonly [Indicator[], Indicator[]]
  readonly subfields: Subfield[]
  /** An old field that libraries may still use as they like. */
  readonly isLocal: boolean
  /** The list says nothing of its content, or that it may be anything. */
  isOpen: boolean
}
type Position = {
  readonly at: string
  readonly name: string
  readonly isObsolete: boolean
  readonly codes: Named[]
}
type Block = { readonly head: string; readonly positions: Position[] }

// Reading

/** Slips of the list. */
const slips: readonly (readonly [string, string])[] = [
  ['[   ]', '[OBSOLETE]'],
  ['|- No', '| - No'],
  ['LINKING LC', 'Linking LC'],
  ['Stan dard', 'Standard'],
  ['Standa rd', 'Standard'],
  ['secified', 'specified'],
  ['Mircrofilm', 'Microfilm'],
  ['etc.etc.', 'etc.'],
  ['dependent,etc.', 'dependent, etc.'],
  ['&eacute;', 'é'],
  ['&egrave;', 'è'],
  ['&amp;', '&'],
]

function linesOf(text: string): string[] {
  const mended = slips.reduce((all, [slip, right]) => all.replaceAll(slip, right), text)
  return mended.split('\n').map((line) => line.trimEnd())
}

/** `Name (BK SE) (NR) [OBSOLETE]` in its parts. A name that says nothing of it is taken as repeatable. */
function partsOf(text: string) {
  const isObsolete = /\[OBSOLETE\]/.test(text)
  const isLocal = /\[(?:US-)?LOCAL\]/.test(text)
  const repeats = /\(NR\)/.test(text) ? 'NR' : 'R'
  const name = text
    .replace(/\[[A-Z-]+(?: only)?\]|\[CAN\/MARC only\]/g, '')
    .replace(/\((?:N?R|(?:BK|AM|CF|MP|MU|VM|SE|MX)(?: (?:BK|AM|CF|MP|MU|VM|SE|MX))*)\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return { name, repeats, isObsolete, isLocal } as const
}

/** Names of fields are in capitals in the list; these words keep theirs. */
const properWords: readonly string[] = [
  'Library of Congress',
  'LC',
  'Canada',
  'National Library of Medicine',
  'National Agricultural Library',
  'GPO',
  'CODEN',
  'Dewey Decimal',
  'MARC',
  'AACR',
  'International Standard Book Number',
  'International Standard Serial Number',
  'Universal Decimal',
]

function sentenceCase(name: string): string {
  const lower = name.charAt(0) + name.slice(1).toLowerCase()
  return properWords.reduce((text, word) => text.replace(new RegExp(`\\b${word}\\b`, 'gi'), word), lower)
}

function readFields(text: string): Field[] {
  const fields: Field[] = []
  let codes: Named[] | null = null
  for (const line of linesOf(text)) {
    const [, tag, title] = /^(\d{3}) - (.+)$/.exec(line) ?? []
    if (tag !== undefined && title !== undefined) {
      const { name, repeats, isObsolete, isLocal } = partsOf(title)
      fields.push({
        tag,
        name: sentenceCase(name),
        repeats,
        isObsolete,
        indicators: [[], []],
        subfields: [],
        isLocal,
        isOpen: true,
      })
      codes = null
      continue
    }
    const field = fields.at(-1)
    if (field === undefined) continue
    const [, which, meaning] = /^\s+(First|Second) - (.+)$/.exec(line) ?? []
    const [, code, name] = /^\s+\$(.) - (.+)$/.exec(line) ?? []
    const [, value, valueName] = /^\s+([#0-9a-z]|0-9) - (.+)$/.exec(line) ?? []
    if (which !== undefined && meaning !== undefined) {
      codes = []
      const { name: indicatorName, isObsolete } = partsOf(meaning)
      field.indicators[which === 'First' ? 0 : 1].push({ name: indicatorName, isObsolete, values: codes })
      field.isOpen = field.isLocal
    } else if (code !== undefined && name !== undefined) {
      // What stands below a subfield are codes of its value, of which nothing is kept.
      codes = null
      field.subfields.push({ code, ...partsOf(name) })
    } else if (/^\s+\$[a0]-[z9]/.test(line)) field.isOpen = true
    else if (value !== undefined && valueName !== undefined && codes !== null) {
      if (!valueName.includes('[REDEFINED]')) codes.push({ code: value, ...partsOf(valueName) })
    }
  }
  return merged(fields)
}

/**
 * The list has some fields twice, with what they meant for other material: the first is taken. A tag with a
 * 9 in it is a library's own, whatever it meant before.
 */
const merged = (fields: readonly Field[]): Field[] =>
  fields.filter(
    ({ tag, isObsolete }, at) =>
      fields.findIndex((field) => field.tag === tag) === at && !(isObsolete && tag.includes('9')),
  )

/** Each code once; where it has a meaning that holds, that one. */
function once<N extends Named>(codes: readonly N[]): N[] {
  const kept = new Map<string, N>()
  for (const each of codes) if (kept.get(each.code)?.isObsolete !== false) kept.set(each.code, each)
  return [...kept.values()].toSorted((one, other) => (one.code < other.code ? -1 : 1))
}

/** The positions of the leader, 006, 007 and 008, by the headings that stand above them. */
function readBlocks(text: string, isHead: (line: string) => string | null): Block[] {
  const blocks: Block[] = []
  for (const line of linesOf(text)) {
    const head = isHead(line)
    if (head !== null) {
      blocks.push({ head, positions: [] })
      continue
    }
    const block = blocks.at(-1)
    const [, at, title] = /^\s+(\d\d(?:-\d\d)?) - (.+)$/.exec(line) ?? []
    const [, code, name] = /^\s+([#|0-9a-z-]{1,3}|\d{3}-\d{3}) - (.+)$/.exec(line) ?? []
    if (block === undefined) continue
    if (at !== undefined && title !== undefined) {
      const { name: positionName, isObsolete } = partsOf(title)
      block.positions.push({ at, name: positionName, isObsolete, codes: [] })
    } else if (code !== undefined && name !== undefined)
      block.positions.at(-1)?.codes.push({ code, ...partsOf(name) })
  }
  return blocks.filter(({ positions }) => positions.length > 0)
}

// Writing

const mark = (isObsolete: boolean): string => (isObsolete ? '!' : '')

const valuesText = (values: readonly Named[]): string =>
  values.map(({ code, name, isObsolete }) => `${mark(isObsolete)}${code} ${name}`).join(' | ')

/** Subfields that mean the same wherever they are defined are written by their codes alone. */
const usual: readonly Subfield[] = [
  {
    code: '0',
    repeats: 'R',
    name: 'Authority record control number or standard number',
    isObsolete: false,
  },
  { code: '1', repeats: 'R', name: 'Real World Object URI', isObsolete: false },
  { code: '3', repeats: 'NR', name: 'Materials specified', isObsolete: false },
  { code: '4', repeats: 'R', name: 'Relationship', isObsolete: false },
  { code: '5', repeats: 'NR', name: 'Institution to which field applies', isObsolete: false },
  { code: '6', repeats: 'NR', name: 'Linkage', isObsolete: false },
  { code: '8', repeats: 'R', name: 'Field link and sequence number', isObsolete: false },
]

const isUsual = (subfield: Subfield): boolean =>
  usual.some(
    ({ code, name, repeats }) =>
      code === subfield.code &&
      name === subfield.name &&
      repeats === subfield.repeats &&
      !subfield.isObsolete,
  )

/** Nothing for an indicator that is undefined and always was. */
function indicatorLine(groups: readonly Indicator[], which: 1 | 2): string[] {
  const current = groups.find(({ isObsolete, name }) => !isObsolete && name !== 'Undefined')
  const values = once(
    groups.flatMap((group) =>
      group.values
        .filter(({ name }) => name !== 'Undefined')
        .map((value) => ({ ...value, isObsolete: value.isObsolete || group.isObsolete })),
    ),
  )
  if (values.length === 0) return []
  return [` i${which} ${current?.name ?? 'Undefined'}: ${valuesText(values)}`]
}

function fieldText(field: Field): string {
  const subfields = once(field.subfields)
  const codes = subfields.filter(isUsual).map(({ code }) => code)
  const lines = [
    `${mark(field.isObsolete)}${field.tag} ${field.repeats} ${field.name}`,
    ...indicatorLine(field.indicators[0], 1),
    ...indicatorLine(field.indicators[1], 2),
    ...subfields
      .filter((subfield) => !isUsual(subfield))
      .map(({ code, repeats, name, isObsolete }) => ` ${mark(isObsolete)}$${code} ${repeats} ${name}`),
    ...(codes.length > 0 ? [` usual ${codes.join('')}`] : []),
    ...(field.isOpen ? [' any'] : []),
  ]
  return lines.join('\n')
}

/** The fill character means the same everywhere, and the digits of a date are no codes. */
function positionLine({ at, name, isObsolete, codes }: Position): string {
  const isDate = codes.some((code) => code.name === 'Date digit')
  const defined = isDate ? [] : once(codes).filter(({ code }) => !/^\|+$/.test(code))
  return ` ${mark(isObsolete)}${at} ${name}${defined.length === 0 ? '' : `: ${valuesText(defined)}`}`
}

const blockText = ({ head, positions }: Block): string => [head, ...positions.map(positionLine)].join('\n')

/** 006 has the codes of 008, and only its first position is its own: it goes to the heading of the 008. */
function withFormsOfMaterial(blocks: readonly Block[], forms: readonly Block[]): Block[] {
  return blocks.map((block) => {
    const form = forms.find(({ head }) => materialOf(head) === materialOf(block.head))
    const codes = form?.positions.find(({ at }) => at === '00')?.codes ?? []
    return codes.length === 0 ? block : { ...block, head: `${block.head}: ${valuesText(once(codes))}` }
  })
}

const materialOf = (head: string): string => head.slice(4).split('/')[0] ?? ''

const section = (start: RegExp, line: string): string | null => {
  const [, name] = start.exec(line) ?? []
  return name === undefined ? null : name.toLowerCase()
}

function moduleOf(leader: string, control: string, variable: string): string {
  const [, date] = /Retrieved (\d{4}-\d\d-\d\d)/.exec(variable) ?? []
  const fields = [
    ...readFields(control).map((field): Field => ({ ...field, isOpen: false })),
    ...readFields(variable),
  ]
  const before = (text: string, mark: string) => text.slice(0, text.indexOf(mark))
  const after = (text: string, mark: string) => text.slice(text.indexOf(mark))
  const heads = (tag: string) => (line: string) => {
    const material = section(new RegExp(`^\\s+${tag}--(.+)$`), line)
    return material === null ? null : `${tag} ${material}`
  }
  const leaderBlocks = readBlocks(before(leader, 'DIRECTORY'), (line) =>
    line.trim() === 'LEADER' ? 'LDR' : null,
  )
  const forms = readBlocks(before(control, '--Control Field 007'), heads('006'))
  const physical = readBlocks(
    after(before(control, '--Control Field 008'), '--Control Field 007'),
    heads('007'),
  )
  const coded = readBlocks(before(after(control, '--Control Field 008'), '\n009 '), heads('008'))
  const blocks = [...leaderBlocks, ...withFormsOfMaterial(coded, forms), ...physical]
  return `/*
 * Generated by scripts/make-marc21-format.ts; change that, not this.
 *
 * Source: MARC 21 Format for Bibliographic Data, field list (www.loc.gov/marc/bibliographic/ecbdlist.html) of the
 * Library of Congress, a work of the United States Government, as retrieved on ${date}: ${fields.length} fields.
 * What has changed since, and what the list does not say, stands in marc21-updates.ts. format.ts reads both.
 */

/** Subfields that mean the same wherever they are defined: those that a line \`usual\` names. */
export const usualSubfields = \`
${usual.map(({ code, repeats, name }) => ` $${code} ${repeats} ${name}`).join('\n')}
\`

/**
 * A field a paragraph: tag, repeatable (R) or not (NR), name; its indicators with their values, and its
 * subfields. \`#\` is a blank, \`!\` marks what is obsolete. \`any\`: the content is not defined here.
 */
export const marc21Fields = \`
${fields.map(fieldText).join('\n')}
\`

/**
 * The leader, then 008 by material (with the form of material of its 006), then 007 by category: positions
 * with their codes. A code is as long as it is written; where the position is longer it stands there
 * several times. Without codes the position is not checked here; an undefined one is blank. The fill
 * character \`|\` may stand anywhere in 006, 007 and 008, and is not listed.
 */
export const marc21FixedFields = \`
${blocks.map(blockText).join('\n')}
\`
`
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } })
const folder = positionals[0] === undefined ? defaultSource : new URL(`file://${positionals[0]}/`)
const read = (name: string) => readFileSync(new URL(`marc21_${name}_standard.txt`, folder), 'utf8')
const made = moduleOf(read('leader'), read('ctrl_fields'), read('var_fields'))
if (values.check !== true) {
  writeFileSync(target, made)
} else if (readFileSync(target, 'utf8') !== made) {
  console.error('src/rules/validation/marc21.ts is not what scripts/make-marc21-format.ts makes')
  process.exitCode = 1
}
