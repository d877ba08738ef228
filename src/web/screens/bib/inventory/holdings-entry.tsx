import { useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import { type Holdings, type Item, itemsQuery, mostItems } from '../../../api/inventory-queries.ts'
import { text } from '../../../text.ts'
import { Fault } from '../../../ui/fault.tsx'

const words = text.inventory

/** Holdings with their items; whatever can be done with one stands beside it. */
export function HoldingsEntry(props: {
  readonly holdings: Holdings
  readonly zone: string
  readonly mayNot: string | null
  readonly onAddItem: () => void
  readonly onChangeItem: (item: Item) => void
  readonly onRemoveItem: (item: Item) => void
  readonly onRemove: () => void
}) {
  const { holdings, zone, mayNot } = props
  const { holdingsId, mmsId, callNumber, suppressed } = holdings
  const place = placeOf(holdings)
  const { data, error } = useQuery({
    ...itemsQuery(zone, mmsId, holdingsId),
    enabled: holdings.items > 0,
  })
  return (
    <div className="holdings">
      <div className="holdings-head">
        <h3>
          <bdi>{place}</bdi>
        </h3>
        {callNumber !== '' && <bdi className="call-number">{callNumber}</bdi>}
        {suppressed && <span className="badge">{words.suppressed}</span>}
        <span className="none">{words.items(holdings.items)}</span>
        {mayNot === null && (
          <span className="actions">
            <Button className="button small" onPress={props.onAddItem}>
              {words.addItem}
            </Button>
            {holdings.items === 0 && (
              <Button
                className="button small"
                aria-label={words.removeHoldings(place)}
                onPress={props.onRemove}
              >
                {words.remove}
              </Button>
            )}
          </span>
        )}
      </div>
      {error !== null && <Fault error={error} />}
      {data !== undefined && data.rows.length > 0 && (
        <div className="scrolls">
          <table className="plain" aria-label={words.itemsOf(place)}>
            <thead>
              <tr>
                <th scope="col">{words.columns.barcode}</th>
                <th scope="col">{words.columns.status}</th>
                <th scope="col">{words.columns.description}</th>
                <th scope="col">{words.columns.policy}</th>
                {mayNot === null && <th scope="col">{words.columns.change}</th>}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((item) => (
                <ItemRow key={item.itemId} item={item} {...props} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data !== undefined && data.next !== null && <p className="hint">{words.moreItems(mostItems)}</p>}
    </div>
  )
}

function ItemRow(props: {
  readonly item: Item
  readonly mayNot: string | null
  readonly onChangeItem: (item: Item) => void
  readonly onRemoveItem: (item: Item) => void
}) {
  const { item, mayNot } = props
  const name = item.barcode ?? words.noBarcode
  return (
    <tr>
      <th scope="row">
        {item.barcode === null ? (
          <span className="none">{words.noBarcode}</span>
        ) : (
          <bdi className="mms-id">{item.barcode}</bdi>
        )}
      </th>
      <td>{words.statuses[item.status]}</td>
      <td>
        <bdi>{item.description}</bdi>
      </td>
      <td>
        <bdi>{item.policy}</bdi>
      </td>
      {mayNot === null && (
        <td>
          <span className="actions">
            <Button
              className="button small"
              aria-label={words.changeItem(name)}
              onPress={() => props.onChangeItem(item)}
            >
              {words.change}
            </Button>
            <Button
              className="button small"
              aria-label={words.removeItem(name)}
              onPress={() => props.onRemoveItem(item)}
            >
              {words.remove}
            </Button>
          </span>
        </td>
      )}
    </tr>
  )
}

const placeOf = ({ library, libraryName, location, locationName }: Holdings): string =>
  `${libraryName ?? library} · ${locationName ?? location}`
