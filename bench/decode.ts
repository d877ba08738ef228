import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeFrame, openMarc } from '../src/marc/read.ts'
import { type Figure, paired, table } from './figure.ts'

const corpus = new URL('../../shared/data/', import.meta.url).pathname

/** What is decoded, each of it put into one file so many times that a round takes long enough to be measured. */
const workloads = [
  { what: 'decode of UTF-8', files: ['bulk/gpo_union_50000_utf8.mrc.gz'], times: 1, yaz: [] },
  {
    what: 'decode of MARC-8',
    files: [
      'marc8/eg_jazz_1k.mrc',
      'marc8/solrmarc_uva_001_2000.mrc.gz',
      'triples/gpo_aiannh_oilgas_202103_282_marc8.mrc',
      'eod/ybp_uk_61PRINT160129_246.mrc',
    ],
    times: 8,
    yaz: ['-f', 'marc-8', '-t', 'utf-8'],
  },
] as const

/**
 * Every subfield of real records to strings, from a file on disk, on one thread, beside
 * `yaz-marcdump -o line` on the same file, taking turns.
 */
export async function benchDecode(rounds = 5): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'accession-bench-'))
  try {
    const figures: Figure[] = []
    for (const { what, files, times, yaz } of workloads) {
      const path = join(folder, 'records.mrc')
      const bytes = Buffer.concat(files.map(readBytes))
      await writeFile(path, Buffer.concat(Array.from({ length: times }, () => bytes)))
      const records = await decodeAll(path)
      const pairs: { own: number; peer: number }[] = []
      for (let round = 0; round < rounds; round++) {
        const peer = records / (await secondsOf(() => yazDump(path, yaz)))
        const own = records / (await secondsOf(() => decodeAll(path)))
        pairs.push({ own, peer })
      }
      figures.push(paired(what, 'records/s', 'yaz-marcdump -o line', pairs, 1))
    }
    return figures
  } finally {
    await rm(folder, { recursive: true })
  }
}

function readBytes(file: string): Uint8Array {
  const bytes = readFileSync(join(corpus, file))
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return (performance.now() - start) / 1000
}

async function decodeAll(path: string): Promise<number> {
  const opened = await openMarc(createReadStream(path, { highWaterMark: 1 << 18 }))
  if ('notMarc' in opened) throw new Error(opened.notMarc.message)
  let records = 0
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      if (!decodeFrame(opened.format, frame, 'repair').ok)
        throw new Error('a sound file has a rejected record')
      records++
    }
  }
  return records
}

async function yazDump(path: string, options: readonly string[]): Promise<void> {
  const child = spawn('yaz-marcdump', ['-o', 'line', ...options, path], { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`yaz-marcdump ended with ${code}`)
}

if (import.meta.main) {
  if (existsSync(corpus)) process.stdout.write(`${table(await benchDecode())}\n`)
  else process.stderr.write('The bench needs the real records of shared/data beside the checkout.\n')
}
