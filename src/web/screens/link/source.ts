import type { NewLinkJob } from '../../../server/api/share.ts'
import { text } from '../../text.ts'
import type { Upload } from '../import/uploads.ts'
import type { Entity } from '../search/search-state.ts'
import type { LinkSearch } from './link-search.ts'
import { listedNumbers } from './listed-numbers.ts'

const words = text.linkJob

export const sourceKinds = ['set', 'search', 'numbers', 'file'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** What names the bibs of the job; what was said of the other kinds stays while one is looked at. */
export type Source = {
  readonly kind: SourceKind
  readonly set: number | null
  readonly query: string
  readonly entity: Entity
  readonly numbers: string
}

export const beginningSource = ({ set, query, entity }: LinkSearch): Source => ({
  kind: query === undefined ? 'set' : 'search',
  set: set ?? null,
  query: query ?? '',
  entity: entity ?? 'all-titles',
  numbers: '',
})

/** As many as a request takes. */
const mostNumbers = 10_000

type Named = Pick<NewLinkJob, 'list' | 'mmsIds' | 'set' | 'search'> | { readonly whyNot: string }

/** The bibs as the API takes them, or what must still be done. */
export function namedBibs(source: Source, uploads: readonly Upload[]): Named {
  switch (source.kind) {
    case 'set':
      return source.set === null ? { whyNot: words.needsSet } : { set: source.set }
    case 'search': {
      const query = source.query.trim()
      return query === '' ? { whyNot: words.needsQuery } : { search: { entity: source.entity, query } }
    }
    case 'numbers': {
      const { mmsIds, others } = listedNumbers(source.numbers)
      if (others.length > 0) return { whyNot: words.noNumbers(others) }
      if (mmsIds.length === 0) return { whyNot: words.needsNumbers }
      return mmsIds.length > mostNumbers ? { whyNot: words.manyNumbers } : { mmsIds }
    }
    case 'file': {
      const [upload, ...more] = uploads
      if (upload === undefined) return { whyNot: words.needsFile }
      if (more.length > 0) return { whyNot: words.oneFile }
      const { state } = upload
      if (state.is === 'sending') return { whyNot: words.fileSending }
      if (state.is === 'failed') return { whyNot: words.fileFailed }
      return { list: { sha256: state.stored.sha256, name: state.stored.name } }
    }
  }
}
