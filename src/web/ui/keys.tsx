import { Fragment } from 'react'
import { text } from '../text.ts'

const shownKeys: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
}

/** Keys as they are printed on a keyboard: `Ctrl+K` pressed together, `g m` one after the other. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {keys.split(' ').map((chord, position) => (
        <Fragment key={chord}>
          {position > 0 && <span className="visually-hidden"> {text.keySheet.pair} </span>}
          {chord.split('+').map((key) => (
            <kbd key={key}>{shownKeys[key] ?? key}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
