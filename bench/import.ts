import { join } from 'node:path'
import { connect, type ServerAddress } from '../src/db/database.ts'
import { type Recording, record, replay } from './ceiling.ts'
import { type Figure, paired } from './figure.ts'
import { generate } from './generate.ts'
import { type BenchJob, type JobFigures, measureJob } from './job.ts'
import type { BenchServer } from './server.ts'

type Round = { import: number; again: number; merge: number; preview: number; ceiling: number }

/** New records, the same again, and a new edition of each, beside the ceiling and the dry run. */
export async function benchImport(
  server: BenchServer,
  records: number,
  rounds: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const first = join(server.folder, 'first.mrc')
  const second = join(server.folder, 'second.mrc')
  await generate(first, { records })
  await generate(second, { records }, 1)
  const job = (address: ServerAddress, path = first, kind: BenchJob['kind'] = 'import') => ({
    address,
    dataDir: server.folder,
    path,
    kind,
  })
  const recording: Recording = await inCatalogue(server, (address) => record(job(address)))
  const done: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    const ceiling = records / (await inCatalogue(server, (address) => replay(job(address), recording)))
    const rate = async (what: string, run: BenchJob, outcome: string): Promise<number> => {
      const figures = held(await measureJob(run), outcome)
      say(`round ${round}: ${what} ${described(figures)}`)
      return figures.records / figures.seconds
    }
    const imported = await inCatalogue(server, async (address) => ({
      import: await rate('import', job(address), 'created'),
      again: await rate('the same again', job(address), 'unchanged'),
      merge: await rate('merge', job(address, second), 'merged'),
    }))
    const preview = await inCatalogue(server, (address) =>
      rate('dry run', job(address, first, 'preview'), 'created'),
    )
    say(`round ${round}: ceiling ${Math.round(ceiling)}/s`)
    done.push({ ...imported, preview, ceiling })
  }
  const pairs = (own: keyof Round, peer: keyof Round) =>
    done.map((round) => ({ own: round[own], peer: round[peer] }))
  const unit = 'records/s'
  const created = paired('import of new records', unit, 'ceiling', pairs('import', 'ceiling'), 0.6)
  const merged = paired('import where all match and merge', unit, 'ceiling', pairs('merge', 'ceiling'), 0.35)
  return [
    created,
    { what: 'the same, at least', unit, value: created.value, bar: { of: 'value', least: 2600 } },
    merged,
    { what: 'the same, at least', unit, value: merged.value, bar: { of: 'value', least: 1450 } },
    paired('dry run of new records', unit, 'import', pairs('preview', 'import'), 1),
    paired('the same file again', unit, 'ceiling', pairs('again', 'ceiling')),
  ]
}

/** One long import of new records: does it slow down, and does its memory grow. */
export async function benchLong(
  server: BenchServer,
  size: Parameters<typeof generate>[1],
): Promise<Figure[]> {
  const path = join(server.folder, 'long.mrc')
  const { records, bytes } = await generate(path, size)
  return inCatalogue(server, async (address) => {
    const job = { address, dataDir: server.folder, path, kind: 'import' } as const
    const figures = held(await measureJob(job), 'created')
    const [first, last] = await tenths(address, records)
    const of = `of ${records.toLocaleString('en')} records`
    return [
      paired(`last tenth ${of}`, 'records/s', 'first tenth', [{ own: last, peer: first }], 0.9),
      {
        what: `peak memory on ${Math.round(bytes / 1e6).toLocaleString('en')} MB`,
        unit: 'MB',
        value: figures.peakMb,
        bar: { of: 'value', most: 512 },
      },
    ]
  })
}

/** Records a second of the first and the last tenth, by the times of their batches. */
async function tenths(address: ServerAddress, records: number): Promise<[number, number]> {
  const db = connect(address, { max: 1 })
  try {
    const rows = await db.query<{ rate: number }>(
      `select count(*) / extract(epoch from max(changed_at) - min(changed_at))::float8 as rate
       from bib where action = 'created' and (position <= $1 or position > $2)
       group by position > $1 order by position > $1`,
      [Math.floor(records / 10), Math.floor((records * 9) / 10)],
    )
    return [rows[0]?.rate ?? Number.NaN, rows[1]?.rate ?? Number.NaN]
  } finally {
    await db.close()
  }
}

export async function inCatalogue<T>(
  server: BenchServer,
  run: (address: ServerAddress) => Promise<T>,
): Promise<T> {
  const address = await server.addCatalogue()
  try {
    return await run(address)
  } finally {
    await server.dropCatalogue(address)
  }
}

export const described = ({ records, seconds, writerSeconds, otherSeconds, peakMb }: JobFigures): string => {
  const each = (time: number) => `${Math.round((time / records) * 1e6)} µs`
  return `${Math.round(records / seconds)}/s; a record takes the writing thread ${each(writerSeconds)} of processor, the others ${each(otherSeconds)}; ${Math.round(peakMb)} MB`
}

/** A figure counts only where the job did what it is a figure of. */
export function held(figures: JobFigures, outcome: string): JobFigures {
  if ((figures.outcomes[outcome] ?? 0) >= figures.records * 0.99) return figures
  throw new Error(`Not a run of ${outcome} records: ${JSON.stringify(figures.outcomes)}`)
}
