/** Where a character of a text stands, as an editor counts: `line 3, column 14`. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}
