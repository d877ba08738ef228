/*
 * JSON (RFC 8259) as it stands in the source: members in their order, repeated keys and the digits of
 * numbers included, which JSON.parse loses. Control characters in strings are let through, since they
 * are mended in the field.
 */

export type Json =
  | { readonly kind: 'text'; readonly text: string }
  /** A number, `true`, `false` or `null`, as written. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] }

export type Member = readonly [key: string, value: Json]

/** Where a text stops being JSON, and why. */
export type JsonFault = { readonly kind: 'fault'; readonly at: number; readonly message: string }

/** Values in each other; a record has five. */
const deepest = 32

type Cursor = { readonly text: string; at: number; depth: number }

/** One value. What follows it is left, its place in `end`. */
export function parseJson(text: string): { readonly value: Json; readonly end: number } | JsonFault {
  const cursor: Cursor = { text, at: 0, depth: 0 }
  const value = parseValue(cursor)
  return value.kind === 'fault' ? value : { value, end: cursor.at }
}

function parseValue(cursor: Cursor): Json | JsonFault {
  skipBlank(cursor)
  const first = cursor.text.charAt(cursor.at)
  if (first === '"') {
    const text = parseString(cursor)
    return typeof text === 'string' ? { kind: 'text', text } : text
  }
  if (first !== '{' && first !== '[') return parseWord(cursor)
  if (cursor.depth === deepest) return fault(cursor, `values are more than ${deepest} deep in each other`)
  cursor.depth++
  cursor.at++
  const value = first === '{' ? parseMembers(cursor) : parseItems(cursor)
  cursor.depth--
  return value
}

const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function parseWord(cursor: Cursor): Json | JsonFault {
  word.lastIndex = cursor.at
  const found = word.exec(cursor.text)
  if (!found) return fault(cursor, `${shown(cursor)} stands where a value belongs`)
  cursor.at = word.lastIndex
  return { kind: 'word', text: found[0] }
}

function parseItems(cursor: Cursor): Json | JsonFault {
  const items: Json[] = []
  if (takes(cursor, ']')) return { kind: 'list', items }
  for (;;) {
    const item = parseValue(cursor)
    if (item.kind === 'fault') return item
    items.push(item)
    if (takes(cursor, ']')) return { kind: 'list', items }
    if (!takes(cursor, ',')) return fault(cursor, `${shown(cursor)} stands where a comma or ] belongs`)
  }
}

function parseMembers(cursor: Cursor): Json | JsonFault {
  const members: Member[] = []
  if (takes(cursor, '}')) return { kind: 'object', members }
  for (;;) {
    skipBlank(cursor)
    if (cursor.text.charAt(cursor.at) !== '"')
      return fault(cursor, `${shown(cursor)} stands where a key in quotes belongs`)
    const key = parseString(cursor)
    if (typeof key !== 'string') return key
    if (!takes(cursor, ':')) return fault(cursor, `${shown(cursor)} stands where a colon belongs`)
    const value = parseValue(cursor)
    if (value.kind === 'fault') return value
    members.push([key, value])
    if (takes(cursor, '}')) return { kind: 'object', members }
    if (!takes(cursor, ',')) return fault(cursor, `${shown(cursor)} stands where a comma or } belongs`)
  }
}

const simple: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

function parseString(cursor: Cursor): string | JsonFault {
  const { text } = cursor
  const opening = cursor.at
  let parsed = ''
  for (let start = opening + 1, at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      cursor.at = at + 1
      return parsed + text.slice(start, at)
    }
    if (code !== 0x5c) continue
    parsed += text.slice(start, at)
    const escape = text.charAt(at + 1)
    const hex = /^[0-9a-f]{4}$/i.exec(text.slice(at + 2, at + 6))
    cursor.at = at
    if (escape === 'u' && hex) {
      parsed += String.fromCharCode(Number.parseInt(hex[0], 16))
      at += 5
    } else if (escape in simple) {
      parsed += simple[escape]
      at++
    } else return fault(cursor, `${text.slice(at, at + 2)} is no escape of JSON`)
    start = at + 1
  }
  cursor.at = opening
  return fault(cursor, 'a string begins that does not end')
}

function takes(cursor: Cursor, mark: string): boolean {
  skipBlank(cursor)
  if (cursor.text.charAt(cursor.at) !== mark) return false
  cursor.at++
  return true
}

function skipBlank(cursor: Cursor): void {
  const { text } = cursor
  for (;;) {
    const code = text.charCodeAt(cursor.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    cursor.at++
  }
}

const shown = ({ text, at }: Cursor) => (at < text.length ? text.slice(at, at + 1).toWellFormed() : 'the end')

const fault = ({ at }: Cursor, message: string): JsonFault => ({ kind: 'fault', at, message })
