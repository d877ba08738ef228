import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  RouterProvider,
} from 'react-aria-components'
import { keyTable } from '../keys/key-table.ts'
import { paths } from '../paths.ts'
import { text } from '../text.ts'
import { Keys } from '../ui/keys.tsx'

/** D33: Import stands under Resources and under Acquisitions, as in the guide; what catalogues stands under Resources. */
export function MainMenu() {
  const router = useRouter()
  return (
    <RouterProvider navigate={(href) => router.history.push(href)}>
      <nav aria-label={text.shell.menu} className="main-menu">
        <ImportMenu name={text.shell.resources}>
          <MenuSection>
            <Header>{text.shell.cataloging}</Header>
            <MenuItem href={paths.search()} textValue={text.search.title}>
              {text.search.title} <Keys keys={keyTable.goSearch.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.sets()} textValue={text.sets.title}>
              {text.sets.title} <Keys keys={keyTable.goSets.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.link()} textValue={text.linkJob.title}>
              {text.linkJob.title} <Keys keys={keyTable.goLink.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.collections()} textValue={text.collections.title}>
              {text.collections.title} <Keys keys={keyTable.goCollections.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.newBib()} textValue={text.commands.goNewBib}>
              {text.commands.goNewBib} <Keys keys={keyTable.goNewBib.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.gateway()} textValue={text.gateway.title}>
              {text.gateway.title} <Keys keys={keyTable.goGateway.keys[0]} />
            </MenuItem>
          </MenuSection>
        </ImportMenu>
        <ImportMenu name={text.shell.acquisitions} />
      </nav>
    </RouterProvider>
  )
}

function ImportMenu({ name, children }: { readonly name: string; readonly children?: ReactNode }) {
  return (
    <MenuTrigger>
      <Button className="button quiet">
        {name} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" aria-label={name}>
          <MenuSection>
            <Header>{text.shell.import}</Header>
            <MenuItem href={paths.import()} textValue={text.shell.runImport}>
              {text.shell.runImport} <Keys keys={keyTable.goImport.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.monitor()} textValue={text.shell.monitor}>
              {text.shell.monitor} <Keys keys={keyTable.goMonitor.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.issues()} textValue={text.shell.issues}>
              {text.shell.issues} <Keys keys={keyTable.goIssues.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.profiles()} textValue={text.profiles.title}>
              {text.profiles.title} <Keys keys={keyTable.goProfiles.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.simulate()} textValue={text.simulate.title}>
              {text.simulate.title} <Keys keys={keyTable.goSimulate.keys[0]} />
            </MenuItem>
            <MenuItem href={paths.rules()} textValue={text.rules.title}>
              {text.rules.title} <Keys keys={keyTable.goRules.keys[0]} />
            </MenuItem>
          </MenuSection>
          {children}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
