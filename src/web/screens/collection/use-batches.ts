import { useRef, useState } from 'react'

type Batches<Total> = {
  readonly is: 'ready' | 'running' | 'done' | 'stopped' | 'failed'
  readonly total: Total
  readonly error: Error | null
}

/**
 * Does something large in steps, so that it can be watched and stopped: asks until nothing is answered, or
 * `stop` is called. What is done stays done, and starting again goes on from there.
 *
 * @param ask the answer to one step; nothing where there is none left
 */
export function useBatches<Total, Answer>(
  none: Total,
  ask: (step: number) => Promise<Answer | null>,
  add: (total: Total, answer: Answer) => Total,
  onEnd: () => Promise<unknown>,
) {
  const [state, setState] = useState<Batches<Total>>({ is: 'ready', total: none, error: null })
  const isStopped = useRef(false)
  async function start(): Promise<void> {
    isStopped.current = false
    let { total } = state
    const say = (is: Batches<Total>['is'], error: Error | null = null) => setState({ is, total, error })
    say('running')
    try {
      for (let step = 0; ; step++) {
        if (isStopped.current) {
          say('stopped')
          break
        }
        const answer = await ask(step)
        if (answer === null) {
          say('done')
          break
        }
        total = add(total, answer)
        say('running')
      }
    } catch (error) {
      say('failed', error instanceof Error ? error : new Error(String(error)))
    }
    await onEnd()
  }
  const stop = () => {
    isStopped.current = true
  }
  return { ...state, start, stop }
}
