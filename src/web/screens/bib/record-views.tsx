import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { MarcRecord } from '../../../marc/record.ts'
import type { Bib } from '../../../server/api/bib.ts'
import { MarcView } from '../../marc/marc-view.tsx'
import { ReadingView } from '../../marc/reading-view.tsx'
import { text } from '../../text.ts'
import { type BibView, bibViews } from './bib-search.ts'
import { BytesView } from './bytes-view.tsx'
import { XmlView } from './xml-view.tsx'

const words = text.bib.views

export type LocalFields = { readonly places: readonly number[]; readonly zone: string }

/** Of a linked bib its local fields; of another nothing is said. */
export const localFieldsOf = ({ zone, linkedMmsId, local }: Bib): LocalFields | null =>
  linkedMmsId === null ? null : { places: local, zone }

/** A record to be read in one of four ways. */
export function RecordViews(props: {
  readonly record: MarcRecord
  /** Of a linked bib: which fields are its own, by their places, and whose bib it is. */
  readonly local?: LocalFields | null
  readonly view: BibView
  readonly onView: (view: BibView) => void
}) {
  const { record, local = null, view, onView } = props
  const fields =
    local === null ? undefined : new Set(local.places.flatMap((place) => record.fields[place] ?? []))
  return (
    <Tabs
      className="tabs"
      selectedKey={view}
      onSelectionChange={(next) => onView(bibViews.find((one) => one === next) ?? 'reading')}
    >
      <TabList aria-label={words.name}>
        {bibViews.map((one) => (
          <Tab key={one} id={one}>
            {words[one]}
          </Tab>
        ))}
      </TabList>
      {local !== null && (
        <p className="hint local-fields">
          {local.places.length === 0
            ? text.sharing.local.none
            : text.sharing.local.count(local.places.length, local.zone)}
        </p>
      )}
      <TabPanel id="reading">
        <ReadingView record={record} local={fields} />
      </TabPanel>
      <TabPanel id="marc">
        <MarcView record={record} label={text.bib.marc} local={fields} />
      </TabPanel>
      <TabPanel id="xml">
        <XmlView record={record} />
      </TabPanel>
      <TabPanel id="bytes">
        <BytesView record={record} />
      </TabPanel>
    </Tabs>
  )
}
