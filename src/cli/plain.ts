import { unmarked } from './style.ts'

/*
 * Titles, labels and file names are other people's text: on a terminal they stay text, in the order and
 * on the line in which they stand. What would steer it is shown by its number, `⟦1B⟧`.
 */

/** Text for people with the marks shown that steer a terminal. Our own colours, line ends and tabs pass. */
export const plain = (text: string): string => unmarked(text.replace(steering, shown), shown)

/** One value in a line of ours: line ends and tabs in it are shown too. */
export const oneLine = (value: string): string => value.replace(/[\t\n\r]/g, shown)

/** JSON with the marks written as escapes that `JSON.stringify` leaves as they are; it means the same. */
export const plainJson = (json: string): string =>
  json.replace(steering, (mark) => `\\u${hex(mark).padStart(4, '0')}`)

/** C0 (but ESC, tab and line end), DEL and C1; embeddings, overrides and isolates of direction (UAX #9). */
const steering = /[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g

const hex = (mark: string) => mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')

const shown = (mark: string) => `⟦${hex(mark)}⟧`
