import type { ReactNode } from 'react'
import type { Me } from '../../server/api/people.ts'
import { text } from '../text.ts'
import { ModalDialog } from '../ui/modal.tsx'
import { useTitle } from '../ui/title.ts'
import { useWho } from './me.tsx'
import { SignInForm } from './sign-in-form.tsx'

const words = text.people.signIn

/**
 * Lets the screens be seen by who is signed in. Where a session ends while a page is open, the page stays as
 * it is, under a dialog to sign in again: what was typed there is not lost.
 */
export function Gate({ isOpen, children }: { readonly isOpen: boolean; readonly children: ReactNode }) {
  const { me, isOver, changed } = useWho()
  if (isOpen || me === null || me.me !== null) return children
  if (!isOver) return <SignInScreen me={me} />
  return (
    <>
      {children}
      <ModalDialog title={words.again} onClose={() => {}} isAlert>
        <p>{words.againTeach}</p>
        <SignInForm provider={me.provider} isAgain onDone={changed} />
      </ModalDialog>
    </>
  )
}

function SignInScreen({ me: { isNew, provider } }: { readonly me: Me }) {
  useTitle(words.title)
  const { changed } = useWho()
  return (
    <div className="screen narrow">
      <section className="panel stack">
        <h1>{words.title}</h1>
        {isNew ? (
          <p className="notice">{words.isNew}</p>
        ) : (
          <SignInForm provider={provider} onDone={changed} />
        )}
        {!isNew && <p className="hint">{words.lost}</p>}
      </section>
    </div>
  )
}
