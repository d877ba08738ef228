import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { MarcRecord } from '../../../marc/record.ts'
import { diffRecords } from '../../../rules/diff.ts'
import type { SharePreview } from '../../../server/api/share.ts'
import { MergeDetail } from '../../explain/plan-details.tsx'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { MarcView } from '../../marc/marc-view.tsx'
import { text } from '../../text.ts'
import type { ShareOption } from './share-screen.tsx'

const words = text.sharing.share

/** What the chosen way makes of both records: the network's, and ours; and of a merge, why. */
export function WayRecords({
  preview: { zone, network, record },
  option,
}: {
  readonly preview: SharePreview
  readonly option: ShareOption
}) {
  const { as, into, before, after, diff, ours, merge } = option
  const [tab, setTab] = useState<string>(as === 'theirs' ? 'ours' : 'network')
  const networkTitle = as === 'create' ? words.networkNew(network) : words.network(network)
  return (
    <section className="panel share-records">
      <Tabs className="tabs" selectedKey={tab} onSelectionChange={(next) => setTab(String(next))}>
        <TabList aria-label={words.records}>
          <Tab id="network">{networkTitle}</Tab>
          <Tab id="ours">{words.ours(zone)}</Tab>
          {merge !== null && <Tab id="why">{words.why}</Tab>}
        </TabList>
        <TabPanel id="network">
          {before !== null && after !== null && as !== 'theirs' && (
            <FoldedDiff diff={diff} label={networkTitle} beforeName={words.isNow} afterName={words.becomes} />
          )}
          {(as === 'theirs' || after === null) && before !== null && (
            <>
              <p>{words.networkSame(network, into ?? '')}</p>
              <MarcView record={before} label={networkTitle} />
            </>
          )}
          {as === 'create' && after !== null && (
            <MarcView record={withoutNumber(after)} label={networkTitle} />
          )}
        </TabPanel>
        <TabPanel id="ours">
          {ours === null ? (
            <p>{words.oursSame}</p>
          ) : (
            <FoldedDiff
              diff={diffRecords(withoutNumber(record), withoutNumber(ours))}
              label={words.ours(zone)}
              beforeName={words.isNow}
              afterName={words.becomes}
            />
          )}
        </TabPanel>
        {merge !== null && (
          <TabPanel id="why">
            <MergeDetail merge={merge} />
          </TabPanel>
        )}
      </Tabs>
    </section>
  )
}

/** Number, source and time of a save are given when it is saved. */
const withoutNumber = ({ leader, fields }: MarcRecord): MarcRecord => ({
  leader,
  fields: fields.filter(({ tag }) => tag !== '001' && tag !== '003' && tag !== '005'),
})
