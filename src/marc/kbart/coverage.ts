import { embargoWords } from './embargo.ts'
import type { KbartRow } from './row.ts'

const dateForm = /^(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?$/

/** A date as precise as it is given: `1998`, `1998-04`, `1998-04-30`; nothing where it is none. */
export function kbartDate(text: string): string | null {
  const [, year, month = '00', day = '00'] = dateForm.exec(text.trim()) ?? []
  if (year === undefined || Number(month) > 12 || Number(day) > 31) return null
  if (month === '00') return year
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`
}

/** What of a title can be read, as one statement: `v.1, no.2 (1998-04) – v.20 (2017); without the last year`. */
export function coverageOf({ cells, isSerial }: KbartRow): string {
  const from = point(cells.date_first_issue_online, cells.num_first_vol_online, cells.num_first_issue_online)
  const to = point(cells.date_last_issue_online, cells.num_last_vol_online, cells.num_last_issue_online)
  const stretch = isSerial && (from !== '' || to !== '') ? `${from} – ${to}`.trim() : ''
  const { embargo_info: embargo, coverage_depth: depth } = cells
  const parts = [stretch, embargo === '' ? '' : (embargoWords(embargo) ?? embargo)]
  if (depth !== '' && !/^full ?text$/i.test(depth)) parts.push(depth)
  return parts.filter((part) => part !== '').join('; ')
}

function point(date: string, volume: string, issue: string): string {
  const numbers = [volume === '' ? '' : `v.${volume}`, issue === '' ? '' : `no.${issue}`]
  const numbered = numbers.filter((part) => part !== '').join(', ')
  const when = date === '' ? '' : (kbartDate(date) ?? date)
  if (numbered === '') return when
  return when === '' ? numbered : `${numbered} (${when})`
}
