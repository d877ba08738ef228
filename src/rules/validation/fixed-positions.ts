import { materialOf } from './fixed-fields.ts'
import { type FixedFormat, marc21, type Named, type PositionFormat } from './format.ts'

/** Some characters of the leader, 006, 007 or 008, and what they say. */
export type FixedPosition = {
  /** From 0, in the field itself. */
  readonly at: number
  readonly length: number
  readonly name: string
  /** Its codes with their names, all of one length; nothing where it is not a matter of codes. */
  readonly codes: ReadonlyMap<string, Named> | null
}

/**
 * The positions that a field of a tag has, as its material and kind are, in order; none of any other tag. What
 * the first character of an 006 and an 007 may be is there even where it is none of it.
 */
export function fixedPositions(tag: string, value: string, leader: string): readonly FixedPosition[] {
  const formats = marc21().fixedFields.filter((format) => isOf(format, tag, value, leader))
  const shift = tag === '006' ? 17 : 0
  const found = formats.flatMap(({ positions }) =>
    positions.filter(({ obsolete }) => !obsolete).map(plain(shift)),
  )
  const first = firstPosition(tag)
  const whole = first === null ? found : [first, ...found.filter(({ at }) => at > 0)]
  // Of a position that has parts of its own, the parts are what is said.
  const finest = whole.filter(
    (one) => !whole.some((other) => other.at === one.at && other.length < one.length),
  )
  return finest.toSorted((a, b) => a.at - b.at)
}

/** Of which material or category the rest of the field speaks. */
function firstPosition(tag: string): FixedPosition | null {
  const { fixedFields } = marc21()
  if (tag === '006') {
    const codes = new Map(fixedFields.flatMap(({ forms }) => [...forms]))
    return { at: 0, length: 1, name: 'Form of material', codes }
  }
  if (tag !== '007') return null
  const categories = fixedFields.flatMap((format) =>
    format.tag === '007' ? format.positions.slice(0, 1) : [],
  )
  const codes = new Map(categories.flatMap((position) => [...(position.codes ?? [])]))
  return { at: 0, length: 1, name: categories[0]?.name ?? '', codes }
}

const plain =
  (shift: number) =>
  ({ at, length, name, codes }: PositionFormat): FixedPosition => ({ at: at - shift, length, name, codes })

/** Whether a format is about a field: 007 by its category, 006 and 008 by the material. */
function isOf(format: FixedFormat, tag: string, value: string, leader: string): boolean {
  switch (tag) {
    case 'LDR':
      return format.tag === 'LDR'
    case '006':
      return format.forms.has(value.charAt(0))
    case '007':
      return format.tag === '007' && format.positions[0]?.codes?.has(value.charAt(0)) === true
    case '008':
      return format.tag === '008' && (format.name === 'all materials' || format.name === materialOf(leader))
    default:
      return false
  }
}

/** The codes of a position, one after another, that a value has there; as a whole where it has no codes. */
export function codesAt({ at, length, codes }: FixedPosition, value: string): readonly string[] {
  const found = value.slice(at, at + length)
  const [first] = codes?.keys() ?? []
  const width = first?.length ?? length
  if (width >= length || found === '') return [found]
  return Array.from({ length: Math.ceil(found.length / width) }, (_, part) =>
    found.slice(part * width, (part + 1) * width),
  )
}
