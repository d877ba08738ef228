import { Button } from 'react-aria-components'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'

const words = text.search.pages

/** One page on and one back. */
export function Pager(props: {
  readonly page: number
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
}) {
  const { page, onPrevious, onNext } = props
  if (onPrevious === null && onNext === null) return null
  return (
    <nav className="pager" aria-label={words.name}>
      <Button className="button" isDisabled={onPrevious === null} onPress={() => onPrevious?.()}>
        {words.previous} <Keys keys={keyTable.previousPage.keys[0]} />
      </Button>
      <span>{words.page(page)}</span>
      <Button className="button" isDisabled={onNext === null} onPress={() => onNext?.()}>
        {words.next} <Keys keys={keyTable.nextPage.keys[0]} />
      </Button>
    </nav>
  )
}
