const units: Readonly<Record<string, string>> = { D: 'day', M: 'month', Y: 'year' }

/**
 * An embargo in words: `P1Y` leaves out the last year, `R10Y` is the last ten years, and both are joined by a
 * semicolon (RP-9, 6.6.13). Nothing where it is neither.
 */
export function embargoWords(text: string): string | null {
  const words: string[] = []
  for (const part of text.split(';')) {
    const [, way = '', count = '', unit = ''] = /^([RP])(\d{1,4})([DMY])$/i.exec(part.trim()) ?? []
    const named = units[unit.toUpperCase()]
    if (named === undefined) return null
    const time = Number(count) === 1 ? `${named}` : `${Number(count)} ${named}s`
    words.push(way.toUpperCase() === 'R' ? `the last ${time} only` : `without the last ${time}`)
  }
  return words.join(', ')
}
