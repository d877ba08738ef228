import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { jobQuery, type RecordFilter } from '../../api/queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import type { ReportTab } from '../../router.tsx'
import { text } from '../../text.ts'
import { useTitle } from '../../ui/title.ts'
import { Actions } from './actions.tsx'
import { BalanceLine } from './balance-line.tsx'
import { Conflicts } from './conflicts.tsx'
import { Counts } from './counts.tsx'
import { Differences } from './differences.tsx'
import { Downloads } from './downloads.tsx'
import { Events } from './events.tsx'
import { Files } from './files.tsx'
import { FilterChips } from './filter-chips.tsx'
import { LinkCounts } from './link-counts.tsx'
import { OutcomeChart } from './outcome-chart.tsx'
import { Progress } from './progress.tsx'
import { Records } from './records.tsx'
import { ReportHead } from './report-head.tsx'
import { UndoResults } from './undo-results.tsx'

const words = text.report
const route = getRouteApi('/jobs/$job')

/** The report of a job: its counts, each of them a filter on the records beneath. */
export function ReportScreen() {
  const { job } = route.useParams()
  const { tab: askedTab, ...filter } = route.useSearch()
  const navigate = useNavigate()
  const { data: report } = useSuspenseQuery(jobQuery(job))
  const isUndo = report.kind === 'undo'
  const isReplay = report.kind === 'replay'
  const cameToNothing = report.done === 0 && report.finishedAt !== null
  const tab =
    askedTab ?? (isUndo ? 'conflicts' : isReplay ? 'differences' : cameToNothing ? 'files' : 'records')
  useTitle(words.title(job))
  const counts = useRef<HTMLDivElement>(null)

  const show = (next: RecordFilter & { readonly tab?: ReportTab }) =>
    void navigate({ to: '/jobs/$job', params: { job }, search: next, replace: true, resetScroll: false })
  const choose = (part: keyof RecordFilter) => (value: string | undefined) => {
    const { [part]: _, ...others } = filter
    show(value === undefined ? others : { ...others, [part]: value })
  }
  useCommands([
    {
      name: 'filter',
      label: text.commands.filter,
      run: () => counts.current?.querySelector<HTMLElement>('button')?.focus(),
    },
  ])

  return (
    <div className="screen">
      <p className="back">
        <Link to="/">{words.back}</Link>
      </p>
      <ReportHead report={report}>
        <Actions report={report} />
        <Downloads report={report} filter={filter} />
      </ReportHead>
      <Progress report={report} />
      {report.undo !== null && <UndoResults report={report} undo={report.undo} />}
      {!isUndo && !cameToNothing && (
        <>
          {report.link !== null && <LinkCounts link={report.link} />}
          <BalanceLine report={report} />
          <OutcomeChart
            counts={report.atImport}
            chosen={filter.outcome}
            onChoose={(outcome) => choose('outcome')(outcome === filter.outcome ? undefined : outcome)}
          />
          <div className="report-counts" ref={counts}>
            <Counts report={report} filter={filter} choose={choose} />
          </div>
        </>
      )}
      <Tabs
        className="tabs"
        selectedKey={tab}
        onSelectionChange={(next) => show({ ...filter, tab: next as ReportTab })}
      >
        <TabList aria-label={words.title(job)}>
          {isUndo ? (
            <Tab id="conflicts">{words.tabs.conflicts}</Tab>
          ) : (
            <>
              {isReplay && <Tab id="differences">{text.replay.tab}</Tab>}
              <Tab id="records">{words.tabs.records}</Tab>
              <Tab id="files">{words.tabs.files}</Tab>
            </>
          )}
          <Tab id="events">{words.tabs.events}</Tab>
        </TabList>
        <TabPanel id="conflicts">
          <Conflicts report={report} />
        </TabPanel>
        <TabPanel id="differences">
          <Differences report={report} />
        </TabPanel>
        <TabPanel id="records">
          <FilterChips filter={filter} onChange={show} />
          <Records report={report} filter={filter} onClear={() => show({})} />
        </TabPanel>
        <TabPanel id="files">
          <Files report={report} />
        </TabPanel>
        <TabPanel id="events">
          <Events job={job} />
        </TabPanel>
      </Tabs>
    </div>
  )
}
