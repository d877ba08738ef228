import { serve } from '../server/serve.ts'
import { databaseUrl, dataDirOf, dataOption, demoDataDirOf, inWords } from './catalogue.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'

const start = command(
  {
    name: 'start',
    summary: 'Runs Accession: database, web and importer, until Ctrl-C or SIGTERM.',
    about: [
      'The address is printed when it is ready. It listens on this machine alone. A data directory is served by one process; other commands may use it at the same time.',
    ],
    arguments: {},
    options: {
      data: dataOption,
      demo: {
        type: 'flag',
        meaning: 'a demo consortium, in a data directory of its own where none is named',
      },
      port: {
        type: 'number',
        shown: 'N',
        least: 0,
        most: 65_535,
        meaning: '8080 by default; the next free one where it is taken; 0 for any',
      },
      'no-importer': { type: 'flag', meaning: 'run no import jobs: another process does' },
      log: {
        type: 'text',
        shown: 'LEVEL',
        choices: ['silent', 'warn', 'info', 'debug'],
        meaning: 'how much is logged on stderr; warn by default',
      },
    },
  },
  async ({ data, demo, port, 'no-importer': noImporter, log }) => {
    const url = databaseUrl()
    await inWords(() =>
      serve({
        dataDir: demo ? demoDataDirOf(data) : dataDirOf(data),
        demo,
        importer: !noImporter,
        log: log ?? 'warn',
        ...(port === undefined ? {} : { port }),
        ...(url === undefined ? {} : { url }),
      }),
    )
    return exitCodes.done
  },
)

export const commands = [start]
