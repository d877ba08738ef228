import { SaxesParser } from 'saxes'
import { type AlmaCode, AlmaError } from './errors.ts'

type Refuse = (why: string) => never

/** The text of each element of an object, by its path below the root: `item_data/barcode`. */
export type ObjectFields = ReadonlyMap<string, string>

export const refusalBy =
  (code: AlmaCode): Refuse =>
  (more) => {
    throw new AlmaError(code, { more })
  }

/**
 * An object that was sent as XML; what a record has in it is its own reader's.
 *
 * @param texts paths of which each is one text, or a code: what stands there otherwise is refused, not lost
 * @throws {AlmaError} by `refuse` where it is no well-formed object of that name
 */
export function readObject(
  body: Uint8Array,
  root: string,
  refuse: Refuse,
  texts: readonly string[] = [],
): ObjectFields {
  if (body.length === 0) refuse('It is empty.')
  const places = placesOf(texts, refuse)
  const open: { readonly name: string; text: string }[] = []
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('doctype', () => refuse('The XML has a DOCTYPE, which is refused.'))
  parser.on('opentag', ({ name }) => {
    if (open.length === 0 && name !== root) refuse(`The root is <${name}>, and not <${root}>.`)
    if (open.length > deepest) refuse(`It is nested more than ${deepest} deep.`)
    places.within(pathOf(open), name)
    open.push({ name, text: '' })
  })
  const add = (found: string) => {
    const element = open.at(-1)
    if (element) element.text += found
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const path = pathOf(open)
    const element = open.pop()
    if (path !== '' && element) places.text(path, element.text)
  })
  try {
    parser.write(new TextDecoder().decode(body)).close()
  } catch (error) {
    if (error instanceof AlmaError) throw error
    refuse(`It is not well formed: ${error instanceof Error ? error.message : String(error)}`)
  }
  return places.values
}

const pathOf = (open: readonly { readonly name: string }[]): string =>
  open
    .slice(1)
    .map(({ name }) => name)
    .join('/')

/** The same of one that is sent as XML or as JSON, by how it begins. @throws {AlmaError} by `refuse` */
export function readEither(
  body: Uint8Array,
  root: string,
  refuse: Refuse,
  texts: readonly string[],
): ObjectFields {
  const text = new TextDecoder().decode(body)
  if (!/^\s*(?:[{["\d-]|(?:null|true|false)\b)/.test(text)) return readObject(body, root, refuse, texts)
  const places = placesOf(texts, refuse)
  const read = (value: unknown, path: string, depth: number): void => {
    if (depth > deepest) refuse(`It is nested more than ${deepest} deep.`)
    if (typeof value === 'string' || typeof value === 'boolean') places.text(path, String(value))
    else if (typeof value === 'number') places.number(path, value)
    else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) places.list(path)
      for (const [name, inner] of Object.entries(value))
        if (name !== 'link' && name !== 'desc') {
          places.within(path, name)
          read(inner, path === '' ? name : `${path}/${name}`, depth + 1)
        }
    }
  }
  const sent = parsed(text, refuse)
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) refuse('It is no JSON object.')
  if (Object.hasOwn(sent, root)) refuse(`The JSON is the ${root} itself, without “${root}” around it.`)
  read(sent, '', 0)
  return places.values
}

const deepest = 10

function parsed(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return refuse('It is not well-formed JSON.')
  }
}

/** A code stands in its element, or in a `value` within it. */
const placeOf = (path: string): string => (path.endsWith('/value') ? path.slice(0, -'/value'.length) : path)

/** Takes in what stands at which path, and refuses what is of another shape than its place. */
function placesOf(texts: readonly string[], refuse: Refuse) {
  const known = new Set(texts)
  const objects = new Set(texts.map((path) => path.slice(0, path.lastIndexOf('/'))))
  const values = new Map<string, string>()
  const seen = new Set<string>()
  const text = (path: string, found: string): void => {
    const place = placeOf(path)
    if (objects.has(path) && found.trim() !== '')
      refuse(`${path} is an object, and not “${found.trim().slice(0, 40)}”.`)
    if (known.has(place) && seen.has(path)) refuse(`${place} is there more than once.`)
    seen.add(path)
    // An element around others has no text of its own that would count.
    if (found.trim() !== '' || !values.has(place)) values.set(place, found.trim())
  }
  return {
    values,
    text,
    number(path: string, found: number): void {
      if (known.has(placeOf(path)) && Number.isInteger(found) && !Number.isSafeInteger(found))
        refuse(
          `${placeOf(path)} is a number of more digits than JSON keeps: send it as text, in quotation marks.`,
        )
      text(path, String(found))
    },
    list(path: string): void {
      if (known.has(placeOf(path))) refuse(`${placeOf(path)} is one text, and not a list.`)
      if (objects.has(path)) refuse(`${path} is an object, and not a list.`)
    },
    /** Something of a name stands within what stands at a path. */
    within(path: string, name: string): void {
      const place = placeOf(path)
      if (known.has(place) && (place !== path || !['value', 'desc', 'link'].includes(name)))
        refuse(`${place} is a text: “${name.slice(0, 40)}” has no place in it.`)
    },
  }
}

/** Nothing where it is not said. @throws {AlmaError} by `refuse` */
export function suppressedOf(values: ObjectFields, refuse: Refuse): boolean | null {
  const value = values.get('suppress_from_publishing') ?? ''
  if (!['', 'true', 'false'].includes(value))
    refuse(`suppress_from_publishing is true or false, and not ${value.slice(0, 40)}.`)
  return value === '' ? null : value === 'true'
}
