import type { Repair } from '../marc/frame.ts'
import type { MarcWriter } from '../marc/write.ts'
import { counted } from './columns.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { CommandFailure } from './failure.ts'
import type { Io } from './io.ts'
import { readRecords } from './marc-input.ts'
import { openRecords, withOut } from './record-file.ts'

/** What was mended in one record of a file. */
export type Repaired = {
  readonly input: string
  readonly position: number
  readonly repairs: readonly Repair[]
}

/** Rejections that are shown one by one. */
const mostShown = 20

/**
 * Reads the records of a file and writes those that can be read. Those that cannot are named; a file
 * without any that is MARC is refused, and then nothing is written.
 *
 * @throws {CommandFailure} where it is no MARC file
 */
export function convertFile(
  path: string,
  outPath: string | undefined,
  writer: MarcWriter,
  io: Io,
  tellRepairs: (repaired: Repaired) => Promise<void> = () => Promise.resolve(),
): Promise<ExitCode> {
  return withOut(outPath, io, async (out) => {
    const records = openRecords(out, writer, io)
    const notMarc: string[] = []
    let read = 0
    let rejected = 0
    const note = (name: string, why: string) => notMarc.push(`${name}: ${why}`)
    for await (const { input, frame, decoded } of readRecords(path, io, note)) {
      read++
      const name = `${input}, record ${frame.position}`
      if (decoded.ok) {
        await records.add(decoded.record, name)
        if (decoded.repairs.length > 0)
          await tellRepairs({ input, position: frame.position, repairs: decoded.repairs })
      } else if (++rejected <= mostShown)
        io.say(
          `${name}, byte ${frame.offset}: left out, ${decoded.rejected.code}: ${decoded.rejected.message}`,
        )
      if (read % 1000 === 0) io.progress(`${input}: ${counted(read, 'record')}`)
    }
    if (read === 0 && notMarc.length > 0) throw new CommandFailure(notMarc.join('\n'))
    for (const words of notMarc) io.say(words)
    const written = await records.end()
    if (rejected > 0)
      io.say(`${counted(written, 'record')} written, ${counted(rejected, 'record')} left out.`)
    if (notMarc.length > 0) return exitCodes.error
    return rejected > 0 ? exitCodes.rejected : exitCodes.done
  })
}
