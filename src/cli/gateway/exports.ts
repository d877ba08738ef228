import { type GatewayExport, listExports } from '../../import/gateway-export.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns, cut } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

/** Exports that are listed unless another number is asked for. */
const usual = 50

export const gatewayExports = command(
  {
    name: 'gateway exports',
    summary: 'Lists what cataloguers have exported from Connexion, newest first.',
    arguments: {},
    options: {
      zone: { type: 'text', shown: 'CODE', meaning: 'only those into a zone' },
      person: { type: 'text', shown: 'NAME', meaning: 'only those of a person, as the list names them' },
      failed: { type: 'flag', meaning: 'only those that were not imported' },
      limit: { type: 'number', shown: 'N', most: 100_000, meaning: `how many; ${usual} by default` },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'an array of { export, zone, bib_zone, received_at, logon, oclc_user, sent_by, address, outcome, code, mms_id, linked_mms_id, title, oclc_number, replay_of, issue }',
  },
  ({ zone, person, failed, limit, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const rows = await listExports(db, {
        ...(zone === undefined ? {} : { zone }),
        ...(person === undefined ? {} : { sentBy: person }),
        ...(failed ? { imported: false } : {}),
        limit: limit ?? usual,
      })
      if (json) await io.json(rows.map(exportRow))
      else {
        for (const line of columns(rows.map(cells))) await io.line(line)
        if (rows.length === 0) io.say('There are no such exports.')
      }
      return exitCodes.done
    }),
)

/** An export as it is printed. */
export const exportRow = (row: GatewayExport) => ({
  export: row.id,
  zone: row.zone,
  bib_zone: row.bibZone,
  received_at: row.receivedAt,
  logon: row.logon,
  oclc_user: row.oclcUser,
  sent_by: row.sentBy,
  address: row.address,
  outcome: row.outcome,
  code: row.code,
  mms_id: row.mmsId,
  linked_mms_id: row.linkedMmsId,
  title: row.title,
  oclc_number: row.oclcNumber,
  replay_of: row.replayOf,
  issue: row.issue?.id ?? null,
})

const cells = ({ id, receivedAt, zone, sentBy, outcome, code, mmsId, title, replayOf }: GatewayExport) => [
  id,
  receivedAt.slice(0, 19).replace('T', ' '),
  zone,
  sentBy,
  replayOf === null ? (code ?? outcome ?? '') : `answered as ${replayOf}`,
  mmsId ?? '',
  cut(title, 60),
]
