import type { RuleKind } from './rule.ts'

/**
 * What a rule file is for, told by the words that only one kind has, so that a file with an error in it
 * is told too. Nothing where it has none of them, or those of several.
 */
export function guessKind(text: string): RuleKind | null {
  // Comments and texts in quotes may say anything.
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""').replace(/(?:#|\/\/).*/g, '')
  const kinds = (Object.keys(signs) as RuleKind[]).filter((kind) => signs[kind].test(bare))
  return kinds.length === 1 ? (kinds[0] ?? null) : null
}

const signs: Readonly<Record<RuleKind, RegExp>> = {
  normalize:
    /(?:^|\bthen\b)\s*(?:add|change|combine|copy|correct|move|prefix|remove|replace|sort|split|suffix)\w*[ \t]+""/im,
  merge: /^\s*(?:when\s+)?merge\s*$|(?:^|\bthen\b)\s*(?:add|remove|replace|protect)[ \t]+MARC\./im,
  indication: /\bset[ \t]+indication\b/i,
  'brief-level': /\bset[ \t]+brief_?level\b/i,
  exceptions: /^\s*[A-Z][A-Z0-9_]+(?:[ \t]+[^:\n]*)?:[ \t]*(?:error|warning|off)\b/m,
}
