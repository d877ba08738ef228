import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { MarcRecord } from '../../../marc/record.ts'
import { MarcView } from '../../marc/marc-view.tsx'
import { ReadingView } from '../../marc/reading-view.tsx'
import { text } from '../../text.ts'
import { type BibView, bibViews } from './bib-search.ts'
import { BytesView } from './bytes-view.tsx'
import { XmlView } from './xml-view.tsx'

const words = text.bib.views

/** A record to be read in one of four ways. */
export function RecordViews(props: {
  readonly record: MarcRecord
  readonly view: BibView
  readonly onView: (view: BibView) => void
}) {
  const { record, view, onView } = props
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
      <TabPanel id="reading">
        <ReadingView record={record} />
      </TabPanel>
      <TabPanel id="marc">
        <MarcView record={record} label={text.bib.marc} />
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
