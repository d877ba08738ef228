import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { keyTable } from '../keys/key-table.ts'
import { useWho } from '../people/me.tsx'
import { PersonMenu } from '../people/person-menu.tsx'
import { text } from '../text.ts'
import { Choice } from '../ui/choice.tsx'
import { Keys } from '../ui/keys.tsx'
import { MainMenu } from './main-menu.tsx'
import { type Theme, themeOf, themes } from './theme.ts'
import { useZone } from './zone.tsx'

export function TopBar(props: {
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
  readonly onPalette: () => void
  readonly onKeySheet: () => void
}) {
  const { zones, zone, choose } = useZone()
  const { me } = useWho()
  const isIn = me?.me != null
  return (
    <header className="top-bar">
      <Link to="/" className="product">
        {text.product}
      </Link>
      {zones.length > 0 && (
        <Choice
          className="zone-switch"
          label={text.shell.zone}
          value={zone?.code ?? null}
          onChange={choose}
          options={zones.map((one) => ({
            id: one.code,
            label: `${text.zoneKinds[one.kind]} · ${one.name}`,
            kind: one.kind,
          }))}
          kind={zone?.kind}
        />
      )}
      {isIn && <MainMenu />}
      {isIn && (
        <Button className="find" onPress={props.onPalette}>
          <span>{text.shell.find}</span>
          <Keys keys={keyTable.palette.keys[0]} />
        </Button>
      )}
      {isIn ? (
        <PersonMenu theme={props.theme} onTheme={props.onTheme} />
      ) : (
        <Choice
          className="theme-switch"
          label={text.shell.theme}
          value={props.theme}
          onChange={(next) => props.onTheme(themeOf(next))}
          options={themes.map((theme) => ({ id: theme, label: text.shell.themes[theme] }))}
        />
      )}
      <Button className="button quiet" onPress={props.onKeySheet}>
        {text.shell.keys} <Keys keys={keyTable.keySheet.keys[0]} />
      </Button>
    </header>
  )
}
