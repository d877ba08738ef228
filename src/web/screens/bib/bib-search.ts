export const bibViews = ['reading', 'marc', 'xml', 'bytes'] as const
export type BibView = (typeof bibViews)[number]

/** What of the record page stands in its address: how the record is looked at, which version, and against which. */
export type BibSearch = {
  readonly view?: BibView
  readonly version?: number
  readonly with?: number
}

const isVersion = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0

export function chosenBibSearch(search: Readonly<Record<string, unknown>>): BibSearch {
  const view = bibViews.find((one) => one === search['view'])
  const { version, with: against } = search
  return {
    ...(view === undefined ? {} : { view }),
    ...(isVersion(version) ? { version } : {}),
    ...(isVersion(against) && against !== version ? { with: against } : {}),
  }
}

const stored = 'accession.bib-view'

/** The view that the person looked at last. */
export const lastView = (): BibView =>
  bibViews.find((one) => one === localStorage.getItem(stored)) ?? 'reading'

export const rememberView = (view: BibView): void => localStorage.setItem(stored, view)
