import { type KbartColumn, kbartColumns } from '../src/marc/kbart/row.ts'

export type ListedRow = Partial<Readonly<Record<KbartColumn, string>>>

/** A KBART file with the whole heading. */
export const titleList = (...rows: readonly ListedRow[]): string =>
  [
    kbartColumns.join('\t'),
    ...rows.map((row) => kbartColumns.map((column) => row[column] ?? '').join('\t')),
    '',
  ].join('\r\n')

export const emma: ListedRow = {
  publication_title: 'Emma',
  online_identifier: '9780141439587',
  title_url: 'https://example.org/emma',
  first_author: 'Austen, Jane',
  title_id: 'emma',
  publication_type: 'monograph',
  publisher_name: 'Penguin',
  date_monograph_published_online: '2003',
}

export const mind: ListedRow = {
  publication_title: 'Mind',
  online_identifier: '1460-2113',
  print_identifier: '0026-4423',
  date_first_issue_online: '1876',
  num_first_vol_online: '1',
  title_url: 'https://example.org/mind',
  title_id: 'mind',
  publication_type: 'serial',
  publisher_name: 'Oxford University Press',
}
