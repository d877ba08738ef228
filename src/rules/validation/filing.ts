import type { DataField } from '../../marc/record.ts'
import { type Findings, report } from './problem.ts'

/** Checks the indicator that counts the characters of an article, which filing passes over. */
export function validateFiling(field: DataField, which: 1 | 2, at: number, findings: Findings): void {
  const count = (which === 1 ? field.ind1 : field.ind2).charCodeAt(0) - 48
  if (count < 1 || count > 9) return
  const title = field.subfields.find(({ code }) => code === 'a')?.value
  if (title === undefined || title === '') return
  const code =
    count >= title.length
      ? 'NONFILING_TOO_LARGE'
      : isLatinWord(title.charCodeAt(count - 1)) && isLatinWord(title.charCodeAt(count))
        ? 'NONFILING_INSIDE_WORD'
        : null
  if (code !== null) report(findings, code, `${field.tag} ind${which}`, at, `${count}: ${title}`)
}

/** A letter or digit; in other scripts the article is a part of the word. */
const isLatinWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)
