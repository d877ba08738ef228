import { useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { FoundBib } from '../../../server/api/search.ts'
import { heldByQuery } from '../../api/search-queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { HeldByList } from '../bib/held-by.tsx'

const words = text.bib.heldBy

/** Which institutions have the title of a result, and what they have of it. */
export function HeldByDialog(props: {
  readonly zone: string
  readonly row: FoundBib
  readonly onClose: () => void
}) {
  const { zone, row, onClose } = props
  const { data, error } = useQuery(heldByQuery(zone, row.mmsId))
  return (
    <ModalDialog title={words.title} onClose={onClose}>
      <p>
        <bdi>{row.title === '' ? text.report.untitled : row.title}</bdi>
      </p>
      {error !== null && <Fault error={error} />}
      {data === undefined && error === null && <p role="status">{text.shell.loading}</p>}
      {data?.institutions.length === 0 && <p role="status">{words.nobody}</p>}
      {data !== undefined && <HeldByList institutions={data.institutions} />}
      <div className="dialog-foot">
        <Button className="button" onPress={onClose}>
          {text.search.preview.close}
        </Button>
      </div>
    </ModalDialog>
  )
}
