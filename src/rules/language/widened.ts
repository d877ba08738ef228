/** A tag with `*` in the place of each of its characters, in every combination, itself among them. */
export function widened(tag: string): string[] {
  let patterns = ['']
  for (const character of tag) patterns = patterns.flatMap((start) => [start + character, `${start}*`])
  return patterns
}
