import { ToggleButton } from 'react-aria-components'
import type { Zone } from '../../../server/api/zone.ts'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import type { Scope } from './scopes.ts'

const words = text.search
const commands = {
  institution: 'searchInstitution',
  network: 'searchNetwork',
  community: 'searchCommunity',
} as const

/** Which zone is searched: by name and colour, and by its key. */
export function ScopeTabs(props: {
  readonly scopes: readonly Scope[]
  readonly zone: Zone
  readonly onChoose: (zone: Zone) => void
}) {
  return (
    <div className="scope-tabs" role="group" aria-label={words.zones}>
      {props.scopes.map(
        ({ kind, zone }) =>
          zone !== null && (
            <ToggleButton
              key={kind}
              className="button"
              data-kind={kind}
              isSelected={zone.code === props.zone.code}
              onChange={() => props.onChoose(zone)}
            >
              {words.scopes[kind]} <span className="scope-name">{zone.name}</span>
              <Keys keys={keyTable[commands[kind]].keys[0]} />
            </ToggleButton>
          ),
      )}
    </div>
  )
}
