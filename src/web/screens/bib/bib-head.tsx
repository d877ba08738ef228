import type { ReactNode } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { controlValue } from '../../../marc/record.ts'
import { displayTitle } from '../../../rules/display-title.ts'
import type { Bib } from '../../../server/api/bib.ts'
import { type KeyedCommand, keyTable } from '../../keys/key-table.ts'
import { carrierOf } from '../../../rules/match/carrier.ts'
import { resourceTypeOf } from '../../../rules/search/resource-type.ts'
import { linkedFields } from '../../../rules/linkage.ts'
import { readingOf } from '../../marc/reading.ts'
import { paths } from '../../paths.ts'
import { text } from '../../text.ts'
import { FormatName } from '../../ui/format-icon.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { BibBadges } from './bib-badges.tsx'

const words = text.bib
const formats = ['mrc', 'xml', 'json', 'mrk'] as const

/** A number of a bib that can be copied, by pressing it or by its keys. */
export type CopyableNumber = {
  readonly command: KeyedCommand
  readonly name: string
  readonly value: string
  /** How many more of the kind there are. */
  readonly more: number
  readonly copy: () => void
}

/** What the bib is, where it is, its numbers, and what is unusual about it. */
export function BibHead(props: {
  readonly bib: Bib
  readonly numbers: readonly CopyableNumber[]
  /** What can be done with it between zones. */
  readonly sharing: ReactNode
  readonly children?: ReactNode
}) {
  const { bib, numbers, sharing, children } = props
  const { record } = bib
  const title = linkedFields(record).find(({ tag }) => tag === '245')
  const creator = readingOf(record).lines.find(({ label }) => label === 'creator')?.entries[0]
  const year = /^\d{4}/.exec(controlValue(record, '008')?.slice(7, 11) ?? '')?.[0]
  return (
    <header className="report-head">
      <div className="screen-head">
        <div>
          <h1>
            <bdi>{bib.title === '' ? text.report.untitled : bib.title}</bdi>
          </h1>
          {title?.others.map(({ field, lang, dir }, place) => (
            <p key={place} className="title-other" lang={lang ?? undefined}>
              <bdi dir={dir}>
                {displayTitle({ leader: record.leader, fields: [{ ...field, tag: '245' }] })}
              </bdi>
            </p>
          ))}
          <p className="by-line">
            <FormatName type={resourceTypeOf(record)} isElectronic={carrierOf(record) === 'electronic'} />
            {creator !== undefined && (
              <bdi>{creator.parts.map((part) => part.before + part.text).join('')}</bdi>
            )}
            {year !== undefined && <span>{year}</span>}
          </p>
        </div>
        <div className="head-actions">
          {children}
          <Download bib={bib} />
        </div>
      </div>
      <div className="head-line">
        <ZonePill code={bib.zone} />
        {numbers.map(({ command, name, value, more, copy }) => (
          <span key={command} className="copyable">
            <Button className="button quiet small" onPress={copy}>
              <span className="visually-hidden">{text.copy.verb}</span> {name}{' '}
              <span className="mms-id">{value}</span> <Keys keys={keyTable[command].keys[0]} />
            </Button>
            {more > 0 && <small>{words.moreNumbers(more)}</small>}
          </span>
        ))}
      </div>
      <div className="bib-line">
        <BibBadges bib={bib} />
        {sharing}
      </div>
    </header>
  )
}

function Download({ bib: { zone, mmsId } }: { readonly bib: Bib }) {
  return (
    <MenuTrigger>
      <Button className="button">
        {words.download} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" aria-label={words.download}>
          {formats.map((format) => (
            <MenuItem key={format} href={paths.bibFile(zone, mmsId, format)} download="">
              {words.formats[format]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
