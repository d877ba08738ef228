import { listRules, listVisibleRules } from '../../import/rule-file.ts'
import { ruleKinds } from '../../rules/language/rule.ts'
import { shippedRules } from '../../rules/shipped-rules.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const ruleList = command(
  {
    name: 'rule list',
    summary: 'Lists the rule files, and the rules that are built in.',
    about: [
      'Of a zone: its own, and those that other zones of its network share with it. Where several have one code, the zone’s own is used, else the network’s, else that of the member whose code comes first.',
    ],
    arguments: {},
    options: {
      zone: { type: 'text', shown: 'CODE', meaning: 'only those that a zone has or may use' },
      kind: { type: 'text', shown: 'KIND', choices: ruleKinds, meaning: 'only those of a kind' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'an array of { zone, kind, code, name, version, active, shared, built_in }; zone and version are null for a rule that is built in',
  },
  ({ zone: zoneCode, kind, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const files =
        zoneCode === undefined
          ? await listRules(db, kind)
          : await listVisibleRules(db, await chooseZone(db, zoneCode), kind)
      const rows = [
        ...files.map(({ changedAt: _at, changedBy: _by, ...file }) => ({ ...file, built_in: false })),
        ...shippedRules
          .filter((rule) => kind === undefined || rule.kind === kind)
          .map(({ kind: of, code, name }) => {
            const place = { zone: null, kind: of, code, name, version: null }
            return { ...place, active: true, shared: true, built_in: true }
          }),
      ]
      if (json) await io.json(rows)
      else
        for (const line of columns(
          rows.map(({ zone, kind: of, code, name, active, shared, built_in }) => [
            zone ?? '',
            of,
            code,
            `${name}${built_in ? ' [built in]' : shared ? ' [shared]' : ''}${active ? '' : ' [not active]'}`,
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)
