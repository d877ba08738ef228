import { useNavigate, useRouterState } from '@tanstack/react-router'
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import type { FoundBib } from '../../../server/api/search.ts'
import { type KeyedCommand, keyTable } from '../../keys/key-table.ts'
import { paths } from '../../paths.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { useOwners } from '../bib/inventory/use-owners.ts'

const words = text.search.rowMenu
const files = ['mrc', 'xml'] as const

type OfRow = { readonly zone: string; readonly row: FoundBib; readonly onHeldBy: () => void }

/** What can be done with a result without opening it first. */
export function RowMenu(
  props: OfRow & {
    readonly isActive: boolean
    readonly isOpen: boolean
    readonly onOpenChange: (isOpen: boolean) => void
  },
) {
  const { row, isActive, isOpen, onOpenChange, ...of } = props
  const title = row.title === '' ? text.report.untitled : row.title
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button className="button quiet small" aria-label={words.of(title)} excludeFromTabOrder={!isActive}>
        <span aria-hidden="true">⋯</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <RowActions {...of} row={row} label={words.of(title)} />
      </Popover>
    </MenuTrigger>
  )
}

function RowActions({ zone, row, onHeldBy, label }: OfRow & { readonly label: string }) {
  const { mmsId, identifiers } = row
  const navigate = useNavigate()
  const copy = useCopy()
  const from = useRouterState({ select: ({ location }) => location.href })
  const physical = useOwners(zone, 'inventory.physical.edit')
  const electronic = useOwners(zone, 'inventory.electronic.edit')
  const toBib = (adds?: 'holdings' | 'item' | 'portfolio') =>
    void navigate({
      to: '/zones/$zone/bibs/$mmsId',
      params: { zone, mmsId },
      state: { resultsAt: from, ...(adds === undefined ? {} : { adds }) },
    })
  const adding = [
    { adds: 'holdings', command: 'addHoldings', whyNot: physical.whyNot },
    { adds: 'item', command: 'addItem', whyNot: physical.whyNot },
    { adds: 'portfolio', command: 'addPortfolio', whyNot: electronic.whyNot },
  ] as const satisfies readonly { adds: string; command: KeyedCommand; whyNot: string | null }[]
  const numbers = [
    `${text.bib.mmsId} ${mmsId}`,
    ...identifiers.filter((one) => one.startsWith('OCLC ') || one.startsWith('ISBN ')).slice(0, 2),
  ]
  return (
    <Menu className="menu" aria-label={label} autoFocus="first">
      <MenuSection className="menu-part" aria-label={words.look}>
        <MenuItem onAction={() => toBib()} textValue={text.search.preview.open}>
          {text.search.preview.open} <Keys keys={keyTable.openRow.keys[0]} />
        </MenuItem>
        <MenuItem onAction={onHeldBy} textValue={text.bib.heldBy.title}>
          {text.bib.heldBy.title} … <Keys keys={keyTable.heldBy.keys[0]} />
        </MenuItem>
      </MenuSection>
      <MenuSection className="menu-part" aria-label={words.add}>
        {adding.map(({ adds, command, whyNot }) => (
          <MenuItem
            key={adds}
            isDisabled={whyNot !== null}
            onAction={() => toBib(adds)}
            textValue={text.commands[command]}
          >
            <span className="menu-label">
              {text.commands[command]} …{whyNot !== null && <small>{whyNot}</small>}
            </span>
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection className="menu-part" aria-label={words.take}>
        {numbers.map((number) => (
          <MenuItem
            key={number}
            onAction={() => copy(number, number.slice(number.lastIndexOf(' ') + 1), words.copied(number))}
            textValue={words.copy(number)}
          >
            {words.copy(number)}
          </MenuItem>
        ))}
        {files.map((format) => (
          <MenuItem
            key={format}
            href={paths.bibFile(zone, mmsId, format)}
            download=""
            textValue={words.download(text.bib.formats[format])}
          >
            {words.download(text.bib.formats[format])}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  )
}
