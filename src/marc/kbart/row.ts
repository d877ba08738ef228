/** The columns of KBART (NISO RP-9-2014), in its order. */
export const kbartColumns = [
  'publication_title',
  'print_identifier',
  'online_identifier',
  'date_first_issue_online',
  'num_first_vol_online',
  'num_first_issue_online',
  'date_last_issue_online',
  'num_last_vol_online',
  'num_last_issue_online',
  'title_url',
  'first_author',
  'title_id',
  'embargo_info',
  'coverage_depth',
  'notes',
  'publisher_name',
  'publication_type',
  'date_monograph_published_print',
  'date_monograph_published_online',
  'monograph_volume',
  'monograph_edition',
  'first_editor',
  'parent_publication_title_id',
  'preceding_publication_title_id',
  'access_type',
] as const

export type KbartColumn = (typeof kbartColumns)[number]

/** A row of a KBART file: a title in one stretch of its coverage. Texts are empty where nothing is said. */
export type KbartRow = {
  /** 1 for the heading of the file. */
  readonly line: number
  readonly cells: Readonly<Record<KbartColumn, string>>
  readonly isSerial: boolean
  /** What was read in another way than it stands there, or could not be; nothing of it is lost. */
  readonly findings: readonly KbartFinding[]
}

export type KbartCode =
  | 'NO_TITLE'
  | 'LINE_TOO_LONG'
  | 'UNCLOSED_QUOTE'
  | 'ISBN_OR_ISSN'
  | 'DATE'
  | 'EMBARGO'
  | 'MORE_CELLS'
  | 'NOT_UTF8'

/** What there is to say of a cell. */
export type KbartFinding = {
  readonly code: KbartCode
  /** Nothing: of the line as a whole. */
  readonly column: KbartColumn | null
  readonly message: string
}

/** A line that is no title, with what is wrong and what to do. */
export type RejectedRow = KbartFinding & {
  readonly line: number
  readonly remedy: string
  /** The title that it may have been about. */
  readonly titleId: string
}

export type KbartLine =
  | { readonly kind: 'row'; readonly row: KbartRow }
  | { readonly kind: 'rejected'; readonly rejected: RejectedRow }
  | { readonly kind: 'blank'; readonly line: number }
