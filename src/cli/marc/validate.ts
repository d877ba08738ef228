import type { MarcRecord } from '../../marc/record.ts'
import { displayTitle } from '../../rules/display-title.ts'
import { elementName } from '../../rules/validation/element-name.ts'
import { applyExceptions } from '../../rules/validation/exceptions.ts'
import type { Problem } from '../../rules/validation/problem.ts'
import { validate } from '../../rules/validation/validate.ts'
import { type ProblemCode, validationRules } from '../../rules/validation/validation-rules.ts'
import { columns, counted } from '../columns.ts'
import { command } from '../command.ts'
import { exceptionsOption, readExceptions } from '../exceptions.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { type Io, readOrNot } from '../io.ts'
import { readRecords } from '../marc-input.ts'
import { style } from '../style.ts'
import { openTally } from '../tally.ts'

export const marcValidate = command(
  {
    name: 'marc validate',
    summary: 'Holds the records of a file against the MARC 21 bibliographic format.',
    about: [
      'Each finding has its record, its field, a code, what is wrong and what to do; docs/validation.md lists the codes. Exceptions make an error, a warning or nothing of a finding, as an import or the editor would. The exit code is 3 where a record has an error, and 4 where one cannot be read at all.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the file to read; - is standard input' } },
    options: {
      exceptions: exceptionsOption,
      json: { type: 'flag', meaning: 'print JSON' },
    },
    json: 'one object a line, of each finding: { file, record, severity, code, field, name, value, message, remedy }; record counts from 1, field is null for what is missing, name is what MARC 21 calls it; last one object { records, rejected, invalid, codes: { CODE: n } }, where invalid are records with an error',
  },
  async ({ file, exceptions, json }, read) => {
    const io = readOrNot(read)
    const lines = await readExceptions(exceptions)
    const codes = openTally()
    const notMarc: string[] = []
    let records = 0
    let rejected = 0
    let invalid = 0
    const note = (name: string, why: string) => notMarc.push(`${name}: ${why}`)
    for await (const { input, frame, decoded } of readRecords(file, io, note)) {
      if (++records % 1000 === 0) io.progress(`${input}: ${counted(records, 'record')}`)
      if (!decoded.ok) {
        rejected++
        io.say(
          `${input}, record ${frame.position}, byte ${frame.offset}: ${decoded.rejected.code}: ${decoded.rejected.message}`,
        )
        continue
      }
      const problems = applyExceptions(validate(decoded.record), lines, {})
      if (problems.length === 0) continue
      if (problems.some(({ severity }) => severity === 'error')) invalid++
      for (const { code } of problems) codes.count(code)
      await tell({ file: input, position: frame.position, record: decoded.record, problems }, io, json)
    }
    if (records === 0 && notMarc.length > 0) throw new CommandFailure(notMarc.join('\n'))
    for (const words of notMarc) io.say(words)
    if (json) await io.json({ records, rejected, invalid, codes: codes.read() })
    else for (const line of summaryLines(codes.read())) await io.line(line)
    io.say(
      `${counted(records, 'record')}: ${counted(invalid, 'record')} with an error, ${rejected === 0 ? 'none' : counted(rejected, 'record')} that cannot be read.`,
    )
    return exitOf(notMarc.length, rejected, invalid)
  },
)

type Found = {
  readonly file: string
  readonly position: number
  readonly record: MarcRecord
  readonly problems: readonly Problem[]
}

async function tell({ file, position, record, problems }: Found, io: Io, json: boolean): Promise<void> {
  if (!json) await io.line(style.strong(`Record ${position}: ${displayTitle(record)}`))
  for (const problem of problems) {
    const { code, severity, field, value } = problem
    const { message, remedy } = validationRules[code]
    const name = elementName(problem, record)
    if (json) await io.json({ file, record: position, severity, code, field, name, value, message, remedy })
    else {
      const where = [field, name === null ? null : `(${name})`, value === null ? null : `“${value}”`]
      await io.line(
        `  ${severity === 'error' ? style.bad(severity) : style.warn(severity)} ${code} ${where.filter((part) => part !== null).join(' ')}`.trimEnd(),
      )
      await io.line(`    ${message} ${style.weak(remedy)}`)
    }
  }
}

/** How often each code was found, the most frequent first. */
const summaryLines = (codes: Readonly<Record<string, number>>): string[] =>
  columns(
    Object.entries(codes)
      .toSorted(([, one], [, other]) => other - one)
      .map(([code, count]) => [count, code, validationRules[code as ProblemCode].message]),
  )

function exitOf(notMarc: number, rejected: number, invalid: number): ExitCode {
  if (notMarc > 0) return exitCodes.error
  if (rejected > 0) return exitCodes.rejected
  return invalid > 0 ? exitCodes.unresolved : exitCodes.done
}
