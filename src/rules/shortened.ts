/** The beginning of a text that is longer than it may be, with … for the rest; never with half of a character. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  const head = text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')
  // Joined anew, so that it does not hold on to the whole.
  return [head, '…'].join('')
}
