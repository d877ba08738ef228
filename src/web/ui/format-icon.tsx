import { type ResourceType, resourceTypes } from '../../rules/search/resource-type.ts'
import { text } from '../text.ts'

/** On a ground of 16 by 16, in strokes. */
const drawings: Readonly<Record<ResourceType, string>> = {
  book: 'M3 2.5h8.5a1 1 0 0 1 1 1v10H4.5A1.5 1.5 0 0 1 3 12zM3 12a1.5 1.5 0 0 1 1.5-1.5h8',
  website: 'M2 3h12v10H2zM2 6h12M4 4.5h.01M6 4.5h.01M4.5 8.5h7M4.5 10.5h5',
  article: 'M4 2h5.5L12.5 5v9H4zM9.5 2v3h3M6 7.5h4.5M6 9.5h4.5M6 11.5h3',
  journal: 'M2.5 4.5h8v9h-8zM5 4.5v-2h8.5v9h-3M4.5 7h4M4.5 9h4M4.5 11h2.5',
  manuscript: 'M3 13l1-3.5L11 2.5l2.5 2.5L6.5 12zM9.5 4l2.5 2.5M9 13.5h4.5',
  score: 'M6 12V4l7-1.5V10.5M6 12a2 1.5 0 1 1-4 0a2 1.5 0 1 1 4 0M13 10.5a2 1.5 0 1 1-4 0a2 1.5 0 1 1 4 0',
  map: 'M2 4l4-1.5 4 1.5 4-1.5v9.5l-4 1.5-4-1.5-4 1.5zM6 2.5V12M10 4v9.5',
  video: 'M2 3.5h12v9H2zM6.5 6v4l3.5-2z',
  audio: 'M8 2a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2zM4 7.5a4 4 0 0 0 8 0M8 11.5V14M5.5 14h5',
  music: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 6.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3',
  image: 'M2 3h12v10H2zM2 11l3.5-3.5 3 3 2-2L14 12M10.5 5.5h.01',
  'computer-file': 'M2 3h12v8H2zM6 13.5h4M8 11v2.5',
  kit: 'M2 6h12v7.5H2zM6 6V3.5h4V6M2 9.5h12',
  object: 'M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6',
  archive: 'M2.5 8.5h6v5h-6zM5 8.5V5.5h6v5H8.5M7.5 5.5v-3h6v5H11',
  other: 'M5.5 6a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M8 12.5h.01',
}

const globe = 'M13 9.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M9.5 13h7M13 9.5c-2 2-2 5 0 7c2-2 2-5 0-7'

/** What a bib is of: a drawing, and the word that it stands for. */
export function FormatName(props: { readonly type: string; readonly isElectronic: boolean }) {
  const { type, isElectronic } = props
  const known = resourceTypes.find(({ value }) => value === type) ?? otherType
  return (
    <span className="format">
      <svg viewBox={isElectronic ? '0 0 18 18' : '0 0 16 16'} aria-hidden="true" focusable="false">
        <path d={drawings[known.value]} />
        {isElectronic && <path className="format-online" d={globe} />}
      </svg>
      {isElectronic ? text.online(known.name) : known.name}
    </span>
  )
}

const otherType = { value: 'other', name: 'Other' } as const
