import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
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
import { FindPortfolio } from './find-portfolio.tsx'
import { HoldingsForm } from './holdings-form.tsx'
import { HoldingsEntry } from './holdings-entry.tsx'
import { ItemForm } from './item-form.tsx'
import { LastPiece, type Settling } from './last-piece.tsx'
import { PortfolioEntry } from './portfolio-entry.tsx'
import { PortfolioForm } from './portfolio-form.tsx'
import { useOwners } from './use-owners.ts'

const words = text.inventory

/** What is open over the panel. */
type Form =
  | { readonly kind: 'holdings' }
  | { readonly kind: 'item'; readonly item?: Item; readonly at?: Holdings }
  | { readonly kind: 'portfolio'; readonly portfolio?: Portfolio }
  | { readonly kind: 'found portfolio' }

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
export function InventoryPanel({ bib }: { readonly bib: Bib }) {
  const { zone, mmsId, record } = bib
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useToast()
  const physical = useOwners(zone, 'inventory.physical.edit')
  const electronic = useOwners(zone, 'inventory.electronic.edit')
  const [form, setForm] = useState<Form | null>(useFirstForm(physical.whyNot, electronic.whyNot))
  const holdings = useQuery({ ...holdingsQuery(zone, mmsId), enabled: physical.isInstitution })
  const portfolios = useQuery(portfoliosQuery(zone, mmsId))
  // The address of the last piece, while it is asked what becomes of the bib.
  const [last, setLast] = useState<string | null>(null)
  const removing = useMutation({
    mutationFn: (path: string) => remove<{ left: { choices: readonly string[] }; became: Settling }>(path),
    onSuccess: async ({ left, became }) => {
      setLast(null)
      say(left.choices.length > 0 ? words.removedAnd[became] : words.removed)
      if (became === 'delete') await navigate({ to: '/search' })
      await inventoryChanged(client, zone, mmsId)
    },
  })
  const removePiece = (path: string, mayBeLast: boolean) => {
    const count = (holdings.data?.length ?? 0) + (portfolios.data?.length ?? 0)
    removing.reset()
    if (mayBeLast && count === 1) setLast(path)
    else removing.mutate(path)
  }
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
    {
      name: 'findPortfolio',
      label: text.commands.findPortfolio,
      whyNot: electronic.whyNot,
      run: open({ kind: 'found portfolio' }),
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
  const error = holdings.error ?? portfolios.error ?? (last === null ? removing.error : null)
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
          onRemoveItem={(item) => removePiece(versioned(inZone(zone, 'items', item.itemId), item), false)}
          onRemove={() => removePiece(versioned(inZone(zone, 'holdings', one.holdingsId), one), true)}
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
                zone={zone}
                mayNot={electronic.whyNot}
                onChange={open({ kind: 'portfolio', portfolio: one })}
                onRemove={() =>
                  removePiece(versioned(inZone(zone, 'portfolios', one.portfolioId), one), true)
                }
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
        <ActionButton
          command="findPortfolio"
          label={text.findPortfolio.open}
          whyNot={electronic.whyNot}
          onPress={open({ kind: 'found portfolio' })}
        />
      </div>
      {last !== null && (
        <LastPiece
          bib={bib}
          error={removing.error}
          isPending={removing.isPending}
          onRemove={(settling) => removing.mutate(`${last}&bib=${settling}`)}
          onClose={() => setLast(null)}
        />
      )}
      {form?.kind === 'holdings' && <HoldingsForm {...shared} owners={physical.owners} />}
      {form?.kind === 'item' && (
        <ItemForm {...shared} owners={physical.owners} item={form.item ?? null} at={form.at ?? null} />
      )}
      {form?.kind === 'portfolio' && (
        <PortfolioForm {...shared} owners={electronic.owners} portfolio={form.portfolio ?? null} />
      )}
      {form?.kind === 'found portfolio' && (
        <FindPortfolio {...shared} owners={electronic.owners} title={properTitle(record)} />
      )}
    </section>
  )
}

/** 245 $a without the marks at its end: what a title list most likely calls it too. */
function properTitle({ fields }: Bib['record']): string {
  for (const field of fields)
    if (field.tag === '245' && 'subfields' in field)
      return field.subfields.find(({ code }) => code === 'a')?.value.replace(/[\s/:;=.,]+$/u, '') ?? ''
  return ''
}

/** The form that a row of results has asked for; once, so that the page is not opened with it again. */
function useFirstForm(notPhysical: string | null, notElectronic: string | null): Form | null {
  const navigate = useNavigate()
  const adds = useRouterState({ select: ({ location }) => location.state.adds })
  useEffect(() => {
    if (adds !== undefined)
      void navigate({
        to: '.',
        search: true,
        replace: true,
        state: (state) => ({ ...state, adds: undefined }),
      })
  }, [adds, navigate])
  if (adds === undefined) return null
  return (adds === 'portfolio' ? notElectronic : notPhysical) === null ? { kind: adds } : null
}

const versioned = (path: string, { version }: { readonly version: number }): string =>
  `${path}?version=${version}`
