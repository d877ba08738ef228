import { useEffect, useState } from 'react'
import { type Draft, draftName, dropDraft, keepDraft, readDraft } from '../../editor/draft.ts'
import { usePersonHere } from '../../people/me.tsx'

export type Drafts = {
  /** What was there when the screen was opened. */
  readonly found: Draft | null
  /** When it was last kept, in ISO 8601, or that there was no room for it. */
  readonly kept: { readonly at: string; readonly isRoom: boolean } | null
  readonly keep: (draft: Omit<Draft, 'at'>) => void
  readonly drop: () => void
}

/** The draft of a text, under the person who writes it. `of` is the bib, or what a new one began with. */
export function useDraft(zone: string, of: string): Drafts {
  const person = usePersonHere() ?? ''
  const [name] = useState(() => draftName(person, zone, of))
  const [found] = useState(() => readDraft(localStorage, name))
  const [kept, setKept] = useState<Drafts['kept']>(null)
  return {
    found,
    kept,
    keep(draft) {
      const at = new Date().toISOString()
      setKept({ at, isRoom: keepDraft(localStorage, name, { ...draft, at }) })
    },
    drop() {
      dropDraft(localStorage, name)
      setKept(null)
    },
  }
}

/** Calls something when the page is hidden or closed: what was typed a moment ago is kept then too. */
export function useWhenHidden(run: () => void): void {
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') run()
    }
    window.addEventListener('pagehide', run)
    document.addEventListener('visibilitychange', onHide)
    return () => {
      window.removeEventListener('pagehide', run)
      document.removeEventListener('visibilitychange', onHide)
    }
  }, [run])
}
