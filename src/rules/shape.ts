import { nearest } from './nearest.ts'

/** What is wrong in a configuration, and where: `path` as `match.multi.skipUnresolved` or `normalize[2].tags[0]`. */
export type ShapeProblem = { readonly path: string; readonly message: string }

/**
 * A check of one value of JSON: reports what is wrong with it, at its path. Shapes are put together
 * from the functions below, so that a format is described once and every fault is named at once.
 */
export type Shape = (value: unknown, path: string, problems: ShapeProblem[]) => void

const found = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return typeof value
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

const wanted = (what: string, value: unknown, path: string, problems: ShapeProblem[]): void => {
  problems.push({
    path,
    message: value === undefined ? `${what} is missing` : `must be ${what}, and is ${found(value)}`,
  })
}

/** A string; `accepts` says what is wrong with one, if anything. */
export const text =
  (accepts: (value: string) => string | null = () => null): Shape =>
  (value, path, problems) => {
    if (typeof value !== 'string') return wanted('a text', value, path, problems)
    const wrong = accepts(value)
    if (wrong !== null) problems.push({ path, message: wrong })
  }

export const truth: Shape = (value, path, problems) => {
  if (typeof value !== 'boolean') wanted('true or false', value, path, problems)
}

export const wholeNumber =
  (least: number, most: number): Shape =>
  (value, path, problems) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
      wanted(`a whole number from ${least} to ${most}`, value, path, problems)
  }

/** One of a closed list of words; a near miss is answered with the word that was meant. */
export const oneOf =
  (words: readonly string[]): Shape =>
  (value, path, problems) => {
    if (typeof value === 'string' && words.includes(value)) return
    if (typeof value !== 'string') return wanted(`one of ${words.join(', ')}`, value, path, problems)
    problems.push({ path, message: `${found(value)} is not known; ${suggestion(value, words)}` })
  }

function suggestion(value: string, words: readonly string[]): string {
  const near = nearest(value, words)
  return near === null ? `it must be one of ${words.join(', ')}` : `did you mean ${near}?`
}

export const listOf =
  (shape: Shape): Shape =>
  (value, path, problems) => {
    if (!Array.isArray(value)) return wanted('a list', value, path, problems)
    value.forEach((entry, at) => shape(entry, `${path}[${at}]`, problems))
  }

export const orNull =
  (shape: Shape): Shape =>
  (value, path, problems) => {
    if (value !== null) shape(value, path, problems)
  }

/** An object with these members and no others; `optional` ones may be absent. */
export const objectOf =
  (members: Readonly<Record<string, Shape>>, optional: readonly string[] = []): Shape =>
  (value, path, problems) => {
    if (!isObject(value)) return wanted('an object', value, path, problems)
    for (const [name, shape] of Object.entries(members)) {
      if (value[name] === undefined && optional.includes(name)) continue
      shape(value[name], join(path, name), problems)
    }
    const names = Object.keys(members)
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(members, name))
        problems.push({ path: join(path, name), message: `is not known; ${suggestion(name, names)}` })
    }
  }

/** An object from names of a closed list to values of one shape. */
export const mapOf =
  (names: readonly string[], shape: Shape): Shape =>
  (value, path, problems) => {
    if (!isObject(value)) return wanted('an object', value, path, problems)
    for (const [name, entry] of Object.entries(value)) {
      if (!names.includes(name))
        problems.push({ path: join(path, name), message: `is not known; ${suggestion(name, names)}` })
      else shape(entry, join(path, name), problems)
    }
  }

/** An object whose shape is told by the word in one of its members. */
export const chosenBy =
  (member: string, shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path, problems) => {
    if (!isObject(value)) return wanted('an object', value, path, problems)
    const word = value[member]
    const shape = typeof word === 'string' && Object.hasOwn(shapes, word) ? shapes[word] : undefined
    if (shape) shape(value, path, problems)
    else oneOf(Object.keys(shapes))(word, join(path, member), problems)
  }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
