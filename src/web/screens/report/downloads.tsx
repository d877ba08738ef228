import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { JobReport } from '../../../server/api/job.ts'
import type { RecordFilter } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'

const words = text.report.download

/** The records of the job as files: the original bytes, or the list. */
export function Downloads({ report, filter }: { readonly report: JobReport; readonly filter: RecordFilter }) {
  const { job, atImport, done } = report
  const isFiltered = Object.keys(filter).length > 0
  const files = [
    { name: words.rejected, count: atImport.rejected, href: paths.originals(job, { outcome: 'rejected' }) },
    {
      name: words.unresolved,
      count: atImport.unresolved,
      href: paths.originals(job, { outcome: 'unresolved' }),
    },
    { name: words.shown, count: isFiltered ? null : 0, href: paths.originals(job, filter) },
    { name: words.all, count: done, href: paths.originals(job, {}) },
    { name: words.ledger, count: done, href: paths.ledger(job, filter) },
  ].filter(({ count }) => count !== 0)
  if (files.length === 0 || report.kind === 'undo') return null
  return (
    <MenuTrigger>
      <Button className="button">
        {text.report.downloads} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" aria-label={text.report.downloads}>
          {files.map(({ name, count, href }) => (
            <MenuItem key={href} href={href} download="" textValue={name}>
              <span className="menu-label">{name}</span>
              {count !== null && <span className="hint">{formatCount(count)}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
