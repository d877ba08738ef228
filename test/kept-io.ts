import { PassThrough, Writable } from 'node:stream'
import { openIo, type Streams } from '../src/cli/io.ts'

/** What a command reads and writes, with what it writes kept; `stdout` may be another. */
export function keptIo(more: { stdout?: Writable; isTTY?: boolean } = {}) {
  const said: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' }
  const keep = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _encoding, done) {
        said[name] += String(chunk)
        done()
      },
    })
  const streams: Streams = {
    stdin: new PassThrough(),
    stdout: more.stdout ?? keep('stdout'),
    stderr: Object.assign(keep('stderr'), { isTTY: more.isTTY ?? false, columns: 20 }),
  }
  return { said, io: openIo(streams) }
}
