import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { Autocomplete, Header, Input, Menu, MenuItem, MenuSection, SearchField } from 'react-aria-components'
import { allRows } from '../api/all-rows.ts'
import { jobsQuery, searchQuery } from '../api/queries.ts'
import { useRegistry } from '../keys/commands.tsx'
import { keysOf } from '../keys/key-table.ts'
import { text } from '../text.ts'
import { Given } from '../ui/given.tsx'
import { Keys } from '../ui/keys.tsx'
import { ModalDialog } from '../ui/modal.tsx'
import { tagWords } from '../ui/tag-badges.tsx'
import { jobAsked, saysAll } from './palette-words.ts'
import { useZone } from './zone.tsx'

type Entry = {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly keys?: string | undefined
  readonly whyNot?: string | null | undefined
  readonly run: () => void
}

/** Everything that can be done or gone to, by typing what it is called. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const actions = useActions(typed)
  const jobs = useJobs(typed)
  const bibs = useBibs(typed)
  const search = useSearchFor(typed)
  const sections = [actions, jobs, bibs, search].filter((section) => section.entries.length > 0)
  const run = (entry: Entry) => {
    onClose()
    entry.run()
  }
  return (
    <ModalDialog title={text.palette.title} onClose={onClose} className="palette">
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <SearchField aria-label={text.palette.title} autoFocus>
          <Input placeholder={text.palette.placeholder} />
        </SearchField>
        <Menu
          className="menu"
          aria-label={text.palette.title}
          items={sections}
          renderEmptyState={() => <p className="hint">{text.palette.nothing}</p>}
        >
          {(section) => (
            <MenuSection id={section.id} aria-label={section.heading} items={section.entries}>
              <Header>{section.heading}</Header>
              {section.entries.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  textValue={entry.label}
                  isDisabled={entry.whyNot != null}
                  onAction={() => run(entry)}
                >
                  <span className="menu-label">
                    <Given words={entry.label} />
                    {entry.whyNot != null && <small>{entry.whyNot}</small>}
                    {entry.note !== undefined && (
                      <small>
                        <Given words={entry.note} />
                      </small>
                    )}
                  </span>
                  {entry.keys !== undefined && <Keys keys={entry.keys} />}
                </MenuItem>
              ))}
            </MenuSection>
          )}
        </Menu>
      </Autocomplete>
    </ModalDialog>
  )
}

type Section = { readonly id: string; readonly heading: string; readonly entries: readonly Entry[] }

function useActions(typed: string): Section {
  const registry = useRegistry()
  const [commands] = useState(() => registry.list().filter(({ name }) => name !== 'palette'))
  const entries = commands
    .filter(({ label }) => saysAll(label, typed))
    .map(({ name, label, whyNot, run }) => ({ id: `do ${name}`, label, whyNot, run, keys: keysOf(name)[0] }))
    // What belongs to the screen that is open comes first.
    .toReversed()
  return { id: 'actions', heading: text.palette.actions, entries }
}

function useJobs(typed: string): Section {
  const navigate = useNavigate()
  const { data } = useInfiniteQuery(jobsQuery({}))
  const asked = jobAsked(typed)
  const open = (job: number) => () => void navigate({ to: '/jobs/$job', params: { job } })
  const listed = allRows(data)
    .filter(({ job }) => job !== asked)
    .map((job) => ({
      id: `job ${job.job}`,
      label: `${text.report.title(job.job)} · ${job.label ?? job.profileName ?? text.jobTitle(job.kind, job.ofJob, job.linksBibs)}`,
      note: text.statuses[job.status],
      run: open(job.job),
    }))
    .filter(({ label }) => typed.trim() !== '' && saysAll(label, typed))
    .slice(0, 8)
  const entries: readonly Entry[] =
    asked === null
      ? listed
      : [{ id: `job ${asked}`, label: text.palette.goToJob(asked), run: open(asked) }, ...listed]
  return { id: 'jobs', heading: text.palette.jobs, entries }
}

function useBibs(typed: string): Section {
  const navigate = useNavigate()
  const { zones, zone } = useZone()
  const q = useDeferredValue(typed.trim())
  // A short number may be a job's, and OCLC's as well.
  const isAsked = zone !== null && q.length >= 3 && (jobAsked(q) === null || /^\d{4,}$/.test(q))
  const { data } = useQuery({ ...searchQuery(zone?.code ?? '', q), enabled: isAsked })
  const rows = isAsked ? (data?.rows ?? []) : []
  // The number of a bib says which zone it is of.
  const elsewhere = /^99\d{6,17}$/.test(q)
    ? zones.filter(({ code, suffix }) => code !== zone?.code && q.endsWith(suffix))
    : []
  const found = rows.map((bib) => ({
    id: `bib ${bib.mmsId}`,
    label: bib.title === '' ? text.report.untitled : bib.title,
    note: [bib.creator, bib.date, bib.mmsId, ...tagWords(bib)].filter((part) => part !== null).join(' · '),
    run: () =>
      void navigate({
        to: '/zones/$zone/bibs/$mmsId',
        params: { zone: zone?.code ?? '', mmsId: bib.mmsId },
      }),
  }))
  const others = elsewhere.map(({ code }) => ({
    id: `bib ${code} ${q}`,
    label: text.palette.openBib(q, code),
    run: () => void navigate({ to: '/zones/$zone/bibs/$mmsId', params: { zone: code, mmsId: q } }),
  }))
  return { id: 'bibs', heading: text.palette.bibs(zone?.code ?? ''), entries: [...found, ...others] }
}

function useSearchFor(typed: string): Section {
  const navigate = useNavigate()
  const { zone } = useZone()
  const q = typed.trim()
  return {
    id: 'search',
    heading: text.search.title,
    entries:
      q === '' || zone === null
        ? []
        : [
            {
              id: 'search for',
              label: text.palette.searchFor(q, zone.code),
              run: () => void navigate({ to: '/search', search: { zone: zone.code, q } }),
            },
          ],
  }
}
