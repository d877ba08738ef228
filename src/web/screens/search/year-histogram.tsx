import { useState } from 'react'
import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components'
import type { Facets } from '../../../server/api/search.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import type { Years } from './search-state.ts'
import { yearBins } from './year-bins.ts'

const words = text.search.facets

/** How many results are of which years, and two thumbs that narrow the search to some of them. */
export function YearHistogram(props: {
  readonly values: Facets['facets'][number]['values']
  readonly years: Years | null
  readonly onChoose: (years: Years | null) => void
}) {
  const { values, years, onChoose } = props
  const bins = yearBins(values)
  const first = bins[0]?.from ?? 0
  const last = bins.at(-1)?.to ?? 0
  const chosen = [Math.max(years?.from ?? first, first), Math.min(years?.to ?? last, last)] as const
  const [moved, setMoved] = useState<readonly number[] | null>(null)
  const [from = first, to = last] = moved ?? chosen
  if (bins.length === 0) return null
  const most = Math.max(...bins.map(({ count }) => count))
  const finish = ([low = first, high = last]: readonly number[]) => {
    setMoved(null)
    onChoose(low === first && high === last ? null : { from: low, to: high })
  }
  return (
    <>
      {first < last && (
        <Slider
          className="years"
          minValue={first}
          maxValue={last}
          value={[from, to]}
          onChange={(next) => setMoved(next)}
          onChangeEnd={finish}
          formatOptions={{ useGrouping: false }}
        >
          <div className="years-head">
            <Label>{words.year}</Label>
            <output>{words.range(from, to)}</output>
          </div>
          <div className="year-bars" aria-hidden="true">
            {bins.map((bin) => (
              <span
                key={bin.from}
                data-within={bin.to >= from && bin.from <= to ? '' : undefined}
                style={{ height: `${bin.count === 0 ? 0 : Math.max(6, (100 * bin.count) / most)}%` }}
                title={`${words.range(bin.from, bin.to)}: ${formatCount(bin.count)}`}
              />
            ))}
          </div>
          <SliderTrack className="years-track">
            <SliderThumb index={0} aria-label={words.from} className="years-thumb" />
            <SliderThumb index={1} aria-label={words.to} className="years-thumb" />
          </SliderTrack>
        </Slider>
      )}
      <table className="visually-hidden">
        <caption>{words.yearTable}</caption>
        <thead>
          <tr>
            <th scope="col">{words.years}</th>
            <th scope="col">{words.count}</th>
          </tr>
        </thead>
        <tbody>
          {bins
            .filter(({ count }) => count > 0)
            .map((bin) => (
              <tr key={bin.from}>
                <th scope="row">{words.range(bin.from, bin.to)}</th>
                <td>{formatCount(bin.count)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  )
}
