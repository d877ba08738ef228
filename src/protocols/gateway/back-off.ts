import type { Clock } from './clock.ts'

/**
 * Who must wait after failed logons. A source is a client's address (`sourceOf`), a zone the code that
 * it logs on to, known or not. What is refused while it waits counts for nothing, so that a client's
 * retries do not make its wait longer.
 */
export type BackOff = {
  /** Milliseconds until this source may try this zone again; 0 if it may now. */
  wait(source: string, zone: string): number
  failed(source: string, zone: string): void
  succeeded(source: string, zone: string): void
  /** Whether this source has logged on to this zone within the day. */
  isProven(source: string, zone: string): boolean
}

type Strikes = { readonly count: number; readonly at: number; readonly until: number }

/** Failures that are free, for one source at one zone, for one source at all zones, for all sources at one zone. */
const free = { pair: 5, source: 20, zone: 50 }

const firstWait = 1000
const longestWait = 60_000
/** Failures are forgotten when there was none for so long. */
const forgotten = 15 * 60_000
const provenFor = 24 * 60 * 60_000

/** Entries that each book keeps; the oldest go first. */
const mostEntries = 10_000

/**
 * A good client elsewhere is never hurt: one that has not failed at a zone does not wait for those who
 * fail there, and one that has proven itself there does not wait for what its neighbours behind the same
 * address do at other zones. Record Manager sends all libraries' records from a few addresses.
 */
export function backOff(clock: Clock): BackOff {
  const pairs = new Map<string, Strikes>()
  const sources = new Map<string, Strikes>()
  const zones = new Map<string, Strikes>()
  const proven = new Map<string, number>()

  function find(book: Map<string, Strikes>, key: string): Strikes | null {
    const strikes = book.get(key)
    if (!strikes) return null
    if (clock.now() - strikes.at < forgotten) return strikes
    book.delete(key)
    return null
  }

  function strike(book: Map<string, Strikes>, key: string, freeCount: number): void {
    const now = clock.now()
    const count = (find(book, key)?.count ?? 0) + 1
    const wait = count < freeCount ? 0 : Math.min(longestWait, firstWait * 2 ** (count - freeCount))
    enter(book, key, { count, at: now, until: now + wait })
  }

  function isProven(source: string, zone: string): boolean {
    const at = proven.get(pairOf(source, zone))
    return at !== undefined && clock.now() - at < provenFor
  }

  return {
    wait(source, zone) {
      const pair = find(pairs, pairOf(source, zone))
      const waits = [pair]
      if (!isProven(source, zone)) {
        waits.push(find(sources, source))
        if (pair) waits.push(find(zones, zone))
      }
      return Math.max(0, ...waits.map((strikes) => (strikes ? strikes.until - clock.now() : 0)))
    },
    failed(source, zone) {
      strike(pairs, pairOf(source, zone), free.pair)
      strike(sources, source, free.source)
      strike(zones, zone, free.zone)
    },
    succeeded(source, zone) {
      pairs.delete(pairOf(source, zone))
      enter(proven, pairOf(source, zone), clock.now())
    },
    isProven,
  }
}

/** What is counted as one client: an IPv4 address, or the /64 network of an IPv6 address, of which one client has them all. */
export function sourceOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  return `${[...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':')}::/64`
}

/** An address without the prefix that a dual-stack socket gives to IPv4. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

const pairOf = (source: string, zone: string) => `${source} ${zone}`

function enter<Value>(book: Map<string, Value>, key: string, value: Value): void {
  book.delete(key)
  book.set(key, value)
  if (book.size <= mostEntries) return
  for (const oldest of book.keys()) {
    book.delete(oldest)
    return
  }
}
