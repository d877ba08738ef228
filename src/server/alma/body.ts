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
 * @throws {AlmaError} by `refuse` where it is no well-formed object of that name
 */
export function readObject(body: Uint8Array, root: string, refuse: Refuse): ObjectFields {
  if (body.length === 0) refuse('It is empty.')
  const values = new Map<string, string>()
  const open: { readonly name: string; text: string }[] = []
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('doctype', () => refuse('The XML has a DOCTYPE, which is refused.'))
  parser.on('opentag', ({ name }) => {
    if (open.length === 0 && name !== root) refuse(`The root is <${name}>, and not <${root}>.`)
    if (open.length > deepest) refuse(`It is nested more than ${deepest} deep.`)
    open.push({ name, text: '' })
  })
  const add = (found: string) => {
    const element = open.at(-1)
    if (element) element.text += found
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const path = open
      .slice(1)
      .map(({ name }) => name)
      .join('/')
    const element = open.pop()
    if (path !== '' && element) keep(values, path, element.text)
  })
  try {
    parser.write(new TextDecoder().decode(body)).close()
  } catch (error) {
    if (error instanceof AlmaError) throw error
    refuse(`It is not well formed: ${error instanceof Error ? error.message : String(error)}`)
  }
  return values
}

/** The same of one that is sent as XML or as JSON, by how it begins. @throws {AlmaError} by `refuse` */
export function readEither(body: Uint8Array, root: string, refuse: Refuse): ObjectFields {
  const text = new TextDecoder().decode(body)
  if (!/^\s*[{["]/.test(text)) return readObject(body, root, refuse)
  const values = new Map<string, string>()
  const read = (value: unknown, path: string, depth: number): void => {
    if (depth > deepest) refuse(`It is nested more than ${deepest} deep.`)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      keep(values, path, String(value))
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value))
        if (name !== 'link' && name !== 'desc') read(inner, path === '' ? name : `${path}/${name}`, depth + 1)
  }
  const sent = parsed(text, refuse)
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) refuse('It is no JSON object.')
  read(sent, '', 0)
  return values
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
function keep(values: Map<string, string>, path: string, text: string): void {
  const of = path.endsWith('/value') ? path.slice(0, -'/value'.length) : path
  // An element around others has no text of its own that would count.
  if (text.trim() !== '' || !values.has(of)) values.set(of, text.trim())
}

/** Nothing where it is not said. @throws {AlmaError} by `refuse` */
export function suppressedOf(values: ObjectFields, refuse: Refuse): boolean | null {
  const value = values.get('suppress_from_publishing') ?? ''
  if (!['', 'true', 'false'].includes(value))
    refuse(`suppress_from_publishing is true or false, and not ${value.slice(0, 40)}.`)
  return value === '' ? null : value === 'true'
}
