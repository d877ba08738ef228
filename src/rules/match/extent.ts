import type { MarcRecord } from '../../marc/record.ts'

/** How much there is, as 300 $a counts it; nothing where it does not. */
export type Extent = {
  /** The last page that is numbered in arabic figures, or leaf. */
  readonly pages: number | null
  /** Volumes, discs, maps and so on; none for the volume that a number of pages is of. */
  readonly pieces: number | null
  /** Height or diameter in centimetres, the greatest of several. */
  readonly height: number | null
}

/** Characters that are looked at: the patterns below take more than in proportion to a length. */
const longest = 300

/** The extent of the first 300 that has one. */
export function extentOf({ fields }: MarcRecord): Extent {
  for (const field of fields) {
    if (field.tag !== '300' || !('subfields' in field)) continue
    const text = (code: string) =>
      field.subfields
        .flatMap((subfield) => (subfield.code === code ? [subfield.value.slice(0, longest)] : []))
        .join(' ')
        .slice(0, longest)
    return { pages: pagesIn(text('a')), pieces: piecesIn(text('a')), height: heightIn(text('c')) }
  }
  return { pages: null, pieces: null, height: null }
}

/** `xii, 324 p.`, `[4], 30 leaves`, `298, [1] s.`; unnumbered pages and plates are counted apart by cataloguers. */
function pagesIn(text: string): number | null {
  let most: number | null = null
  for (const [, numbered, bracket, count, unit] of text.matchAll(
    /(?:(\d+),\s*)?(\[)?(\d+)\]?\s*(unnumbered )?(?:p|pp|pages?|leaves|l|s|S)\b(?!\w)/g,
  )) {
    if (unit !== undefined && most !== null) continue
    most = Math.max(most ?? 0, Number(bracket === undefined ? count : (numbered ?? count)))
  }
  return most
}

function heightIn(text: string): number | null {
  const numbers = /^[^\d]*([\d., x-]+) ?cm/.exec(text)?.[1]?.match(/\d+(?:[.,]\d+)?/g) ?? []
  return numbers.length === 0 ? null : Math.max(...numbers.map((number) => Number(number.replace(',', '.'))))
}

function piecesIn(text: string): number | null {
  const found =
    /(\d+)\s+(?:online |computer |audio |sound |video ?|optical |laser |plastic |folded )*(?:v|volumes?|vols?|pt|parts?|dis[ck]s?|cassettes?|cd-roms?|maps?|sheets?|reels?|microfiches?|scores?|videodiscs?|videocassettes?)\b/i.exec(
      text,
    )
  return found ? Number(found[1]) : null
}
