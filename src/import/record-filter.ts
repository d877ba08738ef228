export type RecordPlace = { readonly file: number; readonly position: number }

export type RecordFilter = {
  readonly outcome?: string
  readonly code?: string
  readonly repair?: string
  readonly file?: number
  readonly position?: number
}

/** Of the ledger `r`, with `filterValues` as the first six values. */
export const filtered = `
  where r.job_id = $1 and ($2::text is null or r.outcome = $2) and ($3::text is null or r.code = $3)
    and ($4::text is null or $4 = any(r.repairs)) and ($5::int is null or r.file_no = $5)
    and ($6::int is null or r.position = $6)`

export const filterValues = (
  job: number | string,
  { outcome, code, repair, file, position }: RecordFilter,
) => [job, outcome ?? null, code ?? null, repair ?? null, file ?? null, position ?? null]
