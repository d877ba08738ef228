import type { ComponentType } from 'react'
import { text } from '../../text.ts'
import type { GroupProps } from './groups.ts'
import { Matching } from './match-group.tsx'
import { Corrections, LeftOut, Reading, Validation, WhatItIs } from './reading-groups.tsx'
import { Redirection, TheRest, WhenMatched } from './result-groups.tsx'

const words = text.importProfile

/** In the order in which a record meets them. */
const groups: readonly {
  readonly name: keyof typeof words.groups
  readonly Settings: ComponentType<GroupProps>
}[] = [
  { name: 'what', Settings: WhatItIs },
  { name: 'reading', Settings: Reading },
  { name: 'filter', Settings: LeftOut },
  { name: 'normalize', Settings: Corrections },
  { name: 'validate', Settings: Validation },
  { name: 'match', Settings: Matching },
  { name: 'onMatch', Settings: WhenMatched },
  { name: 'redirect', Settings: Redirection },
  { name: 'rest', Settings: TheRest },
]

/** Every setting of a profile, in groups, each by an ordinary control. */
export function ProfileSettings(props: GroupProps) {
  return groups.map(({ name, Settings }) => (
    <section key={name} className="panel profile-group" aria-labelledby={`group-${name}`}>
      <h2 id={`group-${name}`}>{words.groups[name]}</h2>
      <div className="settings">
        <Settings {...props} />
      </div>
    </section>
  ))
}
