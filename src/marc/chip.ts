/**
 * The visible stand-in for bytes that no character set explains: `⟦E9⟧`. U+FFFD would hide which byte it
 * was, and dropping the byte would hide that there was one.
 */
export function chip(bytes: readonly number[]): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).toUpperCase().padStart(2, '0')
  return `⟦${hex}⟧`
}
