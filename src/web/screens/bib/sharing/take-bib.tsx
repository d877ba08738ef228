import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Bib } from '../../../../server/api/bib.ts'
import type { Zone } from '../../../../server/api/zone.ts'
import { ownBibsQuery } from '../../../api/sharing-queries.ts'
import { useCommands } from '../../../keys/commands.tsx'
import { Taken } from '../../../sharing/taken.tsx'
import { type How, useTake } from '../../../sharing/use-take.ts'
import { useZone } from '../../../shell/zone.tsx'
import { text } from '../../../text.ts'
import { ActionButton } from '../../../ui/action-button.tsx'
import { ModalDialog } from '../../../ui/modal.tsx'
import { useOwners } from '../inventory/use-owners.ts'

const words = text.sharing.take

/**
 * A bib of the network or the community zone is copied or linked into the institution that the person works in;
 * whoever works in none says which.
 */
export function TakeBib({ bib: { mmsId }, zone }: { readonly bib: Bib; readonly zone: Zone }) {
  const { zone: working } = useZone()
  const { owners } = useOwners(zone.code, 'bib.share')
  const taking = useTake(zone)
  const [asking, setAsking] = useState<How | null>(null)
  const isInOne = working?.kind === 'institution'
  const { data: own } = useQuery({ ...ownBibsQuery(working?.code ?? '', mmsId), enabled: isInOne })
  const mayNot = isInOne ? taking.whyNot : owners.length === 0 ? words.noInstitution : null
  const whyNot = (how: How): string | null => {
    if (mayNot !== null) return mayNot
    const there = own?.rows.find((one) => one.how === 'linked' || (how === 'copy' && one.how === 'copied'))
    return there === undefined ? null : words.there(working?.code ?? '', there.mmsId)
  }
  const begin = (how: How) => () => {
    const [only] = owners
    if (isInOne) taking.take(how, mmsId)
    else if (owners.length === 1 && only !== undefined) taking.take(how, mmsId, only.code)
    else setAsking(how)
  }
  useCommands([
    { name: 'copyBib', label: text.commands.copyBib, whyNot: whyNot('copy'), run: begin('copy') },
    { name: 'linkBib', label: text.commands.linkBib, whyNot: whyNot('link'), run: begin('link') },
  ])
  return (
    <>
      <div className="actions sharing-actions">
        <ActionButton
          command="copyBib"
          label={words.copy}
          whyNot={whyNot('copy')}
          isPending={taking.isPending}
          onPress={begin('copy')}
        />
        <ActionButton
          command="linkBib"
          label={words.link}
          whyNot={whyNot('link')}
          isPending={taking.isPending}
          onPress={begin('link')}
        />
      </div>
      <Taken taking={taking} />
      {asking !== null && (
        <ModalDialog title={words.into[asking]} onClose={() => setAsking(null)}>
          <ul className="choices">
            {owners.map(({ code, name }, place) => (
              <li key={code}>
                <Button
                  className="button"
                  autoFocus={place === 0}
                  onPress={() => {
                    setAsking(null)
                    taking.take(asking, mmsId, code)
                  }}
                >
                  {code} · <bdi>{name}</bdi>
                </Button>
              </li>
            ))}
          </ul>
          <div className="dialog-foot">
            <Button className="button" onPress={() => setAsking(null)}>
              {words.keep}
            </Button>
          </div>
        </ModalDialog>
      )}
    </>
  )
}
