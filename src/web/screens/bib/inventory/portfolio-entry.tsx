import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { isAccessUrl } from '../../../../rules/access-url.ts'
import type { Portfolio } from '../../../api/inventory-queries.ts'
import { text } from '../../../text.ts'

const words = text.inventory

export function PortfolioEntry(props: {
  readonly portfolio: Portfolio
  readonly zone: string
  readonly mayNot: string | null
  readonly onChange: () => void
  readonly onRemove: () => void
}) {
  const { url, availability, coverage, publicNote, sourceId, collectionId, withdrawnAt } = props.portfolio
  const name = url ?? words.noUrl
  return (
    <li>
      {url !== null && isAccessUrl(url) ? (
        <a href={url} rel="noopener noreferrer" target="_blank">
          <bdi>{url}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}
      <span className={availability === 'available' ? 'good' : 'none'}>
        {words.availability[availability]}
      </span>
      {coverage !== null && <bdi>{coverage}</bdi>}
      {withdrawnAt !== null && <span className="bad">{words.withdrawn}</span>}
      {collectionId !== null && (
        <Link to="/zones/$zone/collections/$id" params={{ zone: props.zone, id: collectionId }}>
          {sourceId === null ? words.ofCollection : words.ofCommunity}
        </Link>
      )}
      {publicNote !== null && <bdi className="hint">{publicNote}</bdi>}
      {props.mayNot === null && (
        <span className="actions">
          <Button className="button small" aria-label={words.changePortfolio(name)} onPress={props.onChange}>
            {words.change}
          </Button>
          <Button className="button small" aria-label={words.removePortfolio(name)} onPress={props.onRemove}>
            {words.remove}
          </Button>
        </span>
      )}
    </li>
  )
}
