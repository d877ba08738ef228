/** What a command ends with: part of the interface, like the words that it prints. */
export const exitCodes = {
  done: 0,
  /** Nothing, or not all, was done; for checks and comparisons: something was found. */
  error: 1,
  /** The command line itself cannot be understood. */
  usage: 2,
  /** Done, and some records wait for a person. */
  unresolved: 3,
  /** Done, and some records were rejected; wins over `unresolved`. */
  rejected: 4,
  cancelled: 5,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
