import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
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
import { put, remove } from '../api/request.ts'
import { paths } from '../paths.ts'
import { type Theme, themeOf, themes } from '../shell/theme.ts'
import { text } from '../text.ts'
import { Choice } from '../ui/choice.tsx'
import { useMaySomewhere, useWho } from './me.tsx'

const words = text.people.menu

/** Who is signed in, what they can do about it, and how it all looks; in the demo, whom the visitor is. */
export function PersonMenu({
  theme,
  onTheme,
}: {
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
}) {
  const router = useRouter()
  const client = useQueryClient()
  const { me, changed } = useWho()
  const looksAfter = useMaySomewhere('people.manage')
  const audits = useMaySomewhere('audit.view')
  if (me?.me == null) return null
  const signOut = async () => {
    await remove('/api/session')
    client.clear()
    window.location.assign(paths.monitor())
  }
  const personaChosen = async (persona: string) => {
    await put('/api/persona', { persona })
    await changed()
  }
  return (
    <RouterProvider navigate={(href) => router.history.push(href)}>
      {me.signIn === 'persona' && (
        <Choice
          className="persona-switch"
          label={words.persona}
          value={me.me.persona}
          onChange={(persona) => void personaChosen(persona)}
          options={me.personas.map(({ code, name, about }) => ({ id: code, label: name, about }))}
        />
      )}
      <MenuTrigger>
        {/* The name that is spoken has in it what is seen (WCAG 2.5.3). */}
        <Button
          className="button quiet"
          {...(me.signIn === 'password' ? { 'aria-label': words.label(me.me.name) } : {})}
        >
          {me.signIn === 'password' ? <bdi>{me.me.name}</bdi> : text.people.menu.account}{' '}
          <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover">
          <Menu className="menu" aria-label={words.label(me.me.name)}>
            <MenuItem href={paths.account()}>{words.account}</MenuItem>
            {looksAfter && <MenuItem href={paths.people()}>{words.people}</MenuItem>}
            {audits && <MenuItem href={paths.audit()}>{words.audit}</MenuItem>}
            <MenuSection
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[theme]}
              onSelectionChange={(keys) => onTheme(themeOf(String([...keys][0])))}
            >
              <Header>{text.shell.theme}</Header>
              {themes.map((one) => (
                <MenuItem key={one} id={one}>
                  {text.shell.themes[one]}
                </MenuItem>
              ))}
            </MenuSection>
            {me.signIn === 'password' && <MenuItem onAction={() => void signOut()}>{words.signOut}</MenuItem>}
          </Menu>
        </Popover>
      </MenuTrigger>
    </RouterProvider>
  )
}
