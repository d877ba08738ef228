/**
 * Bounds of a rule file, so that reading one costs time in proportion to its length and no stack.
 * Lengths count UTF-16 units.
 */
export const ruleLimits = {
  file: 1_000_000,
  rules: 5_000,
  /** Conditions within conditions. */
  nesting: 50,
  /** One text in quotes. */
  text: 10_000,
  /** A regular expression, and the instructions of the program that it compiles to. */
  regex: 1_000,
  regexProgram: 2_000,
  /** The programs of all regular expressions of a file together. */
  regexPrograms: 50_000,
  /** What is reported of one file. */
  problems: 500,
} as const
