import { setBriefRule } from '../../import/brief-rule.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const zoneSet = command(
  {
    name: 'zone set',
    summary: 'Sets which rule gives the bibs of a zone their brief levels.',
    about: [
      'The rule is a rule file of the kind brief-level that the zone has or may use, or the built-in encoding-and-content. Records that come in, and the bibs that they meet, are levelled by it from now on; the level that a bib is shown with is that of its last save.',
    ],
    arguments: { code: { type: 'text', shown: 'CODE', meaning: 'the zone' } },
    options: {
      'brief-rule': { type: 'text', shown: 'RULE', required: true, meaning: 'code of the rule' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { code, brief_rule }',
  },
  ({ code, 'brief-rule': briefRule, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      await setBriefRule(db, await chooseZone(db, code), briefRule)
      if (json) await io.json({ code, brief_rule: briefRule })
      else await io.line(`Zone ${code} has its brief levels by ${briefRule}.`)
      return exitCodes.done
    }),
)
