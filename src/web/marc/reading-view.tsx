import { Fragment } from 'react'
import type { Field, MarcRecord } from '../../marc/record.ts'
import { text } from '../text.ts'
import { LocalMark } from './local-mark.tsx'
import { type Entry, readingOf } from './reading.ts'

const words = text.reading

/** A record as a reader would have it: labels and values, other scripts under what they stand for. */
export function ReadingView(props: {
  readonly record: MarcRecord
  readonly local?: ReadonlySet<Field> | undefined
}) {
  const { lines, leftOut } = readingOf(props.record, props.local)
  return (
    <>
      {lines.length === 0 ? (
        <p className="none">{words.nothing}</p>
      ) : (
        <dl className="reading" aria-label={words.name}>
          {lines.map(({ label, entries }) => (
            <div key={label} data-label={label}>
              <dt>{words.labels[label]}</dt>
              {entries.map((entry, place) => (
                <dd
                  key={`${place} ${entry.tag}`}
                  title={entry.tag}
                  data-local={entry.isLocal ? '' : undefined}
                >
                  <Value entry={entry} />
                  {entry.isLocal && <LocalMark />}
                  {entry.others.map(({ parts, lang, dir }, other) => (
                    <p key={other} className="other-script" dir={dir} lang={lang ?? undefined}>
                      <Parts parts={parts} />
                    </p>
                  ))}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      {leftOut.length > 0 && <p className="hint reading-rest">{words.leftOut(leftOut)}</p>}
    </>
  )
}

function Value({ entry: { parts, href } }: { readonly entry: Entry }) {
  if (href === null) return <Parts parts={parts} />
  return (
    <a href={href} rel="noopener noreferrer external">
      <Parts parts={parts} />
    </a>
  )
}

/** Each subfield is isolated, so that one in Arabic leaves its neighbours in place. */
function Parts({ parts }: { readonly parts: Entry['parts'] }) {
  return parts.map(({ text: value, before, isCancelled }, place) => (
    <Fragment key={`${place} ${value}`}>
      {before}
      <bdi dir="auto">{value}</bdi>
      {isCancelled && <span className="none"> ({words.cancelled})</span>}
    </Fragment>
  ))
}
