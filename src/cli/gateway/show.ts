import { getExport, getExportBytes } from '../../import/gateway-export.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { style } from '../style.ts'
import { exportRow } from './exports.ts'

export const gatewayShow = command(
  {
    name: 'gateway show',
    summary: 'Shows an export: what was sent and what the cataloguer was told.',
    arguments: { export: { type: 'number', shown: 'ID', meaning: 'number of the export' } },
    options: {
      raw: { type: 'flag', meaning: 'print the record as it came, byte for byte, and nothing else' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object: that of gateway exports, and header (secret masked), reply, trace, sentence, remedy',
  },
  ({ export: id, raw, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      if (raw) {
        await io.write(await getExportBytes(db, id))
        return exitCodes.done
      }
      const found = await getExport(db, id)
      const { header, reply, trace, sentence, remedy } = found
      if (json) await io.json({ ...exportRow(found), header, reply, trace, sentence, remedy })
      else {
        await io.line(style.strong(`Export ${id}: ${found.title}`))
        await io.line(
          `${found.receivedAt.slice(0, 19).replace('T', ' ')} UTC, zone ${found.zone}, logon ${found.logon}, OCLC authorisation ${found.oclcUser || 'none'}, from ${found.address}`,
        )
        await io.line()
        await io.line(reply)
      }
      return exitCodes.done
    }),
)
