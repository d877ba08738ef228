import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Shared, ShareOrder, SharePreview } from '../../../server/api/share.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { post } from '../../api/request.ts'
import { sharePreviewQuery } from '../../api/sharing-queries.ts'
import { formatTime } from '../../format.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { useToast } from '../../ui/toast.tsx'
import { sharingChanged } from '../bib/sharing/use-unlink.ts'
import { MatchChoice } from './match-choice.tsx'
import { OurBib } from './our-bib.tsx'
import { ShareHead } from './share-head.tsx'
import type { ShareSearch } from './share-search.ts'
import { WayChoice } from './way-choice.tsx'
import { WayImpact } from './way-impact.tsx'
import { WayRecords } from './way-records.tsx'

const words = text.sharing.share
const route = getRouteApi('/zones/$zone/bibs/$mmsId/share')

export type ShareOption = SharePreview['options'][number]

/** A bib is shared with the network: every way that there is, what each would make of both, and one is carried out (D27). */
export function ShareScreen() {
  const { zone, mmsId } = route.useParams()
  const search = route.useSearch()
  const { data, error, refetch, isFetching } = useQuery(sharePreviewQuery(zone, mmsId, search.with))
  useTitle(words.title)
  return (
    <div className="screen">
      <p className="back">
        <Link to="/zones/$zone/bibs/$mmsId" params={{ zone, mmsId }}>
          {words.back}
        </Link>
      </p>
      {data === undefined && error === null && (
        <>
          <h1>{words.title}</h1>
          <p role="status">{words.loading}</p>
        </>
      )}
      {data === undefined && error !== null && (
        <>
          <h1>{words.title}</h1>
          <Fault error={error} onAgain={() => void refetch()} />
          {search.with !== undefined && (
            <p>
              <Link to="/zones/$zone/bibs/$mmsId/share" params={{ zone, mmsId }}>
                {words.asFound}
              </Link>
            </p>
          )}
        </>
      )}
      {data !== undefined && (
        <Ways
          // What a person decides on is what was shown first, until a new preview is asked for.
          key={`${zone} ${mmsId} ${search.with ?? ''}`}
          fetched={data}
          isFetching={isFetching}
          onAnew={async () => (await refetch()).data}
        />
      )}
    </div>
  )
}

function Ways(props: {
  readonly fetched: SharePreview
  readonly isFetching: boolean
  readonly onAnew: () => Promise<SharePreview | undefined>
}) {
  const { fetched, isFetching, onAnew } = props
  const { zone, mmsId } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const say = useToast()
  const [preview, setPreview] = useState(fetched)
  const { network, options, matches } = preview

  const into = matches.some((match) => match.mmsId === search.into)
    ? (search.into ?? null)
    : (matches[0]?.mmsId ?? null)
  const ofMatch = options.filter((option) => option.into === into)
  const chosen =
    ofMatch.find(({ as }) => as === search.as) ??
    ofMatch.find(({ refused }) => refused === null) ??
    ofMatch[0]
  const match = matches.find((one) => one.mmsId === into)
  const look = (next: ShareSearch) =>
    void navigate({
      to: '/zones/$zone/bibs/$mmsId/share',
      params: { zone, mmsId },
      search: { ...search, ...next },
      replace: true,
      resetScroll: false,
    })

  const sharing = useMutation({
    mutationFn: (order: ShareOrder) => post<Shared>(inZone(zone, 'bibs', mmsId, 'share'), order),
    onSuccess: async ({ outcome, linkedMmsId }) => {
      await navigate({ to: '/zones/$zone/bibs/$mmsId', params: { zone, mmsId } })
      say(words.done[outcome](linkedMmsId, network))
      await sharingChanged(client)
    },
  })
  const mayNotHere = useMayNot('bib.contribute', zone)
  const mayNotThere = useMayNot('bib.contribute', network)
  const whyNot =
    mayNotHere ?? mayNotThere ?? (chosen === undefined ? words.refused : (chosen.refused?.sentence ?? null))
  const share = () => {
    if (whyNot !== null || chosen?.preview == null || sharing.isPending) return
    const { as, preview: held } = chosen
    sharing.mutate({ as, preview: held, ...(chosen.into === null ? {} : { into: chosen.into }) })
  }
  const anew = async () => {
    const next = await onAnew()
    if (next === undefined) return
    sharing.reset()
    setPreview(next)
  }
  useCommands([
    { name: 'shareNow', label: text.commands.shareNow, whyNot, run: share },
    {
      name: 'nextWay',
      label: text.commands.nextWay,
      run: () => {
        const at = ofMatch.findIndex((option) => option === chosen)
        const next = ofMatch[(at + 1) % ofMatch.length]
        if (next !== undefined) look({ as: next.as })
      },
    },
  ])

  return (
    <>
      <ShareHead preview={preview} />
      {preview.refused !== null && <NotNow refused={preview.refused} />}
      {chosen !== undefined && (
        <div className="share-columns">
          <div className="stack">
            <section className="panel">
              <MatchChoice
                preview={preview}
                chosen={into}
                named={search.with ?? null}
                onChoose={(next) => look({ into: next })}
                onName={(next) =>
                  void navigate({
                    to: '/zones/$zone/bibs/$mmsId/share',
                    params: { zone, mmsId },
                    search: next === null ? {} : { with: next },
                  })
                }
              />
              <WayChoice
                network={network}
                options={ofMatch}
                chosen={chosen}
                onChoose={(as) => look({ as })}
              />
              {chosen.refused !== null && <NotNow refused={chosen.refused} />}
              {sharing.error !== null && <Fault error={sharing.error} />}
              <div className="form-foot">
                <ActionButton
                  command="shareNow"
                  label={words.confirm[chosen.as]}
                  whyNot={whyNot}
                  isPrimary
                  isPending={sharing.isPending}
                  onPress={share}
                />
                <Button className="button quiet small" isPending={isFetching} onPress={() => void anew()}>
                  {words.anew}
                </Button>
              </div>
              <p className="hint">{words.held}</p>
            </section>
            {match !== undefined && <WayImpact match={match} option={chosen} />}
            <OurBib preview={preview} option={chosen} />
          </div>
          <WayRecords key={`${chosen.as} ${into}`} preview={preview} option={chosen} />
        </div>
      )}
    </>
  )
}

function NotNow({ refused }: { readonly refused: NonNullable<ShareOption['refused']> }) {
  const { sentence, remedy, guard, problems } = refused
  return (
    <div className="notice">
      <p>
        <strong>{sentence}</strong> {remedy}
      </p>
      {guard?.guard === 'locked' && (
        <p>
          <bdi>{text.sharing.lockedBy(guard.holder, formatTime(guard.since))}</bdi>
        </p>
      )}
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={problem}>
              <bdi>{problem}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
