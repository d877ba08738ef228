import type { VendorFile } from './vendor-files.ts'

/** A file that somebody loads, or looks at before loading. */
export type Load = {
  readonly file: VendorFile
  readonly zone: string
  readonly profile: string
  readonly label: string
  readonly notes?: string
  readonly kind: 'import' | 'preview'
}

const load = (
  file: VendorFile,
  zone: string,
  profile: string,
  label: string,
  more: Partial<Pick<Load, 'kind' | 'notes'>> = {},
): Load => ({ file, zone, profile, label, kind: 'import', ...more })

const tape: VendorFile = { records: 'tape-1998', name: 'HERON.REEL1998.mrc', sentAs: 'tape' }
const wrongZone: VendorFile = {
  records: 'saltmarsh-wrong-zone',
  name: 'saltmarsh-backlog.mrc',
  sentAs: 'iso2709',
}

/** What the demo's libraries load, in this order where one looks at what another left. */
export const loads = {
  opening: load(
    { records: 'opening-load', name: 'lantern-opening-load.mrc', sentAs: 'iso2709' },
    'NZ',
    'oclc-batch',
    'Opening load of the network',
  ),
  ebooks: load(
    { records: 'meridian-ebooks', name: 'meridian-ebooks-2026-03.xml', sentAs: 'marcxml' },
    'SALT',
    'ebooks',
    'Meridian e-books, March',
    { notes: 'Perpetual access; the vendor sends withdrawals to the network.' },
  ),
  formerSystem: load(
    { records: 'heronsgate-catalogue', name: 'heronsgate-former-system.mrc', sentAs: 'iso2709' },
    'HERON',
    'repository',
    'From the former system',
  ),
  tape: load(tape, 'HERON', 'tape', 'Reel of 1998'),
  strictTape: load(tape, 'HERON', 'tape-strict', 'Reel of 1998, if we read it strictly', { kind: 'preview' }),
  approval: load(
    { records: 'northgate-approval', name: 'northgate-approval-2026-04.mrc', sentAs: 'iso2709' },
    'NZ',
    'vendor-records',
    'Northgate approval plan, April',
  ),
  rush: load(
    { records: 'northgate-rush', name: 'northgate-rush-order.mrc', sentAs: 'iso2709' },
    'NZ',
    'vendor-records',
    'Northgate rush order',
    { kind: 'preview' },
  ),
  updates: load(
    { records: 'worldcat-updates', name: 'worldcat-updates-2026-04.mrc.gz', sentAs: 'iso2709.gz' },
    'NZ',
    'collection-manager',
    'WorldCat updates, April',
  ),
  fix: load(
    { records: 'worldcat-fix', name: 'worldcat-correction.mrc', sentAs: 'iso2709' },
    'NZ',
    'collection-manager',
    'WorldCat correction of one record',
  ),
  filmsInJanuary: load(
    { records: 'silver-screen-january', name: 'silver-screen-2026-01.mrc', sentAs: 'iso2709' },
    'QUARRY',
    'streaming',
    'Silver Screen films, January',
  ),
  filmsInApril: load(
    { records: 'silver-screen-april', name: 'silver-screen-2026-04.mrc', sentAs: 'iso2709' },
    'QUARRY',
    'streaming',
    'Silver Screen films, April',
  ),
  gifts: load(
    { records: 'heronsgate-gifts', name: 'gifts-spring-2026.mrk', sentAs: 'mrk' },
    'HERON',
    'gifts',
    'Gifts of the spring',
  ),
  wrongZone: load(wrongZone, 'QUARRY', 'repository', 'Saltmarsh backlog', {
    notes: 'Loaded into the wrong zone: to be undone.',
  }),
  correction: load(
    { records: 'quarryhill-correction', name: 'one-correction.mrc', sentAs: 'iso2709' },
    'QUARRY',
    'repository',
    'A correction to one of them',
  ),
  rightZone: load(wrongZone, 'SALT', 'local', 'Saltmarsh backlog, into its own zone'),
  specialCollections: load(
    {
      records: 'saltmarsh-special-collections',
      name: 'saltmarsh-special-collections.mrc',
      sentAs: 'iso2709',
    },
    'SALT',
    'local',
    'Special collections',
  ),
  webPage: load(
    { records: '', name: 'northgate-download.mrc', sentAs: 'web-page' },
    'NZ',
    'vendor-records',
    'Northgate, May (first try)',
  ),
  may: load(
    { records: 'northgate-may', name: 'northgate-approval-2026-05.mrc', sentAs: 'iso2709' },
    'NZ',
    'vendor-records',
    'Northgate approval plan, May',
    { kind: 'preview', notes: 'Look it over, then commit exactly this.' },
  ),
} as const satisfies Readonly<Record<string, Load>>

/** Files for a visitor to try, which nobody has loaded as they are meant. */
export const samples: readonly (Omit<Load, 'kind' | 'label'> & { readonly about: string })[] = [
  {
    file: { records: 'northgate-june', name: 'northgate-approval-2026-06.mrc', sentAs: 'iso2709' },
    zone: 'NZ',
    profile: 'vendor-records',
    about: 'A shipment of a book vendor: some titles are new, some make bibs fuller, one is held back.',
  },
  {
    file: tape,
    zone: 'HERON',
    profile: 'tape-strict',
    about: 'A damaged tape: see what is mended, and what is refused when it is read strictly.',
  },
  {
    file: { records: 'worldcat-updates', name: 'worldcat-updates-2026-04.mrc.gz', sentAs: 'iso2709.gz' },
    zone: 'NZ',
    profile: 'collection-manager',
    about: 'The same updates again: nothing changes a second time, and the screen says so.',
  },
  {
    file: { records: 'tidewater-shelf-ready', name: 'tidewater-shelf-ready.mrc', sentAs: 'iso2709' },
    zone: 'SALT',
    profile: 'shelf-ready',
    about:
      'Books with their items: a barcode that comes twice and a misspelt shelf cost an item, and no bib.',
  },
  {
    file: { records: 'meridian-june', name: 'meridian-ebooks-2026-06.xml', sentAs: 'marcxml' },
    zone: 'SALT',
    profile: 'ebook-access',
    about: 'E-books that readers can open as soon as the job is done.',
  },
]

export type LoadName = keyof typeof loads
