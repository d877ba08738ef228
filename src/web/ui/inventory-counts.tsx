import type { FoundBib } from '../../server/api/search.ts'
import { text } from '../text.ts'

const words = text.search.row

/** What hangs on a bib: its items, or its holdings where none has items yet, and its portfolios. */
export function InventoryCounts({ inventory }: { readonly inventory: FoundBib['inventory'] }) {
  const { holdings, items, portfolios } = inventory
  const said = [
    ...(items > 0 ? [words.items(items)] : []),
    ...(items === 0 && holdings > 0 ? [words.holdings(holdings)] : []),
    ...(portfolios > 0 ? [words.portfolios(portfolios)] : []),
  ]
  return (
    <span className="inventory-badges">
      {said.length === 0 && <span className="none">{words.noInventory}</span>}
      {said.map((one) => (
        <span key={one} className="tag-word">
          {one}
        </span>
      ))}
    </span>
  )
}
