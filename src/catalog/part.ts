/** How many pieces the hot tables can be spread over. */
const parts = 64

/** The `part` of a row: FNV-1a of the record's number, or of a match key's value. */
export function partOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % parts
}
