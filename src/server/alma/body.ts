import { SaxesParser } from 'saxes'
import { type AlmaCode, AlmaError } from './errors.ts'

type Refuse = (why: string) => never

export const refusalBy =
  (code: AlmaCode): Refuse =>
  (more) => {
    throw new AlmaError(code, { more })
  }

/**
 * The elements of an object that was sent, by name, each with its text; that of a record is its own reader's.
 *
 * @throws {AlmaError} by `refuse` where it is no well-formed object of that name
 */
export function readObject(body: Uint8Array, root: string, refuse: Refuse): ReadonlyMap<string, string> {
  if (body.length === 0) refuse('It is empty.')
  const values = new Map<string, string>()
  const open: string[] = []
  let text = ''
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('doctype', () => refuse('The XML has a DOCTYPE, which is refused.'))
  parser.on('opentag', ({ name }) => {
    if (open.length === 0 && name !== root) refuse(`The root is <${name}>, and not <${root}>.`)
    open.push(name)
    text = ''
  })
  const add = (found: string) => {
    text += found
  }
  parser.on('text', add)
  parser.on('cdata', add)
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
  return values
}

/** Nothing where it is not said. @throws {AlmaError} by `refuse` */
export function suppressedOf(values: ReadonlyMap<string, string>, refuse: Refuse): boolean | null {
  const value = values.get('suppress_from_publishing') ?? ''
  if (!['', 'true', 'false'].includes(value))
    refuse(`suppress_from_publishing is true or false, and not ${value.slice(0, 40)}.`)
  return value === '' ? null : value === 'true'
}
