/** The protocols that a link to a resource may have: no other opens anything, and some run what they say. */
const protocols: ReadonlySet<string> = new Set(['http:', 'https:', 'ftp:'])

/** Whether a text is the address of an electronic resource: a whole URL over http, https or ftp. */
export function isAccessUrl(text: string): boolean {
  if (/[\s\p{Cc}]/u.test(text) || !/^\w+:\/\//.test(text)) return false
  try {
    const { protocol, hostname } = new URL(text)
    return protocols.has(protocol) && hostname !== ''
  } catch {
    return false
  }
}
