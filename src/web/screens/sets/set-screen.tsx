import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { WholeSet } from '../../../server/api/set.ts'
import { setQuery } from '../../api/set-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { paths } from '../../paths.ts'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Given } from '../../ui/given.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { DeleteSet, ItemiseSet, RenameSet } from './set-dialogs.tsx'
import { SetMembers } from './set-members.tsx'

const words = text.sets.set
const route = getRouteApi('/zones/$zone/sets/$set')
const formats = ['csv', 'mrc', 'xml', 'json', 'mrk'] as const

/** A set: what it is, what is in it, and what can be done with it. */
export function SetScreen() {
  const { zone, set: id } = route.useParams()
  const { data: set } = useSuspenseQuery(setQuery(zone, id))
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'itemise' | 'rename' | 'delete' | null>(null)
  const mayNot = useMayNot('set.edit', zone)
  useTitle(set.name)
  const toSets = () => void navigate({ to: '/sets', search: { zone } })
  const toSearch = () =>
    set.query !== null &&
    void navigate({ to: '/search', search: { zone, entity: set.entity, query: set.query } })
  const actions = [
    ...(set.query === null
      ? []
      : [{ name: 'itemise set', label: words.itemise, run: () => setAsking('itemise') }]),
    { name: 'rename set', label: words.rename, run: () => setAsking('rename') },
    { name: 'delete set', label: words.delete, run: () => setAsking('delete') },
  ]
  useCommands([
    { name: 'backToSets', label: text.commands.backToSets, run: toSets },
    ...(set.query === null ? [] : [{ name: 'search with set', label: words.search, run: toSearch }]),
    ...actions.map((action) => ({ ...action, whyNot: mayNot })),
  ])
  const asked = { zone, set, onClose: () => setAsking(null) }
  return (
    <div className="screen">
      <p className="back">
        <Button className="button quiet small" onPress={toSets}>
          {words.back} <Keys keys={keyTable.backToSets.keys[0]} />
        </Button>
      </p>
      <div className="screen-head">
        <h1>
          <Given words={set.name} />
        </h1>
        <div className="head-actions">
          {set.query !== null && (
            <Link className="button" to="/search" search={{ zone, entity: set.entity, query: set.query }}>
              {words.search}
            </Link>
          )}
          {actions.map(({ name, label, run }) => (
            <ActionButton key={name} command={name} label={label} whyNot={mayNot} onPress={run} />
          ))}
          <LinkSet zone={zone} set={set} />
          <TakeSetAlong zone={zone} set={set} />
        </div>
      </div>
      <div className="head-line">
        <ZonePill code={zone} />
        <span>{text.search.entities[set.entity]}</span>
        <span>{text.sets.kindMeans[set.kind]}</span>
        <span>
          {words.made} <Time at={set.madeAt} />
          {set.madeBy !== null && (
            <>
              {' '}
              <bdi>{words.by(set.madeBy)}</bdi>
            </>
          )}
        </span>
      </div>
      {set.note !== null && (
        <p>
          <Given words={set.note} />
        </p>
      )}
      {set.query !== null && (
        <p>
          <span className="hint">{words.query}</span> <code>{set.query}</code>
        </p>
      )}
      <SetMembers zone={zone} set={set} mayNot={mayNot} />
      {asking === 'itemise' && <ItemiseSet {...asked} />}
      {asking === 'rename' && <RenameSet {...asked} />}
      {asking === 'delete' && <DeleteSet {...asked} />}
    </div>
  )
}

/** The way to the job that links an institution's set to the network. */
function LinkSet({ zone: code, set }: { readonly zone: string; readonly set: WholeSet }) {
  const { zones } = useZone()
  const zone = zones.find((one) => one.code === code)
  if (zone?.kind !== 'institution' || zone.network === null) return null
  return (
    <Link className="button" to="/link" search={{ zone: code, set: set.id }}>
      {text.linkJob.these}
    </Link>
  )
}

function TakeSetAlong({ zone, set }: { readonly zone: string; readonly set: WholeSet }) {
  return (
    <MenuTrigger>
      <Button className="button">
        {words.take} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" aria-label={words.take}>
          {formats.map((format) => (
            <MenuItem key={format} href={paths.setFile(zone, set.id, format)} download="">
              {words.formats[format]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
