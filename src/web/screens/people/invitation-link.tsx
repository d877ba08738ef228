import type { InvitedPerson } from '../../../server/api/people.ts'
import { text } from '../../text.ts'

/** The link that lets somebody in once; it is not shown again. */
export function InvitationLink({ invited: { person, link } }: { readonly invited: InvitedPerson }) {
  return (
    <p className="notice" role="status">
      {text.people.people.link(person.name)} <code className="secret">{window.location.origin + link}</code>
    </p>
  )
}
