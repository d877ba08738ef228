import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { ShareAs } from '../../../server/api/share-as.ts'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import type { ShareOption } from './share-screen.tsx'

const words = text.sharing.share

/** What becomes of the network's record: each way with what it changes, and what it costs. */
export function WayChoice(props: {
  readonly network: string
  readonly options: readonly ShareOption[]
  readonly chosen: ShareOption
  readonly onChoose: (as: ShareAs) => void
}) {
  const { network, options, chosen, onChoose } = props
  return (
    <RadioGroup
      className="radios"
      value={chosen.as}
      onChange={(value) => {
        const option = options.find(({ as }) => as === value)
        if (option !== undefined) onChoose(option.as)
      }}
    >
      <Label>
        {words.how} {options.length > 1 && <Keys keys={keyTable.nextWay.keys[0]} />}
      </Label>
      {options.map((option) => (
        <Radio key={option.as} className="radio" value={option.as}>
          <span className="radio-mark" aria-hidden="true" />
          <span>
            {words.ways[option.as]}
            <small>{words.meanings[option.as](network)}</small>
            <small>{costOf(option)}</small>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  )
}

function costOf({ as, refused, diff, lost }: ShareOption): string {
  if (refused !== null) return words.notNow(refused.sentence)
  const changes = diff.filter(({ change, tag }) => change !== 'same' && tag !== '005').length
  return [...(as === 'create' ? [] : [words.changes(changes)]), words.lost(lost.length)].join(' · ')
}
