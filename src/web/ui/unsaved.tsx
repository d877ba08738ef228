import { useBlocker } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { text } from '../text.ts'
import { ModalDialog } from './modal.tsx'

const words = text.unsaved

/** Asks before a screen with something unsaved is left. */
export function Unsaved({ isDirty }: { readonly isDirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <ModalDialog title={words.title} onClose={reset} isAlert>
      <p>{words.lead}</p>
      <div className="dialog-foot">
        <Button className="button" onPress={proceed}>
          {words.leave}
        </Button>
        <Button className="button primary" onPress={reset} autoFocus>
          {words.stay}
        </Button>
      </div>
    </ModalDialog>
  )
}
