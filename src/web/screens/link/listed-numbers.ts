/** What a person has typed or pasted: the MMS IDs, and what is none. */
export type ListedNumbers = { readonly mmsIds: readonly string[]; readonly others: readonly string[] }

/** Numbers, one a line or between blanks, commas and semicolons, in quotes or not; each once. */
export function listedNumbers(text: string): ListedNumbers {
  const words = [...new Set(text.split(/[\s,;"']+/).filter((word) => word !== ''))]
  const isMmsId = (word: string) => /^99[0-9]{6,17}$/.test(word)
  return { mmsIds: words.filter(isMmsId), others: words.filter((word) => !isMmsId(word)) }
}
