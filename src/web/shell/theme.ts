export const themes = ['system', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

const stored = 'accession.theme'

export function storedTheme(): Theme {
  const theme = localStorage.getItem(stored)
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** The style sheet reads the attribute; without it the system decides. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(stored, theme)
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
