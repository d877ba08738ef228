import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createGunzip, gunzipSync } from 'node:zlib'

/** Real files, read where they are. */
const corpus = fileURLToPath(new URL('../../shared/data', import.meta.url))

export const needsCorpus = { skip: existsSync(corpus) ? false : '../shared/data is not here' }

export const needsYaz = {
  skip:
    needsCorpus.skip ||
    (spawnSync('yaz-marcdump', ['-V']).status === 0
      ? false
      : 'yaz-marcdump (Debian package yaz) is not here'),
}

/** Paths of all files of the corpus, in order. */
export const corpusFiles = (): string[] =>
  existsSync(corpus)
    ? globSync('**/*', { cwd: corpus })
        .filter((path) => statSync(join(corpus, path)).isFile())
        .toSorted()
    : []

export const readCorpusFile = (path: string): Uint8Array => {
  const bytes = readFileSync(join(corpus, path))
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

/** The bytes of a file as they come from disk, unpacked. */
export function streamCorpusFile(path: string): AsyncIterable<Uint8Array> {
  const stream = createReadStream(join(corpus, path))
  return path.endsWith('.gz') ? stream.pipe(createGunzip()) : stream
}

/** Files that look like MARC by their names alone, and what they are. */
export const noMarc: ReadonlyMap<string, string> = new Map([
  ['malformed/folio_empty_0.mrc', 'EMPTY'],
  ['malformed/folio_invalidMarcFile.mrc', 'TEXT'],
  // Dublin Core in an envelope of OAI, and the code tables of MARC-8.
  ['marcxml/traject_oai-no-namespace.xml', 'OTHER_XML'],
  ['tables/codetables.xml', 'OTHER_XML'],
])

export const isMarc = (path: string): boolean =>
  !noMarc.has(path) &&
  (/\.(mrc|marc|usmarc|dat|xml|json|mrk8?)(\.gz)?$/.test(path) ||
    path.endsWith('idzebra_usmarc_sample-marc_24'))
