import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Button, Menu, MenuItem, MenuTrigger, Popover, RouterProvider } from 'react-aria-components'
import { put, remove } from '../api/request.ts'
import { paths } from '../paths.ts'
import { text } from '../text.ts'
import { Choice } from '../ui/choice.tsx'
import { useMaySomewhere, useWho } from './me.tsx'

const words = text.people.menu

/** Who is signed in, and what they can do about it; in the demo, whom the visitor is. */
export function PersonMenu() {
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
            {me.signIn === 'password' && <MenuItem onAction={() => void signOut()}>{words.signOut}</MenuItem>}
          </Menu>
        </Popover>
      </MenuTrigger>
    </RouterProvider>
  )
}
