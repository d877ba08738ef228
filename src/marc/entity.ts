/** Entities of HTML that web forms and exports leave in records, and references that only MARC-8 resolves. */
const entity = /&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/gi
const entityHere = new RegExp(entity.source, 'iy')

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', '\u00a0'],
])

/** Whether a text may hold an entity. Looked at from `&` to `&`, since nearly all texts have few of them. */
export function mayHoldEntity(text: string): boolean {
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    entityHere.lastIndex = at
    if (entityHere.test(text)) return true
  }
  return false
}

/** A text with the characters that its entities stand for, and both one by one; nothing if it holds none. */
export function resolveEntities(
  text: string,
):
  | { readonly text: string; readonly before: readonly string[]; readonly after: readonly string[] }
  | undefined {
  if (!mayHoldEntity(text)) return undefined
  const before: string[] = []
  const after: string[] = []
  const resolved = text.replace(entity, (whole) => {
    const name = whole.slice(1, -1).toLowerCase()
    const character = named.get(name) ?? characterOf(name)
    if (character === undefined) return whole
    before.push(whole)
    after.push(character)
    return character
  })
  return before.length === 0 ? undefined : { text: resolved, before, after }
}

/** The character of `#233` or `#xe9`; nothing for a control character, a surrogate, or none of Unicode. */
function characterOf(name: string): string | undefined {
  const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  const isCharacter = point >= 0xa0 ? point <= 0x10ffff : point >= 0x20 && point < 0x7f
  return isCharacter && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : undefined
}
