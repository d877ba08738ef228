/** What was asked for cannot be done as things are; message and remedy are for people, the code for programs. */
export class ImportRefusal extends Error {
  override name = 'ImportRefusal'
  readonly kind: 'missing' | 'conflict' | 'invalid'
  readonly code: string
  readonly remedy: string

  constructor(kind: ImportRefusal['kind'], code: string, message: string, remedy: string) {
    super(message)
    this.kind = kind
    this.code = code
    this.remedy = remedy
  }
}
