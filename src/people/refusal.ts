/** What was asked for of people and sessions cannot be done; message and remedy are for people, the code for programs. */
export class PeopleRefusal extends Error {
  override name = 'PeopleRefusal'
  readonly kind: 'missing' | 'conflict' | 'invalid' | 'refused' | 'wait'
  readonly code: string
  readonly remedy: string

  constructor(kind: PeopleRefusal['kind'], code: string, message: string, remedy: string) {
    super(message)
    this.kind = kind
    this.code = code
    this.remedy = remedy
  }
}
