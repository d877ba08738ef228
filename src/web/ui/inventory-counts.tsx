import type { FoundBib } from '../../server/api/search.ts'
import { text } from '../text.ts'

const words = text.search.row

/**
 * What hangs on a bib: its items, or its holdings where none has items yet, and its portfolios. That there is
 * none says something in an institution alone: of a title of the network they have the copies.
 */
export function InventoryCounts(props: {
  readonly inventory: FoundBib['inventory']
  readonly isInstitution: boolean
}) {
  const { holdings, items, portfolios } = props.inventory
  const said = [
    ...(items > 0 ? [words.items(items)] : []),
    ...(items === 0 && holdings > 0 ? [words.holdings(holdings)] : []),
    ...(portfolios > 0 ? [words.portfolios(portfolios)] : []),
  ]
  return (
    <span className="inventory-badges">
      {said.length === 0 && props.isInstitution && <span className="none">{words.noInventory}</span>}
      {said.map((one) => (
        <span key={one} className="tag-word">
          {one}
        </span>
      ))}
    </span>
  )
}
