import type { ReactNode } from 'react'
import { Button, ProgressBar } from 'react-aria-components'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'

const words = text.collection.activate

/** A dialog that shows a plan, carries it out step by step, and then says what it came to. */
export function BatchDialog(props: {
  readonly title: string
  readonly batches: {
    readonly is: 'ready' | 'running' | 'done' | 'stopped' | 'failed'
    readonly error: Error | null
    readonly start: () => Promise<void>
    readonly stop: () => void
  }
  /** How far it is, and how much there is in all; nothing while that is not known. */
  readonly done: number
  readonly all: number | null
  readonly planError: Error | null
  readonly plan: ReactNode
  readonly report: ReactNode
  readonly run: string
  readonly stopped: string
  readonly isAlert?: boolean
  readonly onClose: () => void
}) {
  const { batches, all, done } = props
  const { is } = batches
  const isOver = is === 'done' || is === 'stopped'
  const share = all === null || all === 0 ? 0 : Math.min(1, done / all)
  const close = () => {
    batches.stop()
    props.onClose()
  }
  return (
    <ModalDialog title={props.title} onClose={close} isAlert={props.isAlert === true && is === 'ready'}>
      <div className="stack">
        {props.planError !== null && <Fault error={props.planError} />}
        {batches.error !== null && <Fault error={batches.error} onAgain={() => void batches.start()} />}
        {!isOver && all === null && props.planError === null && <p role="status">{words.planning}</p>}
        {is === 'ready' && props.plan}
        {is === 'running' && (
          <ProgressBar aria-label={words.progress} value={share * 100} className="upload-progress wide">
            <span className="progress-track">
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <span className="hint">{words.running(done, all ?? done)}</span>
          </ProgressBar>
        )}
        <div role="status">
          {isOver && props.report}
          {is === 'stopped' && <p className="hint">{props.stopped}</p>}
        </div>
        <div className="dialog-foot">
          {is === 'running' ? (
            <Button className="button" autoFocus onPress={batches.stop}>
              {words.stop}
            </Button>
          ) : (
            <Button className="button" autoFocus={isOver || props.isAlert === true} onPress={close}>
              {isOver ? words.close : words.keep}
            </Button>
          )}
          {is === 'ready' && all !== null && all > 0 && (
            <Button
              className="button primary"
              autoFocus={props.isAlert !== true}
              onPress={() => void batches.start()}
            >
              {props.run}
            </Button>
          )}
        </div>
      </div>
    </ModalDialog>
  )
}
