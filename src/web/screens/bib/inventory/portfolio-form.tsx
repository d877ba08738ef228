import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Input, Label, Text, TextField } from 'react-aria-components'
import { inZone, type Portfolio } from '../../../api/inventory-queries.ts'
import { post, put } from '../../../api/request.ts'
import { text } from '../../../text.ts'
import { Choice } from '../../../ui/choice.tsx'
import { type FormProps, typed } from './form-shape.ts'
import { InventoryForm } from './inventory-form.tsx'
import { OwnerChoice } from './place-choice.tsx'

const words = text.inventory

/** A portfolio of the institution's own, or another content for one. What the form does not show stays. */
export function PortfolioForm(props: FormProps & { readonly portfolio: Portfolio | null }) {
  const { bib, owners, portfolio, onSaved, onClose } = props
  const [owner, setOwner] = useState(portfolio === null ? (owners[0]?.code ?? bib.zone) : bib.zone)
  const [url, setUrl] = useState(portfolio?.url ?? '')
  const [availability, setAvailability] = useState(portfolio?.availability ?? 'available')
  const [coverage, setCoverage] = useState(portfolio?.coverage ?? '')
  const [publicNote, setPublicNote] = useState(portfolio?.publicNote ?? '')
  const given = {
    url: typed(url),
    availability,
    coverage: typed(coverage),
    publicNote: typed(publicNote),
  }
  const saving = useMutation({
    mutationFn: async () => {
      if (portfolio === null)
        return post<{ mmsId: string; isNewBib: boolean }>(
          inZone(owner, 'bibs', bib.mmsId, 'portfolios'),
          given,
        )
      await put(inZone(owner, 'portfolios', portfolio.portfolioId), {
        version: portfolio.version,
        portfolio: { ...contentOf(portfolio), ...given },
      })
      return { mmsId: bib.mmsId, isNewBib: false }
    },
    onSuccess: ({ mmsId, isNewBib }) =>
      onSaved({
        zone: owner,
        mmsId,
        isNewBib,
        what: portfolio === null ? words.added.portfolio : words.changed,
      }),
  })
  return (
    <InventoryForm
      title={portfolio === null ? words.addPortfolio : words.changePortfolio(portfolio.url ?? words.noUrl)}
      error={saving.error}
      isPending={saving.isPending}
      whyNot={null}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      {portfolio === null && <OwnerChoice owners={owners} owner={owner} onChange={setOwner} />}
      <TextField className="text-field" value={url} onChange={setUrl} maxLength={4000} autoFocus>
        <Label>{words.url}</Label>
        <Input spellCheck="false" autoComplete="off" inputMode="url" />
        <Text slot="description">{words.urlHelp}</Text>
      </TextField>
      <Choice
        label={words.availabilityLabel}
        value={availability}
        onChange={(next) => setAvailability(next === 'available' ? 'available' : 'unavailable')}
        options={(['available', 'unavailable'] as const).map((one) => ({
          id: one,
          label: words.availability[one],
        }))}
      />
      <TextField className="text-field" value={coverage} onChange={setCoverage}>
        <Label>{words.coverage}</Label>
        <Input />
      </TextField>
      <TextField className="text-field" value={publicNote} onChange={setPublicNote}>
        <Label>{words.publicNote}</Label>
        <Input />
      </TextField>
    </InventoryForm>
  )
}

/** All of a portfolio that a person may give it: what is left out of a change would be emptied. */
const contentOf = (portfolio: Portfolio) => ({
  library: portfolio.library,
  internalNote: portfolio.internalNote,
  authenticationNote: portfolio.authenticationNote,
  proxy: portfolio.proxy,
  materialType: portfolio.materialType,
})
