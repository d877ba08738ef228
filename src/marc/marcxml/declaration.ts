/**
 * The encoding that an XML declaration names, in lower case: UTF-8 where it names none, or one that
 * bytes as these cannot be in.
 */
export function declaredEncoding(declaration: Uint8Array): string {
  const text = String.fromCharCode(...declaration.subarray(0, 256))
  const label = /\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]?.trim().toLowerCase() ?? 'utf-8'
  // Programs that write strings say UTF-16 of what they then save as UTF-8; ASCII is UTF-8.
  return /^(utf-?8|utf-?16.*|ucs-?2|us-ascii|ascii|)$/.test(label) ? 'utf-8' : label
}
