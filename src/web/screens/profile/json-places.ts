/** Where a value of a JSON text begins; line and column from 1. */
export type JsonPlace = { readonly line: number; readonly column: number }

export type JsonPlaces =
  /** By path, as `match.multi.skipUnresolved` or `normalize[2].tags[0]`; the whole has the path of no letters. */
  | { readonly ok: true; readonly places: ReadonlyMap<string, JsonPlace> }
  /** Where the text stops being JSON. */
  | { readonly ok: false; readonly at: JsonPlace }

type Scan = { readonly text: string; at: number; readonly found: Map<string, number> }

/** Finds the place of every value of a JSON text, or of what makes it none. */
export function jsonPlaces(text: string): JsonPlaces {
  const scan: Scan = { text, at: 0, found: new Map() }
  const isWhole = readValue(scan, '') && (skipBlanks(scan), scan.at === text.length)
  if (!isWhole) return { ok: false, at: placeAt(text, scan.at) }
  const places = new Map<string, JsonPlace>()
  for (const [path, at] of scan.found) places.set(path, placeAt(text, at))
  return { ok: true, places }
}

/** The place of a path, or of the nearest value around it that is there. */
export function placeOf(places: ReadonlyMap<string, JsonPlace>, path: string): JsonPlace {
  let around = path
  while (!places.has(around) && around !== '') around = around.replace(/(?:^|\.)[^.[\]]*$|\[\d+\]$/, '')
  return places.get(around) ?? { line: 1, column: 1 }
}

function placeAt(text: string, at: number): JsonPlace {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const skipBlanks = (scan: Scan): void => {
  while (/[ \t\r\n]/.test(scan.text[scan.at] ?? '')) scan.at++
}

function taken(scan: Scan, mark: string): boolean {
  skipBlanks(scan)
  if (scan.text[scan.at] !== mark) return false
  scan.at++
  return true
}

function readValue(scan: Scan, path: string): boolean {
  skipBlanks(scan)
  scan.found.set(path, scan.at)
  switch (scan.text[scan.at]) {
    case '{':
      return readObject(scan, path)
    case '[':
      return readList(scan, path)
    default:
      return readPlain(scan) !== null
  }
}

const plain =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function readPlain(scan: Scan): string | null {
  plain.lastIndex = scan.at
  const [found] = plain.exec(scan.text) ?? []
  if (found === undefined) return null
  scan.at += found.length
  return found
}

function readObject(scan: Scan, path: string): boolean {
  scan.at++
  if (taken(scan, '}')) return true
  do {
    skipBlanks(scan)
    const name = scan.text[scan.at] === '"' ? readPlain(scan) : null
    if (name === null || !taken(scan, ':')) return false
    const key = String(JSON.parse(name))
    if (!readValue(scan, path === '' ? key : `${path}.${key}`)) return false
  } while (taken(scan, ','))
  return taken(scan, '}')
}

function readList(scan: Scan, path: string): boolean {
  scan.at++
  if (taken(scan, ']')) return true
  let place = 0
  do {
    if (!readValue(scan, `${path}[${place++}]`)) return false
  } while (taken(scan, ','))
  return taken(scan, ']')
}
