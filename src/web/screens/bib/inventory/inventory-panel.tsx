import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Bib } from '../../../../server/api/bib.ts'
import {
  type Holdings,
  holdingsQuery,
  inventoryChanged,
  inZone,
  type Item,
  type Portfolio,
  portfoliosQuery,
} from '../../../api/inventory-queries.ts'
import { remove } from '../../../api/request.ts'
import { useCommands } from '../../../keys/commands.tsx'
import { text } from '../../../text.ts'
import { ActionButton } from '../../../ui/action-button.tsx'
import { Fault } from '../../../ui/fault.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { HoldingsForm } from './holdings-form.tsx'
import { HoldingsEntry } from './holdings-entry.tsx'
import { ItemForm } from './item-form.tsx'
import { PortfolioEntry } from './portfolio-entry.tsx'
import { PortfolioForm } from './portfolio-form.tsx'
import { useOwners } from './use-owners.ts'

const words = text.inventory

/** What is open over the panel. */
type Form =
  | { readonly kind: 'holdings' }
  | { readonly kind: 'item'; readonly item?: Item; readonly at?: Holdings }
  | { readonly kind: 'portfolio'; readonly portfolio?: Portfolio }

/** What came of a form: on which bib it is now, and in which zone. */
export type Saved = {
  readonly zone: string
  readonly mmsId: string
  readonly isNewBib: boolean
  readonly what: string
}

/**
 * What libraries have of the bib. On a bib of the network or the community zone it is added for an institution
 * (D3), and the page goes on to the bib that the institution has of it.
 */
export function InventoryPanel({ bib: { zone, mmsId } }: { readonly bib: Bib }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useToast()
  const [form, setForm] = useState<Form | null>(null)
  const physical = useOwners(zone, 'inventory.physical.edit')
  const electronic = useOwners(zone, 'inventory.electronic.edit')
  const holdings = useQuery({ ...holdingsQuery(zone, mmsId), enabled: physical.isInstitution })
  const portfolios = useQuery(portfoliosQuery(zone, mmsId))
  const removing = useMutation({
    mutationFn: (path: string) => remove<{ left: { choices: readonly string[] } }>(path),
    onSuccess: async ({ left }) => {
      await inventoryChanged(client, zone, mmsId)
      say(left.choices.length > 0 ? words.removedLast : words.removed)
    },
  })
  const open = (next: Form) => () => setForm(next)
  // Where there is one place only, the item goes there.
  const [only, ...others] = holdings.data ?? []
  const addItem = open(
    only !== undefined && others.length === 0 ? { kind: 'item', at: only } : { kind: 'item' },
  )
  useCommands([
    {
      name: 'addHoldings',
      label: words.addHoldings,
      whyNot: physical.whyNot,
      run: open({ kind: 'holdings' }),
    },
    { name: 'addItem', label: words.addItem, whyNot: physical.whyNot, run: addItem },
    {
      name: 'addPortfolio',
      label: words.addPortfolio,
      whyNot: electronic.whyNot,
      run: open({ kind: 'portfolio' }),
    },
  ])
  const saved = async ({ zone: owner, mmsId: on, isNewBib, what }: Saved) => {
    setForm(null)
    await inventoryChanged(client, owner, on)
    if (owner === zone) say(what)
    else {
      say(words.addedTo(what, owner, isNewBib))
      await navigate({ to: '/zones/$zone/bibs/$mmsId', params: { zone: owner, mmsId: on } })
    }
  }
  const error = holdings.error ?? portfolios.error ?? removing.error
  const isEmpty = (holdings.data?.length ?? 0) === 0 && (portfolios.data?.length ?? 0) === 0
  const shared = { bib: { zone, mmsId }, onSaved: saved, onClose: () => setForm(null) }
  return (
    <section className="panel inventory" aria-labelledby="inventory">
      <h2 id="inventory">{words.title}</h2>
      {error !== null && <Fault error={error} />}
      {!physical.isInstitution && <p className="hint">{words.inInstitutions}</p>}
      {physical.isInstitution && isEmpty && !holdings.isPending && !portfolios.isPending && (
        <p className="none">{words.none}</p>
      )}
      {holdings.data?.map((one) => (
        <HoldingsEntry
          key={one.holdingsId}
          holdings={one}
          zone={zone}
          mayNot={physical.whyNot}
          onAddItem={open({ kind: 'item', at: one })}
          onChangeItem={(item) => setForm({ kind: 'item', item })}
          onRemoveItem={(item) => removing.mutate(versioned(inZone(zone, 'items', item.itemId), item))}
          onRemove={() => removing.mutate(versioned(inZone(zone, 'holdings', one.holdingsId), one))}
        />
      ))}
      {portfolios.data !== undefined && portfolios.data.length > 0 && (
        <>
          <h3>{words.portfolios}</h3>
          <ul className="portfolios">
            {portfolios.data.map((one) => (
              <PortfolioEntry
                key={one.portfolioId}
                portfolio={one}
                mayNot={electronic.whyNot}
                onChange={open({ kind: 'portfolio', portfolio: one })}
                onRemove={() => removing.mutate(versioned(inZone(zone, 'portfolios', one.portfolioId), one))}
              />
            ))}
          </ul>
        </>
      )}
      <div className="form-foot">
        <ActionButton
          command="addHoldings"
          label={words.addHoldings}
          whyNot={physical.whyNot}
          onPress={open({ kind: 'holdings' })}
        />
        <ActionButton command="addItem" label={words.addItem} whyNot={physical.whyNot} onPress={addItem} />
        <ActionButton
          command="addPortfolio"
          label={words.addPortfolio}
          whyNot={electronic.whyNot}
          onPress={open({ kind: 'portfolio' })}
        />
      </div>
      {form?.kind === 'holdings' && <HoldingsForm {...shared} owners={physical.owners} />}
      {form?.kind === 'item' && (
        <ItemForm {...shared} owners={physical.owners} item={form.item ?? null} at={form.at ?? null} />
      )}
      {form?.kind === 'portfolio' && (
        <PortfolioForm {...shared} owners={electronic.owners} portfolio={form.portfolio ?? null} />
      )}
    </section>
  )
}

const versioned = (path: string, { version }: { readonly version: number }): string =>
  `${path}?version=${version}`
