import { cut } from './columns.ts'
import type { Io, Streams } from './io.ts'

/** What is going on, on stderr: one line that is written over on a terminal, now and then a line elsewhere. */
export type Progress = {
  show(text: string): void
  /** Takes the line away, so that what comes next stands alone. */
  end(): void
}

/** Between two lines where there is no terminal: in milliseconds. */
const sparse = 15_000

export function openProgress({ isTerminal, columns, say }: Io, stderr: Streams['stderr']): Progress {
  let said = 0
  let isShown = false
  return {
    show(text) {
      if (isTerminal) {
        stderr.write(`\r\x1b[K${cut(text, columns() - 1)}`)
        isShown = true
      } else if (Date.now() - said >= sparse) {
        said = Date.now()
        say(text)
      }
    },
    end() {
      if (isShown) stderr.write('\r\x1b[K')
      isShown = false
    },
  }
}
