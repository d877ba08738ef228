/** Whether a label has a word for every word that was typed, begun in the same way. */
export function saysAll(label: string, typed: string): boolean {
  const words = split(label)
  return split(typed).every((part) => words.some((word) => word.startsWith(part)))
}

/** The job of `12`, `job 12` or `go to job 12`, or nothing. */
export function jobAsked(typed: string): number | null {
  const found = /^(?:(?:go to )?job )?#?([0-9]{1,7})$/i.exec(typed.trim())
  return found === null ? null : Number(found[1])
}

const split = (words: string): string[] =>
  words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
