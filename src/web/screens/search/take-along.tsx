import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { FoundBib } from '../../../server/api/search.ts'
import { text } from '../../text.ts'
import { useCopy } from '../../ui/use-copy.ts'
import { csvOf } from './page-csv.ts'

const words = text.search.take

/** What can be copied of a page of results: its numbers, a line each, or all of it as CSV. */
export function TakeAlong({ rows }: { readonly rows: readonly FoundBib[] }) {
  const copy = useCopy()
  const numbers = (kind: string) => [
    ...new Set(
      rows.flatMap(({ identifiers }) =>
        identifiers.filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1)),
      ),
    ),
  ]
  const mmsIds = [...new Set(rows.map(({ mmsId }) => mmsId))]
  const choices = [
    { name: words.mmsIds, lines: mmsIds },
    { name: words.oclc, lines: numbers('OCLC') },
    { name: words.isbn, lines: numbers('ISBN') },
  ].filter(({ lines }) => lines.length > 0)
  const csv = () =>
    csvOf([
      words.columns,
      ...rows.map(({ mmsId, title, creator, imprint, date, identifiers }) => [
        mmsId,
        title,
        creator ?? '',
        imprint ?? '',
        date ?? '',
        identifiers.join('; '),
      ]),
    ])
  return (
    <MenuTrigger>
      <Button className="button">
        {words.name} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" aria-label={words.name}>
          {choices.map(({ name, lines }) => (
            <MenuItem
              key={name}
              onAction={() => copy(name, lines.join('\n'), words.taken(lines.length, name))}
            >
              {name}
            </MenuItem>
          ))}
          <MenuItem onAction={() => copy(words.csv, csv(), words.taken(rows.length, words.csv))}>
            {words.csv}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
