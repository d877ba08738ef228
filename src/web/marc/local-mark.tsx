import { text } from '../text.ts'

/** Says of a field of a linked bib that it is the institution's own. */
export const LocalMark = () => (
  <>
    {' '}
    <span className="tag-word local-mark">{text.sharing.local.name}</span>
  </>
)
