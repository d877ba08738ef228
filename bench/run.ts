import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchDecode } from './decode.ts'
import { type Figure, isMet, table } from './figure.ts'
import { benchGateway } from './gateway.ts'
import { bulkFile } from './generate.ts'
import { benchImport, benchLong } from './import.ts'
import { benchIsolation } from './isolation.ts'
import { benchRules } from './rules.ts'
import { benchMatch, matchText } from './match.ts'
import { benchSearch } from './search.ts'
import { startServer } from './server.ts'

const usage = `npm run bench -- [--records N] [--rounds N] [--large] [--only decode,import,rules,long,gateway,search,isolation,match] [--json]

Figures beside their peers, taken in turns, as medians of the rounds. --large takes a file of 1 GB
(more than 500,000 records) for the last tenth and the memory, and needs about 15 GB of disk; without
it the file has 50,000 records; with it, search is of a zone of 1,000,000 bibs, else of --records.
match is precision and recall of the match methods on labelled pairs,
with what each gets wrong by cause. --json prints the figures for machines.
`

const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    large: { type: 'boolean', default: false },
    only: { type: 'string', default: 'decode,import,rules,long,gateway,search,isolation,match' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const say = (text: string) => void process.stderr.write(`${text}\n`)

if (options.help) process.stdout.write(usage)
else if (!existsSync(bulkFile))
  say('The bench needs the real records of shared/data beside the checkout; there are none here.')
else await bench()

/** A function that is hoisted: the run above begins before the lines below. */
function hasYaz(): boolean {
  return spawnSync('yaz-marcdump', ['-V']).error === undefined
}

async function bench(): Promise<void> {
  const parts = new Set(options.only.split(','))
  const matching = parts.has('match') ? await benchMatch() : []
  if (!options.json && matching.length > 0) process.stdout.write(`${matchText(matching)}\n`)
  parts.delete('match')
  if (parts.size === 0) {
    if (options.json) process.stdout.write(`${JSON.stringify({ matching })}\n`)
    return
  }
  const figures: Figure[] = []
  if (parts.has('decode')) {
    if (hasYaz()) figures.push(...(await benchDecode(Number(options.rounds))))
    else say('Without yaz-marcdump (the Debian package yaz) decoding has no peer and is not measured.')
  }
  const server = await startServer()
  try {
    if (parts.has('import'))
      figures.push(...(await benchImport(server, Number(options.records), Number(options.rounds), say)))
    if (parts.has('rules'))
      figures.push(...(await benchRules(server, Number(options.records), Number(options.rounds), say)))
    if (parts.has('long'))
      figures.push(...(await benchLong(server, options.large ? { bytes: 2 ** 30 } : { records: 50_000 })))
    if (parts.has('gateway')) figures.push(...(await benchGateway(server, Number(options.rounds), say)))
    if (parts.has('search'))
      figures.push(...(await benchSearch(server, options.large ? 1_000_000 : Number(options.records), say)))
    if (parts.has('isolation'))
      figures.push(...(await benchIsolation(server, Number(options.records), Number(options.rounds), say)))
  } finally {
    await server.stop()
  }
  const machine = {
    processors: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg()[0] ?? 0,
  }
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ machine, figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })), matching })}\n`,
    )
  else {
    process.stdout.write(`${table(figures)}\n\n`)
    process.stdout.write(
      `${machine.processors} processors, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.load.toFixed(1)}; import of ${options.records} records, ${options.rounds} rounds${options.large ? '' : '; --large takes a file of 1 GB for the last two'}\n`,
    )
  }
}
