import { Fragment } from 'react'
import { Button, Switch } from 'react-aria-components'
import { useRegistry } from '../keys/commands.tsx'
import { type KeyedCommand, type KeyPlace, keyTable } from '../keys/key-table.ts'
import { text } from '../text.ts'
import { Keys } from '../ui/keys.tsx'
import { ModalDialog } from '../ui/modal.tsx'

const places = Object.keys(text.places) as readonly KeyPlace[]

/** All keys, drawn from the key table. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { characterKeys, setCharacterKeys } = useRegistry()
  const commands = Object.keys(keyTable) as KeyedCommand[]
  return (
    <ModalDialog title={text.keySheet.title} onClose={onClose} className="key-sheet">
      <div className="key-places">
        {places.map((place) => (
          <section key={place}>
            <h3>{text.places[place]}</h3>
            <dl>
              {commands
                .filter((command) => keyTable[command].place === place)
                .map((command) => (
                  <div key={command}>
                    <dt>{text.commands[command]}</dt>
                    <dd>
                      {keyTable[command].keys.map((keys, position) => (
                        <Fragment key={keys}>
                          {position > 0 && ` ${text.keySheet.or} `}
                          <Keys keys={keys} />
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="dialog-foot">
        <Switch className="switch" isSelected={characterKeys} onChange={setCharacterKeys}>
          <span className="switch-track" aria-hidden="true" />
          {text.keySheet.characterKeys}
        </Switch>
        <p className="hint">{text.keySheet.characterKeysMeaning}</p>
        <Button className="button" onPress={onClose}>
          {text.keySheet.close}
        </Button>
      </div>
    </ModalDialog>
  )
}
