export type RecordPlace = { readonly file: number; readonly position: number }

export type RecordFilter = {
  readonly outcome?: string
  readonly code?: string
  readonly repair?: string
  readonly file?: number
  readonly position?: number
  /** Those of whose inventory something was wrong. */
  readonly inventory?: 'problems'
}

/** Of the ledger `r`, with `filterValues` as the first seven values. */
export const filtered = `
  where r.job_id = $1 and ($2::text is null or r.outcome = $2) and ($3::text is null or r.code = $3)
    and ($4::text is null or $4 = any(r.repairs)) and ($5::int is null or r.file_no = $5)
    and ($6::int is null or r.position = $6)
    and ($7::text is null or exists (
      select from import_inventory m
      where m.job_id = r.job_id and m.file_no = r.file_no and m.position = r.position and m.code is not null
        and not m.is_settled))`

export const filterValues = (
  job: number | string,
  { outcome, code, repair, file, position, inventory }: RecordFilter,
) => [job, outcome ?? null, code ?? null, repair ?? null, file ?? null, position ?? null, inventory ?? null]
