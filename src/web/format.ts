/*
 * Numbers, times and sizes as people read them, by the locale of their browser. Exports keep to UTC and
 * ISO 8601; the screens say the local time and carry the exact one in `<time datetime>`.
 */

const numbers = new Intl.NumberFormat()
const shares = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const timeToday = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const timeOfDay = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const timeWithYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

export const formatCount = (count: number): string => numbers.format(count)

export const formatShare = (part: number, whole: number): string =>
  whole === 0 ? '' : shares.format(part / whole)

export function formatTime(iso: string, now: Date = new Date()): string {
  const time = new Date(iso)
  if (time.toDateString() === now.toDateString()) return timeToday.format(time)
  return (time.getFullYear() === now.getFullYear() ? timeOfDay : timeWithYear).format(time)
}

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${numbers.format(Math.round(seconds * 10) / 10)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${numbers.format(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

/** Decimal, as file managers count: 1 kB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let size = bytes / 1000
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${size.toLocaleString(undefined, { maximumFractionDigits: size < 10 ? 1 : 0 })} ${units[unit]}`
}
