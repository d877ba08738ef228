import { query, type RecordFilter } from './api/queries.ts'

/** Addresses of the screens and of the files that the API gives, each built here alone. */
export const paths = {
  monitor: () => '/',
  search: () => '/search',
  sets: () => '/sets',
  newBib: () => '/new-bib',
  import: () => '/import',
  issues: () => '/issues',
  link: () => '/link',
  gateway: () => '/gateway',
  account: () => '/account',
  people: () => '/people',
  audit: () => '/audit',
  profiles: () => '/profiles',
  rules: () => '/rules',
  simulate: () => '/simulate',
  collections: () => '/collections',
  job: (job: number) => `/jobs/${job}`,
  bib: (zone: string, mmsId: string) => `/zones/${zone}/bibs/${mmsId}`,

  originals: (job: number, filter: RecordFilter) => `/api/jobs/${job}/records.mrc${query(filter)}`,
  original: (job: number, file: number, position: number) =>
    `/api/jobs/${job}/records/${file}/${position}.mrc`,
  exported: (id: number) => `/api/gateway/exports/${id}.mrc`,
  ledger: (job: number, filter: RecordFilter) => `/api/jobs/${job}/records.csv${query(filter)}`,
  demoFile: (name: string) => `/api/demo/files/${encodeURIComponent(name)}`,
  setFile: (zone: string, set: number, format: 'csv' | 'mrc' | 'xml' | 'json' | 'mrk') =>
    `/api/zones/${zone}/sets/${set}/file?format=${format}`,
  bibFile: (zone: string, mmsId: string, format: 'mrc' | 'xml' | 'json' | 'mrk') =>
    `/api/zones/${zone}/bibs/${mmsId}?format=${format}`,
}
