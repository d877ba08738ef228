import { Switch } from 'react-aria-components'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import type { BibTags } from './saved-bib.ts'

const words = text.editor
const ways = ['publish', 'holdings-only', 'do-not-publish'] as const

/** The management tags of a bib: whether readers find it, and what of it goes to OCLC. */
export function TagFields(props: {
  readonly tags: BibTags
  readonly isReadOnly: boolean
  readonly onChange: (tags: BibTags) => void
}) {
  const { tags, isReadOnly, onChange } = props
  if (isReadOnly)
    return (
      <p>
        {tags.suppressed ? text.bib.suppressed : text.bib.shown}
        <br />
        {text.bib.publish[tags.publishToOclc]}
      </p>
    )
  return (
    <div className="tag-fields">
      <Switch
        className="switch"
        isSelected={tags.suppressed}
        onChange={(suppressed) => onChange({ ...tags, suppressed })}
      >
        <span className="switch-track" aria-hidden="true" />
        {words.suppress}
      </Switch>
      <Choice
        label={words.publish}
        value={tags.publishToOclc}
        onChange={(chosen) => {
          const publishToOclc = ways.find((way) => way === chosen)
          if (publishToOclc !== undefined) onChange({ ...tags, publishToOclc })
        }}
        options={ways.map((way) => ({ id: way, label: words.publishing[way] }))}
      />
    </div>
  )
}
