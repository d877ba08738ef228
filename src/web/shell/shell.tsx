import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useLiveJobs } from '../api/live.ts'
import { CommandsProvider, useCommands } from '../keys/commands.tsx'
import { Gate } from '../people/gate.tsx'
import { MeProvider, useWho } from '../people/me.tsx'
import { text } from '../text.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { KeySheet } from './key-sheet.tsx'
import { Palette } from './palette.tsx'
import { StatusLine } from './status-line.tsx'
import { applyTheme, storedTheme, type Theme, themes } from './theme.ts'
import { TopBar } from './top-bar.tsx'
import { useZone, ZoneProvider } from './zone.tsx'

/** What stands around every screen. */
export function Shell() {
  return (
    <CommandsProvider>
      <MeProvider>
        <ZoneProvider>
          <ToastProvider>
            <Frame />
          </ToastProvider>
        </ZoneProvider>
      </MeProvider>
    </CommandsProvider>
  )
}

function Frame() {
  const { me } = useWho()
  const isIn = me?.me != null
  const isLive = useLiveJobs(isIn)
  const isWelcome = useRouterState({ select: ({ location }) => location.pathname.startsWith('/welcome/') })
  const navigate = useNavigate()
  const { zones, zone, choose } = useZone()
  const [opened, setOpened] = useState<'palette' | 'key-sheet' | null>(null)
  const [theme, setTheme] = useState(storedTheme)
  const content = useRef<HTMLElement>(null)
  useFocusOnNewScreen(content)

  const changeTheme = (next: Theme) => {
    applyTheme(next)
    setTheme(next)
  }
  useCommands([
    { name: 'palette', label: text.commands.palette, run: () => setOpened('palette') },
    { name: 'keySheet', label: text.commands.keySheet, run: () => setOpened('key-sheet') },
    { name: 'goMonitor', label: text.commands.goMonitor, run: () => void navigate({ to: '/' }) },
    { name: 'goSearch', label: text.commands.goSearch, run: () => void navigate({ to: '/search' }) },
    { name: 'goSets', label: text.commands.goSets, run: () => void navigate({ to: '/sets' }) },
    { name: 'goNewBib', label: text.commands.goNewBib, run: () => void navigate({ to: '/new-bib' }) },
    { name: 'goImport', label: text.commands.goImport, run: () => void navigate({ to: '/import' }) },
    { name: 'goIssues', label: text.commands.goIssues, run: () => void navigate({ to: '/issues' }) },
    { name: 'goGateway', label: text.commands.goGateway, run: () => void navigate({ to: '/gateway' }) },
    { name: 'goProfiles', label: text.commands.goProfiles, run: () => void navigate({ to: '/profiles' }) },
    { name: 'goSimulate', label: text.commands.goSimulate, run: () => void navigate({ to: '/simulate' }) },
    { name: 'goLink', label: text.commands.goLink, run: () => void navigate({ to: '/link' }) },
    {
      name: 'goCollections',
      label: text.commands.goCollections,
      run: () => void navigate({ to: '/collections' }),
    },
    { name: 'goRules', label: text.commands.goRules, run: () => void navigate({ to: '/rules' }) },
    ...zones
      .filter((one) => one !== zone)
      .map((one) => ({
        name: `zone ${one.code}`,
        label: text.shell.useZone(one.code, one.name),
        run: () => choose(one.code),
      })),
    ...themes
      .filter((one) => one !== theme)
      .map((one) => ({
        name: `theme ${one}`,
        label: text.shell.useTheme(text.shell.themes[one]),
        run: () => changeTheme(one),
      })),
  ])

  return (
    <>
      <a className="skip" href="#content">
        {text.shell.skip}
      </a>
      <TopBar
        theme={theme}
        onTheme={changeTheme}
        onPalette={() => setOpened('palette')}
        onKeySheet={() => setOpened('key-sheet')}
      />
      <main id="content" tabIndex={-1} ref={content}>
        <Gate isOpen={isWelcome}>
          <Outlet />
        </Gate>
      </main>
      <StatusLine isLive={isLive || !isIn} />
      {opened === 'palette' && <Palette onClose={() => setOpened(null)} />}
      {opened === 'key-sheet' && <KeySheet onClose={() => setOpened(null)} />}
    </>
  )
}

/**
 * A new screen takes the focus, so that reading and Tab start at its top; a changed filter does not, and a screen
 * that one comes to for writing has given it to its text.
 */
function useFocusOnNewScreen(content: React.RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const seen = useRef(path)
  useEffect(() => {
    const isTaken = document.activeElement?.closest('[data-keeps-focus]') != null
    if (seen.current !== undefined && seen.current !== path && !isTaken)
      content.current?.focus({ preventScroll: true })
    seen.current = path
  }, [path, content])
}
