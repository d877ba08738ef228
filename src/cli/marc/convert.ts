import { command } from '../command.ts'
import { UsageFailure } from '../failure.ts'
import { convertFile } from '../convert-file.ts'
import { endings, writerFor } from '../marc-format.ts'
import { outOption } from '../record-file.ts'

export const marcConvert = command(
  {
    name: 'marc convert',
    summary: 'Writes the records of a file in another serialisation.',
    about: [
      'In JSON (MARC-in-JSON) one record a line. Records are mended as they are read; those that cannot be read are named on stderr and left out (exit code 4). Text is UTF-8 unless MARC-8 is asked for.',
    ],
    arguments: { file: { type: 'text', shown: 'IN', meaning: 'the file to read; - is standard input' } },
    options: {
      to: {
        type: 'text',
        shown: 'FORMAT',
        required: true,
        choices: endings,
        meaning: 'ISO 2709, MARCXML, MARC-in-JSON or MarcEdit text',
      },
      out: outOption,
      encoding: {
        type: 'text',
        shown: 'ENCODING',
        choices: ['utf-8', 'marc-8'],
        meaning: 'of ISO 2709; utf-8 by default',
      },
    },
  },
  async ({ file, to, out, encoding }, io) => {
    const marc8 = encoding === 'marc-8'
    if (marc8 && to !== 'mrc')
      throw new UsageFailure('MARC-8 is for --to mrc alone: the others are in UTF-8.', '')
    return convertFile(file, out, writerFor(to, { marc8 }), io)
  },
)
