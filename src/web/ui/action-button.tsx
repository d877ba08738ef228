import { useId } from 'react'
import { Button } from 'react-aria-components'
import { keysOf } from '../keys/key-table.ts'
import { Keys } from './keys.tsx'

/**
 * A button of a command. Where it cannot be pressed it says why, under its own name; it stays in the
 * order of Tab, so that the reason can be read.
 */
export function ActionButton(props: {
  readonly command: string
  readonly label: string
  readonly whyNot: string | null
  readonly onPress: () => void
  readonly isPrimary?: boolean
  readonly isPending?: boolean
}) {
  const id = useId()
  const isOff = props.whyNot !== null
  const keys = keysOf(props.command)[0]
  return (
    <span className="action">
      <Button
        className={props.isPrimary === true && !isOff ? 'button primary' : 'button'}
        aria-disabled={isOff}
        {...(isOff ? { 'aria-describedby': id } : {})}
        isPending={props.isPending ?? false}
        onPress={() => {
          if (!isOff) props.onPress()
        }}
      >
        {props.label}
        {keys !== undefined && !isOff && <Keys keys={keys} />}
      </Button>
      {isOff && (
        <small id={id} className="why-not">
          {props.whyNot}
        </small>
      )}
    </span>
  )
}
