export type SearchRefusalCode =
  | 'INVALID_QUERY'
  | 'UNKNOWN_INDEX'
  | 'UNKNOWN_FACET'
  | 'NO_WORDS'
  | 'NOT_SUCH_A_NUMBER'
  | 'NOT_SUCH_A_VALUE'
  | 'SEARCH_TOO_LONG'
  | 'NO_SUCH_SET'
  | 'SET_EXISTS'
  | 'SET_IS_LOGICAL'
  | 'SET_TOO_LARGE'

/** A search that cannot be made as it is asked for; message and remedy are for people, the code for programs. */
export class SearchRefusal extends Error {
  override name = 'SearchRefusal'
  readonly code: SearchRefusalCode
  readonly remedy: string

  /** In the query, where it is malformed; both are counted from 1. */
  readonly place: { readonly line: number; readonly column: number } | null

  constructor(
    code: SearchRefusalCode,
    message: string,
    remedy: string,
    place: SearchRefusal['place'] = null,
  ) {
    super(message)
    this.code = code
    this.remedy = remedy
    this.place = place
  }
}
