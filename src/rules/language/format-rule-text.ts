import { formatRuleFile } from './format-rule-file.ts'
import { notesOf } from './notes.ts'
import type { RuleFile } from './rule.ts'
import { isWord } from './token-reader.ts'
import { lineTokensOf, tokensOf } from './tokens.ts'

/**
 * The text of a rule file, and the file that it has been read as, in the one form, with its comments.
 * Rules are written in the order in which they run, so that a file which said `order last to first` says
 * the opposite.
 */
export function formatRuleText(text: string, file: RuleFile): string {
  const cut = file.kind === 'exceptions' ? lineTokensOf(text) : tokensOf(text, [])
  const [first] = cut.tokens
  const isOrdered = first !== undefined && isWord(first, 'order')
  return (isOrdered ? 'order first to last\n\n' : '') + formatRuleFile(file, notesOf(cut, file))
}
