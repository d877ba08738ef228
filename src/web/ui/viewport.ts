import { useSyncExternalStore } from 'react'

/** Where lists fold their rows into cards; the style sheet has the same width. */
const narrow = '(max-width: 48rem)'

export function useIsNarrow(): boolean {
  return useSyncExternalStore(watchNarrow, () => matchMedia(narrow).matches)
}

function watchNarrow(onChange: () => void): () => void {
  const media = matchMedia(narrow)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}

/** Pixels a rem, which grows with the text size that a person has set. */
export function useRem(): number {
  return useSyncExternalStore(watchSize, () =>
    Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
}

function watchSize(onChange: () => void): () => void {
  window.addEventListener('resize', onChange)
  return () => window.removeEventListener('resize', onChange)
}
