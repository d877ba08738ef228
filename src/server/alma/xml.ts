/** An element as both of the API's forms are written from it: text, or elements in order; an attribute or two. */
export type Element = {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly content: string | readonly Element[] | { readonly xml: string }
}

export const element = (
  name: string,
  content: Element['content'],
  attributes?: Element['attributes'],
): Element => ({ name, content, ...(attributes === undefined ? {} : { attributes }) })

/** A document of XML. */
export const xmlOf = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${written(root)}`

function written({ name, attributes = {}, content }: Element): string {
  const start = Object.entries(attributes).reduce(
    (text, [attribute, value]) => `${text} ${attribute}="${escaped(value)}"`,
    name,
  )
  const inside =
    typeof content === 'string'
      ? escaped(content)
      : 'xml' in content
        ? content.xml
        : content.map(written).join('')
  return inside === '' ? `<${start}/>` : `<${start}>${inside}</${name}>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML 1.0 cannot hold, even as references, are left out (production 2). */
const escaped = (text: string): string =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (found) => entities[found] ?? found)
