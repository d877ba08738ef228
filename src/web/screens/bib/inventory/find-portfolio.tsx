import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form, Input, Label, SearchField } from 'react-aria-components'
import type { ActivatedList } from '../../../../server/api/activation.ts'
import type { FoundBib } from '../../../../server/api/search.ts'
import { inZone } from '../../../api/inventory-queries.ts'
import { post } from '../../../api/request.ts'
import { foundQuery } from '../../../api/search-queries.ts'
import { useZone } from '../../../shell/zone.tsx'
import { text } from '../../../text.ts'
import { Fault } from '../../../ui/fault.tsx'
import { Given } from '../../../ui/given.tsx'
import { ModalDialog } from '../../../ui/modal.tsx'
import type { FormProps } from './form-shape.ts'
import { OwnerChoice } from './place-choice.tsx'

const words = text.findPortfolio

/** Results that are shown. */
const mostFound = 20

/** Looks for portfolios of the community zone, and puts one of them on the bib. */
export function FindPortfolio(props: FormProps & { readonly title: string }) {
  const { bib, owners, title, onSaved, onClose } = props
  const { zones } = useZone()
  const community = zones.find(({ kind }) => kind === 'community')
  const [owner, setOwner] = useState(owners[0]?.code ?? bib.zone)
  const [typed, setTyped] = useState(title)
  const [asked, setAsked] = useState(title)
  const { data, error, isFetching } = useQuery({
    ...foundQuery(
      community?.code ?? '',
      { entity: 'electronic-portfolios', q: asked, sort: 'title' },
      mostFound,
    ),
    enabled: community !== undefined && asked.trim() !== '',
  })
  const putting = useMutation({
    mutationFn: (portfolio: string) =>
      post<ActivatedList>(inZone(owner, 'activations'), { portfolios: [portfolio], onto: bib.mmsId }),
    onSuccess: async ([activated]) => {
      if (activated === undefined) return
      const { mmsId, isNewBib, wasThere } = activated
      await onSaved({ zone: owner, mmsId, isNewBib, what: wasThere ? words.moved : words.done })
    },
  })
  const rows = data?.rows ?? []
  return (
    <ModalDialog title={words.title} onClose={onClose} className="find-portfolio">
      <div className="stack">
        <p className="hint">{words.teach}</p>
        <OwnerChoice owners={owners} owner={owner} onChange={setOwner} />
        <Form
          className="search-line"
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(typed)
          }}
        >
          <SearchField className="filter" value={typed} onChange={setTyped} autoFocus>
            <Label>{words.words}</Label>
            <Input />
          </SearchField>
          <Button className="button" type="submit" isPending={isFetching}>
            {words.search}
          </Button>
        </Form>
        {community === undefined && <p className="bad">{words.noCommunity}</p>}
        {error !== null && <Fault error={error} />}
        {putting.error !== null && <Fault error={putting.error} />}
        <p role="status" className="hint">
          {data !== undefined && rows.length === 0 && words.none}
          {data?.next != null && words.more(mostFound)}
        </p>
        {rows.length > 0 && (
          <ul className="found-portfolios" aria-label={words.results}>
            {rows.map((row) => (
              <FoundRow
                key={row.portfolio?.portfolioId}
                row={row}
                isPending={putting.isPending}
                onChoose={(id) => putting.mutate(id)}
              />
            ))}
          </ul>
        )}
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {words.close}
          </Button>
        </div>
      </div>
    </ModalDialog>
  )
}

function FoundRow(props: {
  readonly row: FoundBib
  readonly isPending: boolean
  readonly onChoose: (portfolioId: string) => void
}) {
  const { title, creator, identifiers, portfolio } = props.row
  if (portfolio === undefined) return null
  const { portfolioId, url, coverage, availability } = portfolio
  const shownTitle = title === '' ? text.report.untitled : title
  const shownUrl = url ?? text.inventory.noUrl
  return (
    <li>
      <span className="found-portfolio">
        <strong>
          <Given words={shownTitle} />
        </strong>
        {creator !== null && <Given words={creator} />}
        {identifiers[0] !== undefined && <Given words={identifiers[0]} className="none" />}
        <small>
          <Given words={shownUrl} />
          {coverage !== null && (
            <>
              {' · '}
              <Given words={coverage} />
            </>
          )}
        </small>
      </span>
      {availability === 'available' ? (
        <Button
          className="button small"
          aria-label={words.chooseOf(shownTitle, shownUrl)}
          isDisabled={props.isPending}
          onPress={() => props.onChoose(portfolioId)}
        >
          {words.choose}
        </Button>
      ) : (
        <span className="none">{words.unavailable}</span>
      )}
    </li>
  )
}
