/** What stopped a command and can be told in words; the message says what happened, the remedy what to do. */
export class CommandFailure extends Error {
  override name = 'CommandFailure'
  readonly remedy: string | null

  constructor(message: string, remedy: string | null = null, cause?: unknown) {
    super(message, { cause })
    this.remedy = remedy
  }
}

/** A command line that cannot be understood; `usage` is the form that it should have. */
export class UsageFailure extends Error {
  override name = 'UsageFailure'
  readonly usage: string

  constructor(message: string, usage: string) {
    super(message)
    this.usage = usage
  }
}
