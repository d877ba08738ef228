import type { Repair } from '../marc/frame.ts'
import { cut } from './columns.ts'

/** What was mended in a record, a line each. */
export const repairLines = (repairs: readonly Repair[]): string[] =>
  repairs.map(
    ({ code, field, before, after }) =>
      `repair ${code}${field === undefined ? '' : ` in ${field}`}: ${shown(before)} → ${shown(after)}`,
  )

const shown = (text: string): string => (text === '' ? 'nothing' : `“${cut(text, 120)}”`)
