import type { ReactNode } from 'react'
import type { LoadReport as Report } from '../../../server/api/collection.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'

const words = text.collection.report

type Lists = Pick<Report, 'changes' | 'rejected' | 'findings' | 'withdrawn'>

type Counts = Pick<
  Report,
  'format' | 'lines' | 'blank' | 'further' | 'deletes' | 'added' | 'changed' | 'unchanged'
> & { readonly rejected: number; readonly withdrawn: number }

/** Rows of a list that are shown. */
const mostShown = 200

/** What a file came to, or would come to: every line once, then what changed, with what was before. */
export function LoadReport(props: {
  readonly counts: Counts
  readonly lists: Lists
  readonly isDryRun?: boolean
}) {
  const { counts, lists, isDryRun = false } = props
  return (
    <div className="stack load-report">
      <Balance counts={counts} isDryRun={isDryRun} />
      <Notes
        heading={words.rejected}
        why={words.columns.why}
        format={counts.format}
        all={counts.rejected}
        rows={lists.rejected}
      />
      <Changes lists={lists} all={counts.added + counts.changed} />
      <Withdrawn lists={lists} all={counts.withdrawn} />
      <Notes
        heading={words.findings}
        why={words.columns.noted}
        format={counts.format}
        all={null}
        rows={lists.findings}
      />
    </div>
  )
}

const partOrder = ['added', 'changed', 'unchanged', 'further', 'blank', 'deletes', 'rejected'] as const

function Balance({ counts, isDryRun }: { readonly counts: Counts; readonly isDryRun: boolean }) {
  const shown = partOrder.filter((part) => counts[part] > 0)
  return (
    <p className="balance">
      <strong>{counts.format === 'kbart' ? words.lines(counts.lines) : words.records(counts.lines)}</strong>
      {shown.map((part, place) => (
        <span key={part} className={part === 'rejected' ? 'bad' : undefined}>
          {place === 0 ? ' = ' : ' + '}
          {formatCount(counts[part])} {words.parts[part]}
        </span>
      ))}
      {'; '}
      {counts.withdrawn === 0 ? (
        <span className="none">{words.withdrawsNone}</span>
      ) : (
        <strong>{(isDryRun ? words.withdraws : words.withdrew)(counts.withdrawn)}</strong>
      )}
    </p>
  )
}

function Part(props: {
  readonly heading: string
  readonly shown: number
  /** How many there were; nothing where that is not known. */
  readonly all: number | null
  readonly columns: readonly string[]
  readonly children: ReactNode
}) {
  const { heading, shown, all } = props
  return (
    <section>
      <h2>
        {heading} <span className="none">{all === null ? '' : formatCount(all)}</span>
      </h2>
      <div className="scrolls">
        <table className="plain" aria-label={heading}>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{props.children}</tbody>
        </table>
      </div>
      {all !== null && shown < all && <p className="hint">{words.first(shown, all)}</p>}
      {all === null && shown === mostShown && <p className="hint">{words.firstKept(shown)}</p>}
    </section>
  )
}

function Notes(props: {
  readonly heading: string
  readonly why: string
  readonly format: Report['format']
  readonly all: number | null
  readonly rows: Report['rejected']
}) {
  if (props.rows.length === 0) return null
  const { line, record, column, remedy } = words.columns
  const rows = props.rows.slice(0, mostShown)
  return (
    <Part
      heading={props.heading}
      shown={rows.length}
      all={props.all}
      columns={[props.format === 'kbart' ? line : record, column, props.why, remedy]}
    >
      {rows.map((note) => (
        <tr key={`${note.line} ${note.column} ${note.code} ${note.message}`}>
          <th scope="row" className="numeric">
            {formatCount(note.line)}
          </th>
          <td>{note.column !== null && <code>{note.column}</code>}</td>
          <td>
            <Given words={note.message} /> <code className="none">{note.code}</code>
          </td>
          <td>{note.remedy}</td>
        </tr>
      ))}
    </Part>
  )
}

function Changes({ lists, all }: { readonly lists: Lists; readonly all: number }) {
  if (lists.changes.length === 0) return null
  const { title, key, change, coverage, address } = words.columns
  const rows = lists.changes.slice(0, mostShown)
  return (
    <Part
      heading={words.changes}
      shown={rows.length}
      all={all}
      columns={[title, key, change, coverage, address]}
    >
      {rows.map((row) => (
        <tr key={row.key}>
          <th scope="row">
            <Given words={row.title} />
          </th>
          <td className="none">
            <Given words={row.key} />
          </td>
          <td>
            <span className="tag-word">{words.change[changeOf(row)]}</span>
          </td>
          <td>
            <Became now={row.coverage} was={row.was?.coverage} none={words.noCoverage} />
          </td>
          <td>
            <Became now={row.url} was={row.was?.url} none={words.noAddress} />
          </td>
        </tr>
      ))}
    </Part>
  )
}

/** What became of a title; where neither address nor coverage is another, its record is. */
function changeOf({ change, was, url, coverage }: Lists['changes'][number]) {
  if (was?.isWithdrawn === true) return 'back'
  return was !== null && was.url === url && was.coverage === coverage ? 'record' : change
}

/** What something is now, and under it what it was; `undefined` where there was nothing to be otherwise. */
function Became(props: {
  readonly now: string | null
  readonly was: string | null | undefined
  readonly none: string
}) {
  const { now, was, none } = props
  return (
    <>
      {now === null ? <span className="none">{none}</span> : <Given words={now} />}
      {was !== undefined && was !== now && (
        <small className="was">
          {words.was}{' '}
          {was === null ? (
            none
          ) : (
            <del>
              <Given words={was} />
            </del>
          )}
        </small>
      )}
    </>
  )
}

function Withdrawn({ lists, all }: { readonly lists: Lists; readonly all: number }) {
  if (lists.withdrawn.length === 0) return null
  const rows = lists.withdrawn.slice(0, mostShown)
  return (
    <Part
      heading={words.withdrawn}
      shown={rows.length}
      all={all}
      columns={[words.columns.title, words.columns.key]}
    >
      {rows.map(({ portfolioId, title, key }) => (
        <tr key={portfolioId}>
          <th scope="row">
            <Given words={title} />
          </th>
          <td className="none">
            <Given words={key} />
          </td>
        </tr>
      ))}
    </Part>
  )
}
