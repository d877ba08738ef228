import { command } from '../command.ts'
import { convertFile } from '../convert-file.ts'
import { writerFor } from '../marc-format.ts'
import { outOption } from '../record-file.ts'
import { repairLines } from '../repair-text.ts'

export const marcRepair = command(
  {
    name: 'marc repair',
    summary: 'Writes the records of a file as sound ISO 2709 in UTF-8, and lists what was mended.',
    about: [
      'Records that cannot be read are named on stderr and left out (exit code 4). IN and OUT may be the same file.',
    ],
    arguments: { file: { type: 'text', shown: 'IN', meaning: 'the file to read; - is standard input' } },
    options: {
      out: { ...outOption, required: true, meaning: 'the file to write' },
      json: { type: 'flag', meaning: 'print JSON' },
    },
    json: 'one object a line, of each repair: { file, position, code, field, before, after }; field is null where the whole record is meant',
  },
  ({ file, out, json }, io) =>
    convertFile(file, out, writerFor('mrc'), io, async ({ input, position, repairs }) => {
      if (json)
        for (const { code, field = null, before, after } of repairs)
          await io.json({ file: input, position, code, field, before, after })
      else for (const line of repairLines(repairs)) await io.line(`record ${position}: ${line}`)
    }),
)
