import type { EditTags } from '../../rules/edit.ts'
import { entryDate } from './skeleton.ts'

/**
 * What a new bib begins with. In its lines `YYMMDD` is the day on which it is made; empty subfields show what the
 * material asks for, and are left out when they are still empty at saving.
 */
type Template = { readonly lines: string; readonly tags: EditTags }

const published: EditTags = {}

/** Alma's guide: brief records for orders are kept from discovery and from OCLC until the copy has come. */
const forOrders: EditTags = { suppressed: true, publishToOclc: 'do-not-publish' }

const templates = {
  book: {
    tags: published,
    lines: `
LDR 00000nam a2200000 i 4500
008 YYMMDDs||||    xx            000 0 eng d
020 ## ‡a
040 ## ‡a  ‡b eng ‡e rda ‡c
100 1# ‡a  ‡d  ‡e
245 10 ‡a  ‡b  ‡c
264 #1 ‡a  ‡b  ‡c
300 ## ‡a  ‡b  ‡c
336 ## ‡a text ‡b txt ‡2 rdacontent
337 ## ‡a unmediated ‡b n ‡2 rdamedia
338 ## ‡a volume ‡b nc ‡2 rdacarrier
490 0# ‡a
504 ## ‡a
520 ## ‡a
650 #0 ‡a`,
  },
  'e-book': {
    tags: published,
    lines: `
LDR 00000nam a2200000 i 4500
006 m|||||o||d||||||||
007 cr |||||||||||
008 YYMMDDs||||    xx      o     000 0 eng d
020 ## ‡a  ‡q
040 ## ‡a  ‡b eng ‡e rda ‡c
100 1# ‡a  ‡d  ‡e
245 10 ‡a  ‡b  ‡c
264 #1 ‡a  ‡b  ‡c
300 ## ‡a 1 online resource
336 ## ‡a text ‡b txt ‡2 rdacontent
337 ## ‡a computer ‡b c ‡2 rdamedia
338 ## ‡a online resource ‡b cr ‡2 rdacarrier
520 ## ‡a
588 ## ‡a
650 #0 ‡a
776 08 ‡i  ‡t  ‡z`,
  },
  serial: {
    tags: published,
    lines: `
LDR 00000nas a2200000 i 4500
008 YYMMDDc||||9999xx || |       0   |0eng d
022 0# ‡a
040 ## ‡a  ‡b eng ‡e rda ‡c
245 00 ‡a
264 #1 ‡a  ‡b
300 ## ‡a volumes
310 ## ‡a
336 ## ‡a text ‡b txt ‡2 rdacontent
337 ## ‡a unmediated ‡b n ‡2 rdamedia
338 ## ‡a volume ‡b nc ‡2 rdacarrier
362 1# ‡a
588 ## ‡a
650 #0 ‡a  ‡v
710 2# ‡a  ‡e
780 00 ‡t  ‡x
785 00 ‡t  ‡x`,
  },
  video: {
    tags: published,
    lines: `
LDR 00000ngm a2200000 i 4500
007 vd ||||||
008 YYMMDDs||||    xx |||            vleng d
024 1# ‡a
028 40 ‡a  ‡b
040 ## ‡a  ‡b eng ‡e rda ‡c
245 00 ‡a  ‡b  ‡c
264 #1 ‡a  ‡b  ‡c
300 ## ‡a 1 videodisc : ‡b sound, color ; ‡c 12 cm
336 ## ‡a two-dimensional moving image ‡b tdi ‡2 rdacontent
337 ## ‡a video ‡b v ‡2 rdamedia
338 ## ‡a videodisc ‡b vd ‡2 rdacarrier
511 1# ‡a
520 ## ‡a
538 ## ‡a DVD.
546 ## ‡a
650 #0 ‡a
700 1# ‡a  ‡e`,
  },
  score: {
    tags: published,
    lines: `
LDR 00000ncm a2200000 i 4500
008 YYMMDDs||||    xx ||a|           | zxx d
024 2# ‡a
028 32 ‡a  ‡b
040 ## ‡a  ‡b eng ‡e rda ‡c
041 0# ‡a
100 1# ‡a  ‡d  ‡e
240 10 ‡a
245 10 ‡a  ‡b  ‡c
264 #1 ‡a  ‡b  ‡c
300 ## ‡a 1 score
336 ## ‡a notated music ‡b ntm ‡2 rdacontent
337 ## ‡a unmediated ‡b n ‡2 rdamedia
338 ## ‡a volume ‡b nc ‡2 rdacarrier
382 01 ‡a  ‡n
650 #0 ‡a
655 #7 ‡a Scores. ‡2 lcgft`,
  },
  map: {
    tags: published,
    lines: `
LDR 00000nem a2200000 i 4500
007 aj |||||
008 YYMMDDs||||    xx |||||| a     0 ||eng d
034 1# ‡a  ‡b
040 ## ‡a  ‡b eng ‡e rda ‡c
110 2# ‡a  ‡e
245 10 ‡a  ‡b  ‡c
255 ## ‡a
264 #1 ‡a  ‡b  ‡c
300 ## ‡a 1 map : ‡b color
336 ## ‡a cartographic image ‡b cri ‡2 rdacontent
337 ## ‡a unmediated ‡b n ‡2 rdamedia
338 ## ‡a sheet ‡b nb ‡2 rdacarrier
651 #0 ‡a  ‡v`,
  },
  'sound-recording': {
    tags: published,
    lines: `
LDR 00000njm a2200000 i 4500
007 sd |||||||||||
008 YYMMDDs||||    xx ||nn           n zxx d
024 1# ‡a
028 02 ‡a  ‡b
040 ## ‡a  ‡b eng ‡e rda ‡c
245 00 ‡a  ‡b  ‡c
264 #1 ‡a  ‡b  ‡c
300 ## ‡a 1 audio disc : ‡b digital ; ‡c 4 3/4 in.
336 ## ‡a performed music ‡b prm ‡2 rdacontent
337 ## ‡a audio ‡b s ‡2 rdamedia
338 ## ‡a audio disc ‡b sd ‡2 rdacarrier
505 0# ‡a
511 0# ‡a
650 #0 ‡a`,
  },
  'brief-order': {
    tags: forOrders,
    lines: `
LDR 00000nam a22000003i 4500
008 YYMMDDs||||    xx |||||||||||||||||und d
020 ## ‡a
040 ## ‡a  ‡b eng ‡c
100 1# ‡a
245 10 ‡a
264 #1 ‡a  ‡b  ‡c
300 ## ‡a`,
  },
} as const satisfies Readonly<Record<string, Template>>

export type TemplateCode = keyof typeof templates

export const templateCodes = Object.keys(templates) as readonly TemplateCode[]

export const isTemplateCode = (code: string): code is TemplateCode => Object.hasOwn(templates, code)

/** The text of a new bib, made on a day, and the management tags that go with it. */
export function templateOf(
  code: TemplateCode,
  today: Date,
): { readonly text: string; readonly tags: EditTags } {
  const { lines, tags } = templates[code]
  // Behind an empty subfield stands the blank after which one writes.
  const text = lines.trimStart().replaceAll(/‡.$/gm, '$& ')
  return { text: text.replace('YYMMDD', entryDate(today)), tags }
}
