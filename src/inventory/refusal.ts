/** The version of a piece of inventory that is there now, and who made it. */
export type CurrentPiece = {
  readonly version: number
  readonly changedAt: string
  readonly changedBy: string | null
}

/**
 * What was asked for cannot be done as things are, and nothing of it is: thrown, so that the transaction is taken
 * back. Message and remedy are for people, the code for programs.
 */
export class InventoryRefusal extends Error {
  override name = 'InventoryRefusal'
  readonly kind: 'missing' | 'conflict' | 'invalid'
  readonly code: string
  readonly remedy: string
  /** What is there now, where a change was made to an older version of it. */
  readonly current: CurrentPiece | undefined

  constructor(
    kind: InventoryRefusal['kind'],
    code: string,
    message: string,
    remedy: string,
    current?: CurrentPiece,
  ) {
    super(message)
    this.kind = kind
    this.code = code
    this.remedy = remedy
    this.current = current
  }
}
