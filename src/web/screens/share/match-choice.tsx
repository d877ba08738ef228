import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components'
import type { SharePreview } from '../../../server/api/share.ts'
import { keyWords } from '../record/trace-words.ts'
import { text } from '../../text.ts'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { isMmsId } from './share-search.ts'

const words = text.sharing.share

/** The bibs of the network that ours may be; a person may name another. */
export function MatchChoice(props: {
  readonly preview: SharePreview
  readonly chosen: string | null
  /** The bib that was named in place of what matching finds. */
  readonly named: string | null
  readonly onChoose: (mmsId: string) => void
  readonly onName: (mmsId: string | null) => void
}) {
  const { preview, chosen, named, onChoose, onName } = props
  const { network, matches, more } = preview
  const [typed, setTyped] = useState('')
  const name = () => {
    if (isMmsId(typed.trim())) onName(typed.trim())
  }
  return (
    <>
      {matches.length === 0 ? (
        <p>{words.noMatch(network)}</p>
      ) : (
        <RadioGroup className="radios candidates" value={chosen} onChange={onChoose}>
          <Label>{words.which(network)}</Label>
          {matches.map((match) => (
            <div key={match.mmsId} className="candidate">
              <Radio className="radio" value={match.mmsId}>
                <span className="radio-mark" aria-hidden="true" />
                <span>
                  <bdi>{match.title === '' ? text.report.untitled : match.title}</bdi>{' '}
                  <TagBadges of={match.impact} />
                  <small>{[match.mmsId, ...match.by.map(keyWords)].join(' · ')}</small>
                </span>
              </Radio>
              <Link to="/zones/$zone/bibs/$mmsId" params={{ zone: network, mmsId: match.mmsId }}>
                {text.bib.title}
                <span className="visually-hidden"> {match.mmsId}</span>
              </Link>
            </div>
          ))}
        </RadioGroup>
      )}
      {more > 0 && <p className="hint">{words.more(more)}</p>}
      <details className="named-match" open={named !== null}>
        <summary>{words.named}</summary>
        <form
          className="named-match-line"
          onSubmit={(event) => {
            event.preventDefault()
            name()
          }}
        >
          <TextField className="text-field" value={typed} onChange={setTyped} aria-label={words.named}>
            <Input inputMode="numeric" maxLength={19} />
          </TextField>
          <Button className="button" type="submit">
            {words.look}
          </Button>
          {named !== null && (
            <Button className="button" onPress={() => onName(null)}>
              {words.asFound}
            </Button>
          )}
        </form>
      </details>
    </>
  )
}
