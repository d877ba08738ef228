import type { Check } from '../import/check.ts'
import { verify } from '../import/verify.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseZone } from './choose.ts'
import { counted, formatCount } from './columns.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { readOrNot } from './io.ts'
import { style } from './style.ts'

const verifyCatalogue = command(
  {
    name: 'verify',
    summary: 'Checks everything that must be true of files, ledger and catalogue.',
    about: ['The exit code is 1 where a rule is broken. Nothing is changed.'],
    arguments: {},
    options: {
      job: { type: 'number', shown: 'ID', meaning: 'only the files and the ledger of a job' },
      zone: {
        type: 'text',
        shown: 'CODE',
        meaning: 'only the bibs of a zone, and the jobs that went into it',
      },
      full: {
        type: 'flag',
        meaning: 'read every stored file and every bib, where otherwise a sample is taken',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'an array of { check, rule, checked, breaches, examples }',
  },
  ({ job, zone, full, json, data }, read) =>
    withCatalogue(data, read, async ({ db, dataDir }) => {
      const io = readOrNot(read)
      if (zone !== undefined) await chooseZone(db, zone)
      const options = { full, ...(job === undefined ? {} : { job }), ...(zone === undefined ? {} : { zone }) }
      const checks: Check[] = []
      for await (const check of verify(db, dataDir, options)) {
        checks.push(check)
        if (!json) for (const line of checkLines(check)) await io.line(line)
      }
      const broken = checks.filter(({ breaches }) => breaches > 0).length
      if (json) await io.json(checks.map(checkJson))
      else
        await io.line(
          broken === 0
            ? style.good(`${counted(checks.length, 'rule')} checked, all hold.`)
            : style.bad(`${counted(checks.length, 'rule')} checked, ${broken} broken.`),
        )
      return broken === 0 ? exitCodes.done : exitCodes.error
    }),
)

const checkJson = ({ id, title, checked, breaches, examples }: Check) => ({
  check: id,
  rule: title,
  checked,
  breaches,
  examples,
})

const checkLines = ({ title, checked, breaches, examples }: Check): string[] =>
  breaches === 0
    ? [`${style.good('ok')}      ${title} ${style.weak(`(${formatCount(checked)})`)}`]
    : [
        `${style.bad('BROKEN')}  ${title} (${formatCount(breaches)} of ${formatCount(checked)})`,
        ...examples.map((example) => `        ${example}`),
      ]

export const commands = [verifyCatalogue]
