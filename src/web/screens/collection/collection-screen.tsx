import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { collectionQuery, type Offered } from '../../api/collection-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { useTitle } from '../../ui/title.ts'
import { ActivateDialog } from './activate-dialog.tsx'
import { CollectionHead } from './collection-head.tsx'
import { type CollectionSearch, collectionTabs } from './collection-search.ts'
import { DeactivateDialog } from './deactivate-dialog.tsx'
import { LoadFile } from './load-file.tsx'
import { LoadsTab } from './loads-tab.tsx'
import { Titles } from './titles.tsx'

const words = text.collection
const route = getRouteApi('/zones/$zone/collections/$id')

/** A collection, as a zone sees it: its titles with what the zone has activated, and the files that were loaded. */
export function CollectionScreen() {
  const { zone, id } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { zones } = useZone()
  const { data: collection } = useSuspenseQuery(collectionQuery(zone, id))
  const [chosen, setChosen] = useState<ReadonlyMap<string, Offered>>(new Map())
  const [open, setOpen] = useState<'activate' | 'deactivate' | null>(null)
  useTitle(collection.name)

  const here = zones.find(({ code }) => code === zone)
  const mayNot = useMayNot('inventory.electronic.edit', zone)
  const isOffered = zones.find(({ code }) => code === collection.zone)?.kind === 'community'
  const whyNot = !isOffered
    ? words.activate.notOffered
    : here?.kind !== 'institution'
      ? words.activate.needsInstitution
      : mayNot
  const whyNotDeactivate =
    whyNot ?? (collection.activated === 0 && chosen.size === 0 ? words.deactivate.none : null)
  const tab = search.tab ?? (collection.portfolios === 0 ? 'load' : 'titles')
  const show = (next: CollectionSearch) =>
    void navigate({
      to: '/zones/$zone/collections/$id',
      params: { zone, id },
      search: next,
      replace: true,
      resetScroll: false,
    })
  const activate = chosen.size === 0 ? words.activate.all : words.activate.some(chosen.size)
  const deactivate = chosen.size === 0 ? words.deactivate.all : words.deactivate.some(chosen.size)
  useCommands([
    {
      name: 'backToCollections',
      label: text.commands.backToCollections,
      run: () => void navigate({ to: '/collections' }),
    },
    { name: 'activateTitles', label: activate, whyNot, run: () => setOpen('activate') },
    {
      name: 'deactivateTitles',
      label: deactivate,
      whyNot: whyNotDeactivate,
      run: () => setOpen('deactivate'),
    },
    ...collectionTabs
      .filter((one) => one !== tab)
      .map((one) => ({
        name: `collection ${one}`,
        label: words.tabs[one],
        run: () => show({ ...search, tab: one }),
      })),
  ])
  const stillOpen = [...chosen.values()].filter((row) => row.withdrawnAt === null && row.activatedId === null)
  const dialog = {
    zone,
    zoneName: here?.name ?? zone,
    chosen: chosen.size === 0 ? { collection: id } : { portfolios: [...chosen.keys()] },
    onClose: () => setOpen(null),
    onDone: () => setChosen(new Map()),
  }
  return (
    <div className="screen">
      <p className="back">
        <Link to="/collections">{words.back}</Link>
      </p>
      <CollectionHead
        collection={collection}
        zone={zone}
        onZone={(next) => {
          setChosen(new Map())
          void navigate({
            to: '/zones/$zone/collections/$id',
            params: { zone: next, id },
            search,
          })
        }}
      >
        <ActionButton
          command="activateTitles"
          label={activate}
          whyNot={whyNot}
          isPrimary
          onPress={() => setOpen('activate')}
        />
        {whyNot === null && (
          <ActionButton
            command="deactivateTitles"
            label={deactivate}
            whyNot={whyNotDeactivate}
            onPress={() => setOpen('deactivate')}
          />
        )}
        {chosen.size > 0 && (
          <Button className="button quiet" onPress={() => setChosen(new Map())}>
            {words.titles.leaveOut}
          </Button>
        )}
      </CollectionHead>
      <Tabs
        className="tabs"
        selectedKey={tab}
        onSelectionChange={(next) => {
          const { load: _, ...others } = search
          const known = collectionTabs.find((one) => one === next)
          show(known === undefined ? others : { ...others, tab: known })
        }}
      >
        <TabList aria-label={collection.name}>
          {collectionTabs.map((one) => (
            <Tab key={one} id={one}>
              {words.tabs[one]}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="titles">
          <Titles
            collection={collection}
            zone={zone}
            search={search}
            onSearch={show}
            chosen={whyNot === null ? chosen : null}
            onChosen={setChosen}
          />
        </TabPanel>
        <TabPanel id="loads">
          <LoadsTab collection={collection} zone={zone} search={search} onSearch={show} />
        </TabPanel>
        <TabPanel id="load">
          <LoadFile key={id} collection={collection} onTitles={() => show({ tab: 'titles' })} />
        </TabPanel>
      </Tabs>
      {open === 'activate' && (
        <ActivateDialog
          {...dialog}
          open={
            chosen.size === 0
              ? { collection: id }
              : { portfolios: stillOpen.map(({ portfolioId }) => portfolioId) }
          }
          collectionId={id}
        />
      )}
      {open === 'deactivate' && <DeactivateDialog {...dialog} />}
    </div>
  )
}
