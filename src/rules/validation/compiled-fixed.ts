import { type FixedFormat, type Named, type PositionFormat, marc21, undefinedName } from './format.ts'

/*
 * The format of the leader, 006, 007 and 008 in the form that their checks look things up in.
 */

export const codeState = { defined: 1, obsolete: 2 } as const

/** Characters that are one thing to the format, as `008/18-21`. */
export type Element = {
  readonly at: number
  readonly end: number
  readonly label: string
  /** The format has a use for them. */
  readonly isDefined: boolean
}

export type CompiledFixed = {
  /** For each character its states by character code, where codes are of one character. */
  readonly tables: readonly (Uint8Array | undefined)[]
  /** For each character the element that it is a part of. */
  readonly elements: readonly (Element | undefined)[]
  /** Elements whose codes are of several characters, with the states of the codes as `keyOf` makes numbers of them. */
  readonly wide: readonly WideElement[]
  readonly length: number
}

export type WideElement = {
  readonly element: Element
  readonly width: number
  readonly states: ReadonlyMap<number, number>
}

export type CompiledFixedFields = {
  readonly leader: CompiledFixed
  /** What 008 has for every material. */
  readonly common: CompiledFixed
  /** The rest of an 008 by its material, as `books`. */
  readonly materials: ReadonlyMap<Material, CompiledFixed>
  /** An 006 by its first character; positions are those of the 006. */
  readonly forms: ReadonlyMap<string, CompiledFixed>
  /** An 007 by its first character. */
  readonly categories: ReadonlyMap<string, CompiledFixed>
}

const materials = [
  'books',
  'computer files',
  'maps',
  'music',
  'continuing resources',
  'visual materials',
  'mixed materials',
] as const

export type Material = (typeof materials)[number]

let compiled: CompiledFixedFields | null = null

export const compiledFixedFields = (): CompiledFixedFields => (compiled ??= compileAll(marc21().fixedFields))

function compileAll(formats: readonly FixedFormat[]): CompiledFixedFields {
  const find = (tag: FixedFormat['tag'], name: string): FixedFormat => {
    const format = formats.find((each) => each.tag === tag && each.name === name)
    if (format === undefined) throw new Error(`the format has no ${tag} ${name}`)
    return format
  }
  const ofMaterial = materials.map((material) => [material, find('008', material)] as const)
  const categories = formats.filter(({ tag }) => tag === '007')
  return {
    leader: compile('LDR', 24, find('LDR', '').positions),
    common: compile('008', 40, find('008', 'all materials').positions),
    materials: new Map(
      ofMaterial.map(([material, { positions }]) => [material, compile('008', 40, positions)]),
    ),
    forms: new Map(
      ofMaterial.flatMap(([, { forms, positions }]) => {
        const form = compile('006', 18, [formPosition(forms), ...positions.map(shifted)])
        return [...forms.keys()].map((code) => [code, form] as const)
      }),
    ),
    categories: new Map(
      categories.flatMap(({ positions }) => {
        const length = Math.max(...positions.map((position) => position.at + position.length))
        const category = compile('007', length, positions)
        return [...(positions[0]?.codes?.keys() ?? [])].map((code) => [code, category] as const)
      }),
    ),
  }
}

const formPosition = (codes: ReadonlyMap<string, Named>): PositionFormat => ({
  name: 'Form of material',
  obsolete: false,
  at: 0,
  length: 1,
  codes,
})

/** 006/01-17 are 008/18-34. */
const shifted = (position: PositionFormat): PositionFormat => ({ ...position, at: position.at - 17 })

function compile(tag: string, length: number, positions: readonly PositionFormat[]): CompiledFixed {
  const tables = new Array<Uint8Array | undefined>(length).fill(undefined)
  const elements = new Array<Element | undefined>(length).fill(undefined)
  const wide: WideElement[] = []
  // What holds comes last, and goes before what is obsolete.
  for (const position of positions.toSorted((one, other) => Number(other.obsolete) - Number(one.obsolete))) {
    if (position.codes === null) continue
    const element = elementOf(tag, position)
    const width = Math.max(...[...position.codes.keys()].map((code) => code.length))
    if (width > 1) {
      wide.push({ element, width, states: keysOf(position.codes) })
      continue
    }
    for (let at = element.at; at < element.end; at++) {
      const table = (tables[at] ??= new Uint8Array(128))
      elements[at] = element
      for (const [code, { obsolete }] of position.codes)
        table[code.charCodeAt(0)] = obsolete || position.obsolete ? codeState.obsolete : codeState.defined
    }
  }
  return { tables, elements, wide, length }
}

function elementOf(tag: string, { at, length, name }: PositionFormat): Element {
  const two = (number: number) => String(number).padStart(2, '0')
  const label = `${tag}/${two(at)}${length === 1 ? '' : `-${two(at + length - 1)}`}`
  return { at, end: at + length, label, isDefined: name !== undefinedName }
}

const keysOf = (codes: ReadonlyMap<string, Named>): Map<number, number> =>
  new Map(
    [...codes].map(([code, { obsolete }]) => [
      keyOf(code, 0, code.length),
      obsolete ? codeState.obsolete : codeState.defined,
    ]),
  )

/** Up to three characters as a number. */
export function keyOf(text: string, at: number, width: number): number {
  let key = 0
  for (let next = at; next < at + width; next++) key = (key << 7) | (text.charCodeAt(next) & 127)
  return key
}
